import type { PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { remembered } from "../survey/remembered.ts"
import { FAMILIES, familiesOf } from "../survey/subject.ts"
import { counted, field, listed } from "../text.ts"

const hasAddress = (ip: string | undefined, family: string): boolean =>
  ip !== undefined && ip.includes(":") === (family === "IPv6")

/** How many of the pods have no address of a family. */
const lackingOf = remembered((pods: readonly PodFacts[]) => {
  const lacking = (family: string): number =>
    pods.filter((pod) => ![pod.ip, pod.secondIP].some((ip) => hasAddress(ip, family))).length
  return { IPv4: lacking("IPv4"), IPv6: lacking("IPv6") }
})

/** A dual-stack Service whose pods have addresses of one family only: the other cluster IP refuses. */
export const familyWithoutEndpoints: ServiceCheck = (subject) => {
  const { entry, kind, selected, service, name, namespace } = subject
  const families = familiesOf(subject)
  if (kind !== "proxied" || families.size < 2) return NOTHING
  const usable = (family: "IPv4" | "IPv6"): boolean =>
    entry.ports.some(({ endpoints }) =>
      endpoints[family].some((each) => each.ready || (each.serving && each.terminating)),
    )
  const served = FAMILIES.filter(usable)
  const bare = FAMILIES.filter((family) => families.has(family) && !usable(family))
  const [family] = bare
  if (!family || served.length === 0) return NOTHING
  const lacking = lackingOf(selected)[family]
  return [
    found(subject, "error", "family-without-endpoints", {
      ...field("spec.ipFamilies", service.spec.ipFamilies),
      message: `The Service has ${listed([...families])} addresses but no ${family} endpoint${lacking > 0 ? `: ${counted(lacking, "pod")} of ${selected.length} ${lacking === 1 ? "has" : "have"} no ${family} address` : ""}. Its name resolves to both, and clients that try ${family} are refused.`,
      fix: `Set ipFamilyPolicy to SingleStack, or give the pods ${family} addresses.`,
      command: `kubectl patch service ${name} -n ${namespace} -p '{"spec":{"ipFamilyPolicy":"SingleStack"}}'`,
      rule: "R23",
    }),
  ]
}
