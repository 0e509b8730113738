import { err, type KubeObject, ok, type Result } from "@pilotage/kube-model"
import { isClusterWide, isKnownKind, unusedName } from "./inventory.ts"
import { shapeProblem } from "./object-shapes.ts"
import type { SourceError } from "./source-error.ts"
import type { SourceDocument } from "./yaml-documents.ts"

/** An object and where it was read. `path` leads to it in its document, into a List for example. */
export interface FoundObject {
  readonly object: KubeObject
  readonly document: SourceDocument
  readonly path: readonly PropertyKey[]
}

export interface FoundObjects {
  readonly found: readonly FoundObject[]
  /** How many objects were left aside, by kind. */
  readonly unused: ReadonlyMap<string, number>
  readonly errors: readonly SourceError[]
}

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)

interface Item {
  readonly value: unknown
  readonly document: SourceDocument
  readonly path: readonly PropertyKey[]
  /** What the list around it says of its items, which do not always say it themselves. */
  readonly listed?: { readonly apiVersion: unknown; readonly kind: string }
}

const itemsOf = (item: Item): readonly Item[] => {
  const { value, document, path } = item
  if (!isObject(value) || typeof value.kind !== "string" || !value.kind.endsWith("List")) return [item]
  // An empty list of `cluster-info dump` says null.
  if (value.items === null) return []
  if (!Array.isArray(value.items)) return [item]
  const kind = value.kind.slice(0, -"List".length)
  const listed = kind === "" ? {} : { listed: { apiVersion: value.apiVersion, kind } }
  return value.items.flatMap((each: unknown, index) =>
    itemsOf({ value: each, document, path: [...path, "items", index], ...listed }),
  )
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`)).join("")

const errorAt = ({ document, path }: Item, message: string, fix: string, below: readonly PropertyKey[] = []) => {
  const line = document.lineOf([...path, ...below])
  return { file: document.file, ...(line === undefined ? {} : { line }), message, fix }
}

const SHOULD_BE = "Give Kubernetes objects: each has apiVersion, kind and metadata.name."

/** Null is what an absent field looks like in YAML that was left empty. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (each === null ? [] : [[key, withoutNulls(each)]])),
  )
}

type Read = Result<KubeObject | { readonly unused: string }, SourceError>

const readItem = (item: Item, namespace: string): Read => {
  const { listed } = item
  const value = withoutNulls(item.value)
  if (!isObject(value)) return err(errorAt(item, "this is no Kubernetes object", SHOULD_BE))
  const kind = value.kind ?? listed?.kind
  const apiVersion = value.apiVersion ?? listed?.apiVersion
  if (typeof kind !== "string") {
    const isKustomization = /kustomization\.ya?ml$/i.test(item.document.file)
    const fix = isKustomization ? "Build it first: kubectl kustomize FOLDER | pilotage trace -f - …" : SHOULD_BE
    return err(errorAt(item, "kind is missing", fix))
  }
  if (typeof apiVersion !== "string") return err(errorAt(item, `apiVersion of this ${kind} is missing`, SHOULD_BE))
  if (!isKnownKind(apiVersion, kind)) return ok({ unused: unusedName(apiVersion, kind) })
  const metadata = isObject(value.metadata) ? value.metadata : {}
  const problem = shapeProblem(kind, value)
  if (problem) {
    const name = typeof metadata.name === "string" ? ` ${metadata.name}` : ""
    const what = `${kind}${name}: ${pathText(problem.path)} ${problem.message}`
    return err(errorAt(item, what, `kubectl explain ${kind.toLowerCase()} says what belongs there.`, problem.path))
  }
  const place = isClusterWide(kind) ? {} : { namespace: String(metadata.namespace ?? namespace) }
  return ok({ ...value, apiVersion, kind, metadata: { ...metadata, name: String(metadata.name), ...place } })
}

/** The objects in documents. Those without a namespace get `namespace`. */
export const findObjects = (documents: readonly SourceDocument[], namespace: string): FoundObjects => {
  const found: FoundObject[] = []
  const unused = new Map<string, number>()
  const errors: SourceError[] = []
  for (const item of documents.flatMap((document) => itemsOf({ value: document.value, document, path: [] }))) {
    const each = readItem(item, namespace)
    if (!each.ok) errors.push(each.error)
    else if ("unused" in each.value)
      unused.set(String(each.value.unused), (unused.get(String(each.value.unused)) ?? 0) + 1)
    else found.push({ object: each.value as KubeObject, document: item.document, path: item.path })
  }
  return { found, unused, errors }
}
