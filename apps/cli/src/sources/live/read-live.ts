import { err, ok, type Result } from "@pilotage/kube-model"
import type { SourceError } from "../source-error.ts"
import type { SourceOptions } from "../source-options.ts"
import type { SourceDocument } from "../yaml-documents.ts"
import { type ApiAnswer, apiReader, type ReadApi } from "./api-reader.ts"
import { type Access, type KubeconfigSurroundings, openKubeconfig } from "./kubeconfig.ts"

export interface LiveCluster {
  readonly documents: readonly SourceDocument[]
  readonly title: string
  readonly namespace: string
}

const PAGE = 500
/** A list that takes longer than the server keeps its version starts again, so often. */
const RESTARTS = 3

const LISTS = [
  "/api/v1/nodes",
  "/api/v1/namespaces",
  "/api/v1/services",
  "/apis/discovery.k8s.io/v1/endpointslices",
  "/api/v1/pods",
  "/apis/networking.k8s.io/v1/networkpolicies",
]

/** Settings of the cluster that make guesses unnecessary; many users may not read them, many clusters have none. */
const SETTINGS = ["kube-proxy", "kubeadm-config", "coredns"].map(
  (name) => `/api/v1/namespaces/kube-system/configmaps/${name}`,
)

const textIn = (body: unknown, field: string): string => {
  const value =
    typeof body === "object" && body !== null ? (body as Readonly<Record<string, unknown>>)[field] : undefined
  return typeof value === "string" ? value : ""
}

const refusal = ({ context, kubectl, server }: Access, path: string, { status, body }: ApiAnswer): SourceError => {
  const said = textIn(body, "message") || `HTTP status ${status}`
  const resource = path.split("/").at(-1) ?? path
  if (status === 401)
    return {
      message: `${server} does not accept the credentials of context ${context}: ${said}`,
      fix: `Log in again until ${kubectl} get nodes works.`,
    }
  if (status === 403)
    return {
      message: `you may not list ${resource} in context ${context}: ${said}`,
      fix: `Ask for list on ${resource} in all namespaces (the cluster role view, and nodes), or read a dump with -f.`,
    }
  return { message: `${server}${path} answered: ${said}`, fix: "Is this a Kubernetes API server, 1.21 or later?" }
}

const listAll = async (
  access: Access,
  read: ReadApi,
  path: string,
): Promise<Result<readonly unknown[], SourceError>> => {
  let pages: unknown[] = []
  let next = ""
  for (let restarts = 0; ; ) {
    const query = next === "" ? "" : `&continue=${encodeURIComponent(next)}`
    const answer = await read(`${path}?limit=${PAGE}${query}`)
    if (!answer.ok) return answer
    const { status, body } = answer.value
    if (status === 410 && restarts < RESTARTS) {
      restarts += 1
      pages = []
      next = ""
      continue
    }
    if (status !== 200) return err(refusal(access, path, answer.value))
    pages.push(body)
    next = textIn((body as { readonly metadata?: unknown }).metadata, "continue")
    if (next === "") return ok(pages)
  }
}

/** Reads the cluster behind a kubeconfig: lists only, nothing is changed. `say` is told at once which context is used. */
export const readLive = async (
  options: SourceOptions,
  surroundings: KubeconfigSurroundings,
  say: (line: string) => void,
): Promise<Result<LiveCluster, readonly SourceError[]>> => {
  const opened = openKubeconfig(options, surroundings)
  if (!opened.ok) return err([opened.error])
  const access = opened.value
  const how = access.isCurrent ? `the current context of ${access.files.join(", ")}` : access.files.join(", ")
  say(`Reading context ${access.context} (${how}) at ${access.server}.`)
  const read = apiReader(access)
  const file = `context ${access.context}`
  const pages: unknown[] = []
  for (const path of LISTS) {
    const list = await listAll(access, read, path)
    if (!list.ok) return err([list.error])
    pages.push(...list.value)
  }
  for (const path of SETTINGS) {
    const answer = await read(path)
    if (!answer.ok) return err([answer.error])
    if (answer.value.status === 200) pages.push(answer.value.body)
  }
  return ok({
    documents: pages.map((value) => ({ file, value, lineOf: () => undefined })),
    title: file,
    namespace: access.namespace,
  })
}
