import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { field, listed } from "../text.ts"

/** Fields that speak to kube-proxy or a load balancer, which have no part in a headless Service. */
export const headlessIgnoredFields: ServiceCheck = (subject) => {
  if (subject.kind !== "headless") return NOTHING
  const { spec } = subject.service
  const idle: readonly (readonly [string, unknown, boolean])[] = [
    ["sessionAffinity", spec.sessionAffinity, spec.sessionAffinity === "ClientIP"],
    ["externalTrafficPolicy", spec.externalTrafficPolicy, spec.externalTrafficPolicy !== undefined],
    ["internalTrafficPolicy", spec.internalTrafficPolicy, spec.internalTrafficPolicy === "Local"],
    ["externalIPs", spec.externalIPs, (spec.externalIPs ?? []).length > 0],
    ["loadBalancerIP", spec.loadBalancerIP, spec.loadBalancerIP !== undefined],
    ["trafficDistribution", spec.trafficDistribution, spec.trafficDistribution !== undefined],
  ]
  const set = idle.filter(([, , isSet]) => isSet)
  const [first] = set
  if (!first) return NOTHING
  return [
    found(subject, "warning", "headless-ignores", {
      ...field(`spec.${first[0]}`, first[1]),
      message: `A headless Service has no address that kube-proxy would translate: ${listed(set.map(([name]) => name))} ${set.length === 1 ? "has" : "have"} no effect.`,
      fix: `Take ${set.length === 1 ? "it" : "them"} out, or let the Service have a cluster IP (delete and create it).`,
    }),
  ]
}
