import type { IPFamily, Service } from "@pilotage/kube-model"
import { parseAddress } from "../ip-text.ts"
import { normalizeClusterIPs } from "./carried-values.ts"
import { needsClusterIP, withSpec } from "./needs.ts"

const withFamilies = (service: Service, [primary = "IPv4"]: readonly IPFamily[]): Service => {
  const { clusterIP, clusterIPs = [], selector } = service.spec
  if (clusterIP !== "None") {
    if (clusterIPs.length === 0) return service
    const ipFamilies = clusterIPs.map((ip) => parseAddress(ip)?.family ?? "IPv4")
    return withSpec(service, {
      ipFamilies,
      ipFamilyPolicy: ipFamilies.length > 1 ? "RequireDualStack" : "SingleStack",
    })
  }
  // Whoever keeps the endpoints of such a Service may use both families.
  if (Object.keys(selector ?? {}).length === 0)
    return withSpec(service, {
      ipFamilies: [primary, primary === "IPv4" ? "IPv6" : "IPv4"],
      ipFamilyPolicy: "RequireDualStack",
    })
  return withSpec(service, { ipFamilies: [primary], ipFamilyPolicy: "SingleStack" })
}

/**
 * A Service as it is shown, whichever server stored it: `clusterIPs`, `ipFamilies` and `ipFamilyPolicy` are filled in, and
 * an ExternalName Service, which has no internal traffic, shows no policy for it (kubernetes 1.36 `storage/storage.go`
 * defaultOnRead). `configured`: the cluster's families, the first one is taken for a headless Service that names none.
 */
export const withReadDefaults = (stored: Service, configured: readonly IPFamily[]): Service => {
  const service = normalizeClusterIPs(stored, undefined)
  if (service.spec.type === "ExternalName") return withSpec(service, { internalTrafficPolicy: undefined })
  const isOld = needsClusterIP(service.spec) && (service.spec.ipFamilies ?? []).length === 0
  return isOld ? withFamilies(service, configured) : service
}
