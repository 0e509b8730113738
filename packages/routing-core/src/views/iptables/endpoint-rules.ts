import type { EndpointChain } from "./port-chains.ts"
import type { IptablesLine, RuleParts } from "./rule-line.ts"
import type { PortRules } from "./service-rules.ts"

const MASK = { IPv4: "255.255.255.255", IPv6: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" } as const

/** kube-proxy writes ten digits of the probability, the kernel keeps 31 bits of it, iptables-save prints eleven digits. */
const probability = (choices: number): string =>
  (Math.round(Number((1 / choices).toFixed(10)) * 2 ** 31) / 2 ** 31).toFixed(11)

/** KUBE-SVC and KUBE-SVL: the endpoint that this client had, else one by chance. */
const choiceChain = (
  { settings, port, make }: PortRules,
  chain: string,
  endpoints: readonly EndpointChain[],
): readonly IptablesLine[] => {
  const toward = (to: EndpointChain, ...matches: readonly string[]): RuleParts => ({
    ...(settings.terse ? {} : { comment: `${port.title} -> ${to.endpoint}` }),
    matches,
    target: to.chain,
  })
  const remembered = endpoints.map((to) => {
    const recent = `-m recent --rcheck --seconds ${port.affinitySeconds} --reap --name ${to.chain}`
    const parts = toward(to, `${recent} --mask ${MASK[settings.family]} --rsource`)
    return make("nat", chain, "affinity", "R46", parts, to.endpoint)
  })
  const chances = endpoints.map((to, index) => {
    const left = endpoints.length - index
    const parts = left > 1 ? toward(to, `-m statistic --mode random --probability ${probability(left)}`) : toward(to)
    return make("nat", chain, "choice", "R20", parts, to.endpoint)
  })
  return port.affinitySeconds === undefined ? chances : [...remembered, ...chances]
}

/** KUBE-SEP: to one endpoint. */
const endpointChain = (
  { settings, port, make }: PortRules,
  { chain, ip, endpoint }: EndpointChain,
): readonly IptablesLine[] => {
  const comment = settings.terse ? {} : { comment: port.title }
  const remember = `-m recent --set --name ${chain} --mask ${MASK[settings.family]} --rsource`
  const hairpin: RuleParts = { source: `${ip}/${settings.width}`, ...comment, target: "KUBE-MARK-MASQ" }
  const translation: RuleParts = {
    protocol: port.protocol,
    ...comment,
    matches: [...(port.affinitySeconds === undefined ? [] : [remember]), `-m ${port.protocol}`],
    target: `DNAT --to-destination ${endpoint}`,
  }
  return [
    make("nat", chain, "masquerade", "R29", hairpin, endpoint),
    make("nat", chain, "endpoint", "R19", translation, endpoint),
  ]
}

export const endpointRules = (rules: PortRules): readonly IptablesLine[] => {
  const { SVC, SVL, cluster, local } = rules.chains
  const reachable = new Map([...cluster, ...local].map((each) => [each.chain, each]))
  return [
    ...choiceChain(rules, SVC, cluster),
    ...choiceChain(rules, SVL, local),
    ...[...reachable.values()].flatMap((each) => endpointChain(rules, each)),
  ]
}
