import { canonicalIP } from "@pilotage/kube-model"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { addressKey, rivalsText } from "../survey/claims.ts"
import { field } from "../text.ts"

/** A load balancer's address and port that another Service has too. Sharing an address on other ports is fine. */
export const takenLoadBalancerAddress: ServiceCheck = (subject, { claims }) => {
  if (subject.kind !== "proxied") return NOTHING
  return (subject.service.status?.loadBalancer?.ingress ?? []).flatMap((ingress, index) => {
    const ip = canonicalIP(ingress.ip ?? "")
    if (ip === undefined) return NOTHING
    const rivals = rivalsText(
      subject,
      subject.entry.ports.map(({ port, protocol }) => claims.addresses.get(addressKey(protocol, ip, port.port))),
    )
    if (rivals === undefined) return NOTHING
    return [
      found(subject, "error", "load-balancer-address-taken", {
        ...field(`status.loadBalancer.ingress[${index}].ip`, ip),
        message: `The load balancer's address ${ip} and the same port belong to ${rivals} too; only one of them gets the traffic.`,
        fix: "Give each Service an address, or a port, of its own.",
        rule: "R17",
      }),
    ]
  })
}
