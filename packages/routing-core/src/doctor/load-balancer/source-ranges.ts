import { type CIDR, parseCIDR } from "@pilotage/kube-model"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import type { Finding } from "../finding.ts"
import { familiesOf } from "../survey/subject.ts"
import { field, listed } from "../text.ts"

/** loadBalancerSourceRanges: written so that they do not do what they seem to, and what they leave open. */
export const sourceRanges: ServiceCheck = (subject, { indexes }) => {
  const { spec, status } = subject.service
  const ranges = spec.loadBalancerSourceRanges ?? []
  if (ranges.length === 0 || subject.kind !== "proxied" || spec.type !== "LoadBalancer") return NOTHING
  const findings: Finding[] = []
  const families = familiesOf(subject)
  const good: CIDR[] = []
  for (const [index, text] of ranges.entries()) {
    const path = `spec.loadBalancerSourceRanges[${index}]`
    const cidr = parseCIDR(text.trim())
    if (!cidr.ok)
      findings.push(
        found(subject, "warning", "source-range-malformed", {
          ...field(path, text),
          message: `${JSON.stringify(text)} is not a CIDR block: it lets nobody in, and the API server refuses it.`,
          fix: `Write an address with a length, ${/^[\d.]+$/.test(text) ? `${text}/32` : "203.0.113.0/24"}.`,
          rule: "R45",
        }),
      )
    else if (!families.has(cidr.value.family))
      findings.push(
        found(subject, "warning", "source-range-of-other-family", {
          ...field(path, text),
          message: `${text} is ${cidr.value.family}, but the Service has only ${listed([...families])}: the range lets nobody in.`,
          fix: `Write ranges of ${listed([...families])}.`,
          rule: "R45",
        }),
      )
    else good.push(cidr.value)
  }
  const ingress = status?.loadBalancer?.ingress ?? []
  const here = field("spec.loadBalancerSourceRanges", ranges)
  if (good.some((cidr) => cidr.prefix === 0)) return findings
  if (ingress.length > 0 && ingress.every((each) => each.ipMode === "Proxy"))
    findings.push(
      found(subject, "note", "source-ranges-not-by-kube-proxy", {
        ...here,
        message:
          "The load balancer is a proxy: kube-proxy never sees its clients and cannot apply the ranges. Only the load balancer can, and not each one does.",
        fix: "See whether your load balancer applies loadBalancerSourceRanges.",
        rule: "R45",
      }),
    )
  const letsPodsIn = good.some((cidr) => {
    const pods = indexes.clusterCIDR[cidr.family]
    return pods !== undefined && (pods.contains(cidr.at(0)) || cidr.contains(pods.at(0)))
  })
  const numbers = (spec.ports ?? []).flatMap((port) => port.nodePort || [])
  if (ingress.some((each) => each.ip && each.ipMode !== "Proxy"))
    findings.push(
      found(subject, "note", "source-ranges-reach", {
        ...here,
        message: `The ranges guard the load balancer's address only.${numbers.length > 0 ? ` Node port ${listed(numbers.map(String))} and the` : " The"} cluster IP answer everybody${!letsPodsIn ? "; and no pod of this cluster may use the load balancer's address" : ""}.`,
        fix: `Use a NetworkPolicy to guard the pods themselves; let pods use ${subject.name}.${subject.namespace}.svc.${indexes.config.clusterDomain}.`,
        rule: "R45",
      }),
    )
  return findings
}
