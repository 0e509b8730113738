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

/**
 * Reads what stands before the zone, `web.shop.svc` (CoreDNS 1.14 `plugin/kubernetes/parse.go`). Only a Service's own
 * labels decide: what stands before a pod's label is not looked at.
 */
export const readQueryName = (beforeZone: string, zonal: boolean): QueryName => {
  if (beforeZone === "") return EMPTY
  const labels = beforeZone.split(".")
  const count = labels.length
  const branch = labels[count - 1]
  if (branch !== "svc" && branch !== "pod") return UNKNOWN
  const namespace = labels[count - 2]
  if (namespace === undefined) return EMPTY
  const name = labels[count - 3]
  const first = labels[count - 4]
  const second = labels[count - 5]
  const isLong = count > 5
  if (branch === "pod") return isLong ? UNKNOWN : { kind: "pod", namespace, label: name }
  if (first === undefined) return { kind: "service", namespace, service: name }
  if (second === undefined) return { kind: "service", namespace, service: name, endpoint: first }
  if (!isLong) return { kind: "service", namespace, service: name, port: { name: bare(second), protocol: bare(first) } }
  if (!zonal || first !== "_zone" || (second !== "pin" && second !== "prefer")) return UNKNOWN
  return {
    kind: "service",
    namespace,
    service: name,
    topology: { zone: labels.slice(0, count - 5).join("."), otherwiseAny: second === "prefer" },
  }
}
