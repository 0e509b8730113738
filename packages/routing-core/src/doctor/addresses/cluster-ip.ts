import { canonicalIP } from "@pilotage/kube-model"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { addressKey, hasRival, rivalsText } from "../survey/claims.ts"
import { field } from "../text.ts"

/** Cluster IPs that two Services have, and such as lie outside the service range. */
export const clusterIPs: ServiceCheck = (subject, { claims, indexes }) => {
  if (subject.kind !== "proxied" && subject.kind !== "unproxied") return NOTHING
  const { spec } = subject.service
  const own = spec.clusterIPs?.length ? spec.clusterIPs : spec.clusterIP ? [spec.clusterIP] : []
  return own.flatMap((text, index) => {
    const ip = canonicalIP(text)
    if (ip === undefined) return NOTHING
    const here = field(spec.clusterIPs?.length ? `spec.clusterIPs[${index}]` : "spec.clusterIP", ip)
    const rivals = rivalsText(subject, [claims.clusterIPs.get(ip)])
    // Services that share an address but no port do not get in each other's way on the packet's path.
    const contested = subject.entry.ports.some(({ port, protocol }) =>
      hasRival(subject, claims.clusterIPPorts.get(addressKey(protocol, ip, port.port))),
    )
    const taken =
      rivals === undefined
        ? NOTHING
        : [
            found(subject, contested ? "error" : "warning", "cluster-ip-taken", {
              ...here,
              message: `Cluster IP ${ip} is wanted by ${rivals} too; the API server gives an address to one Service.`,
              fix: "Leave clusterIP out in one of them; it cannot be changed, so delete and create that Service.",
              rule: "R17",
            }),
          ]
    // A range that does not even hold the API server's own Service is not this cluster's.
    const known = indexes.services.get("default/kubernetes")?.service.spec.clusterIP
    const plausible = known === undefined || indexes.serviceCIDR.contains(known)
    const inOwnFamily = ip.includes(":") ? indexes.serviceCIDR.IPv6 : indexes.serviceCIDR.IPv4
    if (!plausible || !inOwnFamily || indexes.serviceCIDR.contains(ip)) return taken
    return [
      ...taken,
      found(subject, "warning", "cluster-ip-outside-range", {
        ...here,
        message: `Cluster IP ${ip} is outside the service range ${indexes.config.serviceCIDR}; the API server takes it only where another ServiceCIDR has it.`,
        fix: "Leave clusterIP out, and the Service gets an address of the range.",
        command: "kubectl get servicecidrs",
      }),
    ]
  })
}
