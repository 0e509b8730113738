import { canonicalIP, type Protocol } from "@pilotage/kube-model"
import { chainWalk, type Trail, type Way } from "./chain-walk.ts"
import type { Ruleset } from "./save-parser.ts"

/** The first packet of a connection, at the machine whose rules are read. */
export interface NetfilterPacket {
  readonly source: string
  readonly destination: string
  readonly port: number
  readonly protocol: Protocol
  /** `prerouting`: it came in from outside or from a pod; `output`: the machine itself sends it. */
  readonly hook: "prerouting" | "output"
  /** The machine's own addresses; loopback is always among them. */
  readonly localAddresses: readonly string[]
}

export type NetfilterOutcome = "dnat" | "reject" | "drop" | "accept" | "none"

/** What may happen to the packet, chance willing. */
export interface NetfilterBranch {
  /** `accept`: a rule lets it in and nothing rewrote it; `none`: no rule cared. */
  readonly outcome: NetfilterOutcome
  /** Where a translated packet goes, whatever became of it later: `10.244.1.5:8080`, `[fd00::5]:8080`. */
  readonly endpoint?: string
  /** kube-proxy marked it for masquerading; it is only `masqueraded` where it leaves the machine or comes back to it. */
  readonly marked: boolean
  readonly masqueraded: boolean
  /** The rules that matched, in the order in which the packet met them: positions among the rules of the text. */
  readonly rules: readonly number[]
}

export interface Interpretation {
  /** `mixed`: the branches differ, as they never do under the rules of one Service. */
  readonly outcome: NetfilterOutcome | "mixed"
  /** At least one. Session affinity remembers nobody. */
  readonly branches: readonly NetfilterBranch[]
}

const KUBE_PROXY_MARK = 0x4000

const listed = (trail: Trail | undefined): readonly number[] => {
  const out: number[] = []
  for (let each = trail; each; each = each.before) out.push(each.index)
  return out.reverse()
}

const loopback = (ip: string): boolean => ip.startsWith("127.") || ip === "::1"

/** Walks a packet through the tables of one machine, as netfilter does, along every path that chance allows. */
export const interpret = (rules: Ruleset, packet: NetfilterPacket): Interpretation => {
  const local = new Set(packet.localAddresses.map((ip) => canonicalIP(ip) ?? ip))
  const isLocal = (ip: string): boolean => loopback(ip) || local.has(ip)
  const nat = chainWalk(rules, "nat", isLocal)
  const filter = chainWalk(rules, "filter", isLocal)
  const isComing = packet.hook === "prerouting"

  const branch = (way: Way, outcome: NetfilterOutcome, marked: boolean): NetfilterBranch => {
    const { destination, port, translated } = way.flow
    const endpoint = destination.includes(":") ? `[${destination}]:${port}` : `${destination}:${port}`
    return {
      outcome,
      ...(translated ? { endpoint } : {}),
      marked,
      masqueraded: way.end === "masquerade",
      rules: listed(way.trail),
    }
  }

  /** Through the filter table's chains and the last of the nat table, in the order of the packet's way. */
  const onward = (way: Way): readonly NetfilterBranch[] => {
    const toItself = isLocal(way.flow.destination)
    const marked = (way.flow.mark & KUBE_PROXY_MARK) !== 0
    let ways: readonly Way[] = [{ ...way, end: "none" }]
    const out: NetfilterBranch[] = []
    const through = (chain: string): void => {
      const passed = ways.flatMap((each) => filter(chain, { ...each, end: "none" }))
      for (const each of passed)
        if (each.end === "drop" || each.end === "reject") out.push(branch(each, each.end, marked))
      ways = passed.filter(({ end }) => end === "none" || end === "accept")
    }
    through(isComing ? (toItself ? "INPUT" : "FORWARD") : "OUTPUT")
    if (!isComing && toItself) through("INPUT")
    for (const each of ways) {
      const outcome = each.flow.translated ? "dnat" : each.end === "accept" ? "accept" : "none"
      const leaving = isComing && toItself ? [each] : nat("POSTROUTING", { ...each, end: "none" })
      for (const last of leaving) out.push(branch(last, outcome, marked))
    }
    return out
  }

  const start: Way = {
    flow: {
      source: canonicalIP(packet.source) ?? packet.source,
      destination: canonicalIP(packet.destination) ?? packet.destination,
      port: packet.port,
      protocol: packet.protocol.toLowerCase(),
      mark: 0,
      translated: false,
    },
    trail: undefined,
    end: "none",
  }
  const branches = nat(isComing ? "PREROUTING" : "OUTPUT", start).flatMap(onward)
  const [first] = branches
  const outcome = first && branches.every((each) => each.outcome === first.outcome) ? first.outcome : "mixed"
  return { outcome, branches }
}
