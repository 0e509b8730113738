/** What a name in the cluster's zone asks about, all in lower case. */
export type QueryName =
  /** The zone itself, or `svc` and `pod` right under it: they exist and have nothing. */
  | { readonly kind: "empty" }
  | { readonly kind: "unknown" }
  /** `10-244-1-5.shop.pod`; without a label before the namespace only the namespace is asked about. */
  | { readonly kind: "pod"; readonly namespace: string; readonly label: string | undefined }
  | {
      readonly kind: "service"
      readonly namespace: string
      readonly service: string | undefined
      /** `db-0` in `db-0.db.shop.svc`. */
      readonly endpoint?: string
      /** `_http._tcp.web.shop.svc`, without the underscores. */
      readonly port?: { readonly name: string; readonly protocol: string }
      /** `us-west-2a.pin._zone.web.shop.svc`; `prefer` takes any endpoint where the topology zone has none. */
      readonly topology?: { readonly zone: string; readonly otherwiseAny: boolean }
    }

const EMPTY: QueryName = { kind: "empty" }
const UNKNOWN: QueryName = { kind: "unknown" }

const bare = (label: string): string => (label.startsWith("_") ? label.slice(1) : label)

/** The last label, and what is before it; undefined: there is nothing. */
const lastLabel = (name: string): string => name.slice(name.lastIndexOf(".") + 1)

const withoutLast = (name: string): string | undefined => {
  const dot = name.lastIndexOf(".")
  return dot < 0 ? undefined : name.slice(0, dot)
}

/** What stands before a Service's name: `db-0`, `_http._tcp`, `us-west-2a.pin._zone`. */
const readBefore = (namespace: string, service: string, before: string, zonal: boolean): QueryName => {
  const labels = before.split(".")
  const [last = "", second] = labels.reverse()
  if (second === undefined) return { kind: "service", namespace, service, endpoint: last }
  if (labels.length === 2)
    return { kind: "service", namespace, service, port: { name: bare(second), protocol: bare(last) } }
  if (!zonal || last !== "_zone" || (second !== "pin" && second !== "prefer")) return UNKNOWN
  const zone = labels.slice(2).reverse().join(".")
  return { kind: "service", namespace, service, topology: { zone, otherwiseAny: second === "prefer" } }
}

/**
 * Reads what stands before the zone, `web.shop.svc` (CoreDNS 1.14 `plugin/kubernetes/parse.go`). One or two labels before
 * a pod's are not looked at.
 */
export const readQueryName = (beforeZone: string, zonal: boolean): QueryName => {
  if (beforeZone === "") return EMPTY
  const branch = lastLabel(beforeZone)
  if (branch !== "svc" && branch !== "pod") return UNKNOWN
  const withNamespace = withoutLast(beforeZone)
  if (withNamespace === undefined) return EMPTY
  const namespace = lastLabel(withNamespace)
  const withName = withoutLast(withNamespace)
  const name = withName === undefined ? undefined : lastLabel(withName)
  const before = withName === undefined ? undefined : withoutLast(withName)
  if (branch === "pod")
    return before !== undefined && before.split(".").length > 2 ? UNKNOWN : { kind: "pod", namespace, label: name }
  return name === undefined || before === undefined
    ? { kind: "service", namespace, service: name }
    : readBefore(namespace, name, before, zonal)
}
