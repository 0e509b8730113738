import { ipFamily } from "@pilotage/kube-model"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { familiesOf } from "../survey/subject.ts"
import { field, listed } from "../text.ts"

/** Addresses of a family that the Service does not have: kube-proxy of that family skips the Service. */
export const unusedFamily: ServiceCheck = (subject) => {
  if (subject.kind !== "proxied") return NOTHING
  const { spec, status } = subject.service
  const families = familiesOf(subject)
  const addresses = [
    ...(spec.externalIPs ?? []).map((ip, index) => [`spec.externalIPs[${index}]`, ip] as const),
    ...(status?.loadBalancer?.ingress ?? []).map(
      ({ ip }, index) => [`status.loadBalancer.ingress[${index}].ip`, ip ?? ""] as const,
    ),
  ]
  return addresses.flatMap(([path, ip]) => {
    const family = ipFamily(ip)
    if (!family || families.has(family)) return NOTHING
    return [
      found(subject, "warning", "address-of-other-family", {
        ...field(path, ip),
        message: `${ip} is ${family}, but the Service has only ${listed([...families])}: no node answers for it.`,
        fix: `Let the Service have ${family} too (ipFamilyPolicy PreferDualStack), or use an address of its own family.`,
      }),
    ]
  })
}
