import { type Cluster, collectionPath, type HttpExchange } from "@pilotage/embedded-cluster"
import { isStream, type KubeObject, type KubeResponse, type Pod } from "@pilotage/kube-model"
import type { ClusterPort, CurlObservation, ObjectKey } from "@pilotage/lab-kit"

const pathOf = (apiVersion: string, kind: string, namespace: string): string => {
  const path = collectionPath(apiVersion, kind, namespace)
  if (path === undefined) throw new Error(`the embedded cluster has no ${kind} in ${apiVersion}`)
  return path
}

const read = (cluster: Cluster, path: string): KubeResponse => {
  const answer = cluster.request({ method: "GET", path, headers: { accept: "application/json" } })
  if (isStream(answer)) {
    answer.close()
    throw new Error(`${path} answered with a stream`)
  }
  return answer
}

const readObject = (cluster: Cluster, key: ObjectKey): KubeObject | undefined => {
  const path = `${pathOf(key.apiVersion, key.kind, key.namespace ?? "default")}/${key.name}`
  const answer = read(cluster, path)
  if (answer.status === 404) return undefined
  if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}`)
  return answer.body as KubeObject
}

const readList = (
  cluster: Cluster,
  apiVersion: string,
  kind: string,
  namespace: string,
  labels?: string,
): readonly KubeObject[] => {
  const query = labels === undefined ? "" : `?labelSelector=${encodeURIComponent(labels)}`
  const path = `${pathOf(apiVersion, kind, namespace)}${query}`
  const answer = read(cluster, path)
  if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}`)
  // Items of a list carry no kind of their own, as on a real server.
  const { items } = answer.body as { readonly items: readonly KubeObject[] }
  return items.map((item) => ({ ...item, apiVersion, kind }))
}

const observe = ({ outcome, trace }: HttpExchange): CurlObservation => {
  const { chosen } = trace
  const seen = {
    ...(chosen?.pod === undefined ? {} : { backend: `${chosen.namespace}/${chosen.pod}` }),
    ...(chosen === undefined ? {} : { sourceSeen: chosen.sourceSeen }),
  }
  return outcome.kind === "response"
    ? { exitCode: 0, status: outcome.status, body: outcome.body, ...seen }
    : { exitCode: outcome.exitCode, message: outcome.message, ...seen }
}

/** Nothing but events and time must happen for this long before a cluster counts as settled. */
const QUIET_MS = 2_500
const STEP_MS = 250

const settle = (cluster: Cluster, atMostMs: number): void => {
  let quietSince = cluster.now()
  const stop = cluster.subscribe((event) => {
    if (event.kind === "object" && event.object.kind !== "Event") quietSince = cluster.now()
  })
  const end = cluster.now() + atMostMs
  while (cluster.now() < end && cluster.now() - quietSince < QUIET_MS) cluster.advance(STEP_MS)
  stop()
}

/**
 * The embedded cluster as labs and graders see it. All probes run on a fork, so that looking changes nothing of the
 * learner's. `atStart` is the lab's cluster before the learner's first input.
 */
export const embeddedPort = (cluster: Cluster, atStart: Cluster): ClusterPort => {
  const probe = cluster.fork()
  return {
    backend: "embedded",
    get: async (key) => readObject(probe, key),
    list: async (apiVersion, kind, namespace, labels) => readList(probe, apiVersion, kind, namespace, labels),
    getAtStart: async (key) => readObject(atStart, key),
    curl: async ({ from, url, method, headers, maxTimeMs, connections }) =>
      Array.from({ length: connections }, () => {
        const exchange = probe.http(from, { method: method ?? "GET", url, maxTimeMs, ...(headers ? { headers } : {}) })
        probe.advance(exchange.durationMs)
        return observe(exchange)
      }),
    resolve: async (from, name, type) => {
      const { rcode, records } = probe.resolve(from, name, type, true)
      return { rcode, answers: records.filter((record) => record.type === type).map((record) => record.data) }
    },
    logs: async ({ namespace, labels }) =>
      (readList(probe, "v1", "Pod", namespace, labels) as readonly Pod[])
        .map((pod) => {
          const answer = read(probe, `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}/log`)
          return answer.status === 200 ? String(answer.body) : ""
        })
        .join(""),
    learnerCurls: async () =>
      cluster.exchanges().map((exchange) => ({
        at: exchange.at,
        from: exchange.from,
        url: exchange.request.url,
        observation: observe(exchange),
      })),
    explain: async (from, to, port) => probe.trace({ from, to, port, protocol: "TCP" }),
    settle: async (atMostMs) => settle(probe, atMostMs),
  }
}
