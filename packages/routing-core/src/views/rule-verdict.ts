import type { Protocol } from "@pilotage/kube-model"

/** A new connection's first packet as it comes to a node (`prerouting`), or as a process of the node sends it (`output`). */
export interface RulePacket {
  readonly hook: "prerouting" | "output"
  readonly source: string
  readonly destination: string
  readonly port: number
  readonly protocol: Protocol
}

/** What a node's rules, read as text, do to a packet. `none`: it goes on as it was, to the node itself or elsewhere. */
export type RuleVerdict =
  | {
      readonly outcome: "dnat"
      /** Each endpoint to which it may be sent, `10.244.1.11:8080`; sorted. */
      readonly endpoints: readonly string[]
      /** Those at which it arrives with another source address. */
      readonly masqueraded: readonly string[]
    }
  | { readonly outcome: "reject" }
  | { readonly outcome: "drop" }
  | { readonly outcome: "none" }

/** How one of a packet's possible ways through the rules ends. */
interface WayEnd {
  readonly outcome: string
  readonly endpoint?: string
  readonly masqueraded: boolean
}

const endpointsOf = (ways: readonly WayEnd[]): readonly string[] =>
  [...new Set(ways.flatMap(({ endpoint }) => endpoint ?? []))].sort()

/** All ways of a packet in one verdict. Those that arrive nowhere do not count while another one arrives. */
export const verdictOf = (ways: readonly WayEnd[]): RuleVerdict => {
  const sent = ways.filter(({ outcome }) => outcome === "dnat")
  if (sent.length)
    return {
      outcome: "dnat",
      endpoints: endpointsOf(sent),
      masqueraded: endpointsOf(sent.filter(({ masqueraded }) => masqueraded)),
    }
  const outcome = ways[0]?.outcome
  return { outcome: outcome === "reject" || outcome === "drop" ? outcome : "none" }
}
