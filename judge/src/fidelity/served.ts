import { createApi, createStore } from "@pilotage/embedded-cluster/judging"
import { createRandom, isStream, type Table } from "@pilotage/kube-model"
import { type DiscoveredResource, discovered } from "./discovery.ts"

/** A resource that our API server serves, and the columns that `kubectl get` has for it; none where nothing can be listed. */
export interface ServedResource extends DiscoveredResource {
  readonly columns: readonly { readonly name: string; readonly isWide: boolean }[]
}

const AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
const AS_TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io"

/** What our API server serves, asked as any client would ask it. */
export const servedResources = (): readonly ServedResource[] => {
  const [random, now] = [createRandom(1), () => 0]
  const store = createStore({ random, now })
  const api = createApi({ store, random, now, commit: store.apply })
  const get = (path: string, accept: string): unknown => {
    const answer = api.request({ method: "GET", path, headers: { accept } })
    if (isStream(answer) || answer.status !== 200) throw new Error(`GET ${path} is not answered`)
    return answer.body
  }
  return ["/api", "/apis"]
    .flatMap((path) => discovered(get(path, AGGREGATED)))
    .map((each) => {
      if (!each.verbs.includes("list")) return { ...each, columns: [] }
      const root = each.apiVersion.includes("/") ? "/apis" : "/api"
      const table = get(`${root}/${each.apiVersion}/${each.resource}`, AS_TABLE) as Table
      return {
        ...each,
        columns: table.columnDefinitions.map(({ name, priority }) => ({ name, isWide: priority > 0 })),
      }
    })
}
