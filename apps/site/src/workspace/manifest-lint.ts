import { collectionPath } from "@pilotage/embedded-cluster"
import {
  isStream,
  type KubeAnswer,
  type KubeRequest,
  type Labels,
  type Pod,
  type Status,
  selectsPods,
} from "@pilotage/kube-model"
import { type Document, isMap, isNode, isScalar, type Node, parseAllDocuments } from "yaml"
import type { ManifestProblem } from "./protocol.ts"

/** What lint asks the cluster; nothing of it changes anything. */
export interface LintCluster {
  readonly request: (request: KubeRequest) => KubeAnswer
  readonly pods: (namespace: string) => readonly Pod[]
  readonly defaultNamespace: string
}

interface Manifest {
  readonly apiVersion?: unknown
  readonly kind?: unknown
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown }
  readonly spec?: { readonly selector?: unknown }
}

/** `spec.ports[0].nodePort` to the nearest node that exists in the document. */
const nodeAt = (document: Document, path: string): Node | undefined => {
  const keys = [...path.matchAll(/[^.[\]]+/g)].map(([key]) => (/^\d+$/.test(key) ? Number(key) : key))
  for (let depth = keys.length; depth > 0; depth -= 1) {
    const node = document.getIn(keys.slice(0, depth), true)
    if (isNode(node) && node.range) return node
  }
  return undefined
}

const rangeOf = (node: Node | undefined, document: Document): { readonly from: number; readonly to: number } => {
  const [from = 0, to = 1] = node?.range ?? document.range ?? []
  return { from, to: Math.max(to, from + 1) }
}

const refusals = (document: Document, manifest: Manifest, cluster: LintCluster): ManifestProblem[] => {
  const namespace = String(manifest.metadata?.namespace ?? cluster.defaultNamespace)
  const path = collectionPath(String(manifest.apiVersion), String(manifest.kind), namespace)
  if (path === undefined) {
    const message = `no matches for kind "${String(manifest.kind)}" in version "${String(manifest.apiVersion)}"`
    return [{ ...rangeOf(nodeAt(document, "kind"), document), severity: "error", message }]
  }
  const name = manifest.metadata?.name
  const exists = typeof name === "string" && cluster.request({ method: "GET", path: `${path}/${name}` }).status === 200
  const answer = cluster.request({
    method: exists ? "PATCH" : "POST",
    path: `${path}${exists ? `/${name}` : ""}?dryRun=All&fieldValidation=Strict`,
    headers: { "content-type": exists ? "application/strategic-merge-patch+json" : "application/json" },
    body: JSON.stringify(manifest),
  })
  if (isStream(answer) || answer.status < 400) return []
  const status = answer.body as Status
  const causes = status.details?.causes?.filter((cause) => cause.field) ?? []
  const unknown = /unknown field "([^"]+)"/.exec(status.message ?? "")?.[1]
  if (causes.length === 0)
    return [
      {
        ...rangeOf(unknown ? nodeAt(document, unknown) : undefined, document),
        severity: "error",
        message: status.message ?? "refused",
      },
    ]
  return causes.map((cause) => ({
    ...rangeOf(nodeAt(document, cause.field ?? ""), document),
    severity: "error",
    message: `${cause.field}: ${cause.message}`,
  }))
}

const asLabels = (value: unknown): Labels | undefined =>
  value !== null && typeof value === "object" && Object.values(value).every((each) => typeof each === "string")
    ? (value as Labels)
    : undefined

/** A Service whose selector matches no pod is valid, and a common mistake. */
const doubts = (document: Document, manifest: Manifest, cluster: LintCluster): ManifestProblem[] => {
  const selector = manifest.kind === "Service" ? asLabels(manifest.spec?.selector) : undefined
  if (!selector) return []
  const namespace = String(manifest.metadata?.namespace ?? cluster.defaultNamespace)
  if (cluster.pods(namespace).some((pod) => selectsPods(selector, pod.metadata.labels))) return []
  const message = `no pod in namespace ${namespace} has these labels`
  return [{ ...rangeOf(nodeAt(document, "spec.selector"), document), severity: "warning", message }]
}

/** All that is wrong with the manifests of a file, and what looks doubtful, at its place in the text. */
export const lintManifests = (text: string, cluster: LintCluster): readonly ManifestProblem[] => {
  const documents = parseAllDocuments(text)
  if (!Array.isArray(documents)) return []
  return documents.flatMap((document): ManifestProblem[] => {
    if (document.errors.length > 0)
      return document.errors.map((error) => ({
        from: error.pos[0],
        to: Math.max(error.pos[1], error.pos[0] + 1),
        severity: "error",
        message: error.message.split("\n")[0] ?? error.message,
      }))
    if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) return []
    if (!isMap(document.contents))
      return [{ ...rangeOf(document.contents, document), severity: "error", message: "a manifest is a map of fields" }]
    const manifest = document.toJS() as Manifest
    return [...refusals(document, manifest, cluster), ...doubts(document, manifest, cluster)]
  })
}
