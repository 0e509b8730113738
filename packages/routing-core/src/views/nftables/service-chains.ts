import { compareIPs, parseCIDR } from "@pilotage/kube-model"
import type { EndpointFact } from "../../proxy/service-entry.ts"
import { endpointText, type ProxiedPort, portLinks } from "../proxied-port.ts"
import type { RuleLine } from "../rule-line.ts"
import { chainNames, endpointNames } from "./chain-names.ts"
import { chain, container, rule } from "./containers.ts"
import type { NodeSettings } from "./node-settings.ts"

export const MASQUERADE = "meta mark set meta mark | 0x00004000"

const choices = (texts: readonly string[]): string => texts.map((text, index) => `${index} : ${text}`).join(", ")

/** With affinity: first to the endpoint that has the client in its set. Then one of all, each with the same chance. */
const endpointRules = (
  port: ProxiedPort,
  endpoints: readonly EndpointFact[],
  { ip }: NodeSettings,
): readonly RuleLine[] => {
  const more = { rule: "R20" as const, ...portLinks(port) }
  const one = endpoints.length === 1 && endpoints[0] ? { endpoint: endpointText(endpoints[0]) } : {}
  if (port.affinitySeconds === undefined) {
    const targets = choices(endpoints.map((each) => `${each.ip} . ${each.port}`))
    const text = `meta l4proto ${port.protocol} dnat ${ip} to numgen random mod ${endpoints.length} map { ${targets} }`
    return [rule("choice", text, { ...more, ...one })]
  }
  const goto = (each: EndpointFact): string => `goto ${endpointNames(port, each).chain}`
  return [
    ...endpoints.map((each) =>
      rule("affinity", `${ip} saddr @${endpointNames(port, each).affinity} ${goto(each)}`, {
        ...portLinks(port),
        rule: "R46",
        endpoint: endpointText(each),
      }),
    ),
    rule("choice", `numgen random mod ${endpoints.length} vmap { ${choices(endpoints.map(goto))} }`, {
      ...more,
      ...one,
    }),
  ]
}

const externalRules = (port: ProxiedPort, { podBlock, ip }: NodeSettings): readonly RuleLine[] => {
  const names = chainNames(port)
  const more = portLinks(port)
  if (!port.externalLocal)
    return [
      rule("masquerade", `${MASQUERADE} comment "masquerade"`, { ...more, rule: "R27" }),
      rule("policy", `goto ${names.service}`, more),
    ]
  return [
    ...(podBlock
      ? [
          rule("short-circuit", `${ip} saddr ${podBlock} goto ${names.service} comment "short-circuit pod traffic"`, {
            ...more,
            rule: "R26",
          }),
        ]
      : []),
    rule("masquerade", `fib saddr type local ${MASQUERADE} comment "masquerade local traffic"`, {
      ...more,
      rule: "R27",
    }),
    rule("short-circuit", `fib saddr type local goto ${names.service} comment "short-circuit local traffic"`, {
      ...more,
      rule: "R26",
    }),
    ...(port.local.length ? [rule("policy", `goto ${names.local}`, { ...more, rule: "R25" })] : []),
  ]
}

/** As nft prints a list of blocks: in order, those inside others left out, whole addresses without a prefix, one alone without braces. */
const blockList = (texts: readonly string[]): string => {
  const blocks = texts.flatMap((text) => {
    const parsed = parseCIDR(text)
    return parsed.ok ? [parsed.value] : []
  })
  const printed = blocks
    .filter(
      (block, index) =>
        !blocks.some(
          (other, place) =>
            other.contains(block.at(0)) &&
            (other.prefix < block.prefix || (other.prefix === block.prefix && place < index)),
        ),
    )
    .toSorted((a, b) => compareIPs(a.at(0), b.at(0)))
    .map((block) => `${block.at(0)}${block.size === 1 ? "" : `/${block.prefix}`}`)
  return printed.length === 1 ? `${printed[0]}` : `{ ${printed.join(", ")} }`
}

/** A node whose own address is in a range may also use the load balancer's address as its source. */
const firewallRules = (port: ProxiedPort, { ip, family, primaryIP }: NodeSettings): readonly RuleLine[] => {
  const full = family === "IPv4" ? 32 : 128
  const isNodeAllowed = port.sourceRanges.some((text) => {
    const block = parseCIDR(text)
    return block.ok && primaryIP !== undefined && block.value.contains(primaryIP)
  })
  const sources = [
    ...port.sourceRanges,
    ...(isNodeAllowed ? port.loadBalancerIPs.map((each) => `${each}/${full}`) : []),
  ]
  return [rule("firewall", `${ip} saddr != ${blockList(sources)} drop`, { ...portLinks(port), rule: "R45" })]
}

export const serviceChains = (port: ProxiedPort, settings: NodeSettings): readonly RuleLine[] => {
  const names = chainNames(port)
  const sticky = port.affinitySeconds === undefined ? [] : port.reachable
  return [
    ...sticky.flatMap((each) => {
      const { chain: name, affinity } = endpointNames(port, each)
      const more = { ...portLinks(port), endpoint: endpointText(each) }
      return chain(name, [
        rule("affinity", `update @${affinity} { ${settings.ip} saddr }`, { ...more, rule: "R46" }),
        rule("endpoint", `meta l4proto ${port.protocol} dnat to ${endpointText(each)}`, { ...more, rule: "R19" }),
      ])
    }),
    ...(port.cluster.length ? chain(names.service, endpointRules(port, port.cluster, settings)) : []),
    ...(port.local.length ? chain(names.local, endpointRules(port, port.local, settings)) : []),
    ...(port.hasAny && port.isExternal ? chain(names.external, externalRules(port, settings)) : []),
    ...(port.sourceRanges.length && port.loadBalancerIPs.length
      ? chain(names.firewall, firewallRules(port, settings))
      : []),
  ]
}

/** `1h30m`, as nft prints a time. */
const duration = (seconds: number): string => {
  const parts = [
    [Math.floor(seconds / 86400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
  ] as const
  return parts.map(([count, unit]) => (count ? `${count}${unit}` : "")).join("")
}

export const affinitySets = (port: ProxiedPort, { addressType }: NodeSettings): readonly RuleLine[] => {
  const seconds = port.affinitySeconds
  if (seconds === undefined) return []
  return port.reachable.flatMap((each) =>
    container(
      `set ${endpointNames(port, each).affinity}`,
      [`type ${addressType}`, "size 65535", "flags dynamic,timeout", `timeout ${duration(seconds)}`],
      [],
    ),
  )
}
