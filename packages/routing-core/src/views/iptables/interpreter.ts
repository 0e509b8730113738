import { canonicalIP, type InputError, ok, type Result } from "@pilotage/kube-model"
import { type RulePacket, type RuleVerdict, verdictOf } from "../rule-verdict.ts"
import { chainWalk, type Trail, type Way } from "./chain-walk.ts"
import { parseIptablesSave, type Ruleset } from "./save-parser.ts"

/** What may become of a packet, chance willing. */
interface IptablesBranch {
  /** `accept`: a rule lets it in and nothing rewrote it; `none`: no rule cared. */
  readonly outcome: RuleVerdict["outcome"] | "accept"
  /** Where a translated packet goes, whatever became of it later: `10.244.1.5:8080`, `[fd00::5]:8080`. */
  readonly endpoint?: string
  /** It arrives with another source address. */
  readonly masqueraded: boolean
  /** The rules that matched, in the order in which the packet met them: positions among the rules of the text. */
  readonly rules: readonly number[]
}

/** The rules of one machine, read once and asked often. Session affinity remembers nobody. */
export interface IptablesInterpreter {
  /** Every path that chance allows: at least one. */
  readonly walk: (packet: RulePacket) => readonly IptablesBranch[]
  readonly verdict: (packet: RulePacket) => RuleVerdict
}

const listed = (trail: Trail | undefined): readonly number[] => {
  const out: number[] = []
  for (let each = trail; each; each = each.before) out.push(each.index)
  return out.reverse()
}

const branch = (way: Way, outcome: IptablesBranch["outcome"]): IptablesBranch => {
  const { destination, port, translated } = way.flow
  const endpoint = destination.includes(":") ? `[${destination}]:${port}` : `${destination}:${port}`
  return {
    outcome,
    ...(translated ? { endpoint } : {}),
    masqueraded: way.end === "masquerade",
    rules: listed(way.trail),
  }
}

const startOf = ({ source, destination, port, protocol }: RulePacket): Way => ({
  flow: {
    source: canonicalIP(source) ?? source,
    destination: canonicalIP(destination) ?? destination,
    port,
    protocol: protocol.toLowerCase(),
    mark: 0,
    translated: false,
  },
  trail: undefined,
  end: "none",
})

/** What comes in is for the machine (INPUT) or goes on (FORWARD); what it sends to itself comes in again. */
const filterChains = (hook: RulePacket["hook"], toItself: boolean): readonly string[] => {
  if (hook === "prerouting") return [toItself ? "INPUT" : "FORWARD"]
  return toItself ? ["OUTPUT", "INPUT"] : ["OUTPUT"]
}

const walker = (rules: Ruleset, isLocal: (ip: string) => boolean): IptablesInterpreter["walk"] => {
  const nat = chainWalk(rules, "nat", isLocal)
  const filter = chainWalk(rules, "filter", isLocal)

  /** After the first chain of the nat table: the filter table, then masquerading, but for what was sent to the machine. */
  const onward = (hook: RulePacket["hook"], entry: Way): readonly IptablesBranch[] => {
    const toItself = isLocal(entry.flow.destination)
    let ways: readonly Way[] = [entry]
    const over: IptablesBranch[] = []
    for (const chain of filterChains(hook, toItself)) {
      const passed = ways.flatMap((way) => filter(chain, { ...way, end: "none" }))
      for (const way of passed) if (way.end === "drop" || way.end === "reject") over.push(branch(way, way.end))
      ways = passed.filter(({ end }) => end === "none" || end === "accept")
    }
    const through = ways.flatMap((way) => {
      const outcome = way.flow.translated ? "dnat" : way.end === "accept" ? "accept" : "none"
      const leaving = hook === "prerouting" && toItself ? [way] : nat("POSTROUTING", { ...way, end: "none" })
      return leaving.map((each) => branch(each, outcome))
    })
    return [...over, ...through]
  }

  return (packet) =>
    nat(packet.hook === "output" ? "OUTPUT" : "PREROUTING", startOf(packet)).flatMap((way) => onward(packet.hook, way))
}

/**
 * Reads what iptables-save or ip6tables-save printed of kube-proxy's rules, and says what they do to packets by walking
 * the chains as netfilter does. `localAddresses`: the node's own; loopback is always among them. The error names the
 * line that is not understood.
 */
export const iptablesInterpreter = (
  text: string,
  localAddresses: readonly string[],
): Result<IptablesInterpreter, InputError> => {
  const rules = parseIptablesSave(text)
  if (!rules.ok) return rules
  const local = new Set(localAddresses.map((ip) => canonicalIP(ip) ?? ip))
  const walk = walker(rules.value, (ip) => local.has(ip) || ip.startsWith("127.") || ip === "::1")
  return ok({ walk, verdict: (packet) => verdictOf(walk(packet)) })
}
