import { type Catalog, OWN_CATALOG } from "./discovery/catalog.ts"
import type { ResourceInfo } from "./resources.ts"

export type Query = ReadonlyMap<string, string>

/** What a path asks for. `name` and `namespace` are "" when the path has none; namespaces themselves have no namespace. */
export type Target =
  | {
      readonly kind: "resource"
      readonly info: ResourceInfo
      readonly namespace: string
      /** `/api/v1/namespaces/x/pods` rather than `/api/v1/pods`. */
      readonly inNamespace: boolean
      readonly name: string
      readonly subresource: string
    }
  | { readonly kind: "discovery"; readonly path: readonly string[] }
  /** A known group with a resource that is not served: a Status. */
  | { readonly kind: "no-resource" }

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const parseQuery = (text: string): Query => {
  const query = new Map<string, string>()
  for (const pair of text.split("&")) {
    if (pair === "") continue
    const at = pair.indexOf("=")
    const key = decode((at < 0 ? pair : pair.slice(0, at)).replaceAll("+", " "))
    if (!query.has(key)) query.set(key, at < 0 ? "" : decode(pair.slice(at + 1).replaceAll("+", " ")))
  }
  return query
}

/** `/api/v1/watch/…`, how clients of long ago began to watch: the list of that place, or one object of it, with `?watch`. */
const watchTarget = (
  catalog: Catalog,
  apiVersion: string,
  rest: readonly string[],
  query: Query,
): { readonly target: Target; readonly query: Query } => {
  const target = resourceTarget(catalog, apiVersion, rest)
  if (target.kind !== "resource" || target.subresource !== "") return { target: { kind: "no-resource" }, query }
  const watched = new Map([...query, ["watch", "1"]])
  if (target.name !== "") watched.set("fieldSelector", `metadata.name=${target.name}`)
  return { target: { ...target, name: "" }, query: watched }
}

const resourceTarget = (catalog: Catalog, apiVersion: string, rest: readonly string[]): Target => {
  const isCore = !apiVersion.includes("/")
  const [first = "", second = "", third = "", fourth = "", fifth = ""] = rest
  const scoped = first === "namespaces" && third !== "" && !(isCore && ["status", "finalize"].includes(third))
  const [plural, name, subresource] = scoped ? [third, fourth, fifth] : [first, second, third]
  const info = catalog.find(apiVersion, plural)
  if (!info || rest.length > (scoped ? 5 : 3)) return { kind: "no-resource" }
  if (scoped && !info.namespaced) return { kind: "no-resource" }
  if (!scoped && info.namespaced && name !== "") return { kind: "no-resource" }
  if (subresource !== "" && !info.subresources.some((each) => each === subresource)) return { kind: "no-resource" }
  return { kind: "resource", info, namespace: scoped ? second : "", inNamespace: scoped, name, subresource }
}

/** `catalog`: what is served there. */
export const parsePath = (
  path: string,
  catalog: Catalog = OWN_CATALOG,
): { readonly target: Target; readonly query: Query } => {
  const at = path.indexOf("?")
  const parts = (at < 0 ? path : path.slice(0, at))
    .split("/")
    .filter((part) => part !== "")
    .map(decode)
  const query = parseQuery(at < 0 ? "" : path.slice(at + 1))
  const [root, second, third] = parts
  const isNamed = root === "apis" && catalog.serves(`${second}/${third}`)
  const place = root === "api" && second === "v1" ? parts.slice(2) : isNamed ? parts.slice(3) : []
  if (place.length > 0) {
    const apiVersion = isNamed ? `${second}/${third}` : "v1"
    const [first, ...watched] = place
    if (first === "watch" && watched.length > 0) return watchTarget(catalog, apiVersion, watched, query)
    return { target: resourceTarget(catalog, apiVersion, place), query }
  }
  return { target: { kind: "discovery", path: parts }, query }
}
