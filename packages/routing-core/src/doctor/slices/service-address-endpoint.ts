import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { usedEndpoints } from "../survey/subject.ts"
import { listed } from "../text.ts"

/** Endpoints that are cluster IPs: kube-proxy translates a packet once, not again. */
export const serviceAddressEndpoint: ServiceCheck = (subject, { claims }) => {
  if (subject.kind !== "proxied") return NOTHING
  const addresses = new Set(
    subject.entry.ports.flatMap(usedEndpoints).flatMap(({ ip }) => (claims.clusterIPs.has(ip) ? [ip] : [])),
  )
  if (addresses.size === 0) return NOTHING
  const owners = [...addresses].map((ip) => {
    const [owner] = claims.clusterIPs.get(ip) ?? []
    return `${ip} (Service ${owner?.name})`
  })
  return [
    found(subject, "warning", "endpoint-is-cluster-ip", {
      message: `An endpoint is itself the cluster IP of a Service: ${listed(owners)}. kube-proxy translates a packet once; whether the second address is translated too depends on the node it reaches.`,
      fix: "List the pods' addresses, or let this Service be an ExternalName for the other one.",
    }),
  ]
}
