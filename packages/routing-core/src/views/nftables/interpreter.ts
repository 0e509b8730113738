import { canonicalIP, type InputError, ok, type Result } from "@pilotage/kube-model"
import { type RulePacket, type RuleVerdict, verdictOf } from "../rule-verdict.ts"
import { parseNft } from "./nft-parser.ts"
import type { Hook } from "./nft-syntax.ts"
import { type WalkingPacket, type Way, type World, walkHook } from "./nft-walk.ts"

/** What may become of a packet, chance willing. */
interface NftBranch {
  readonly outcome: RuleVerdict["outcome"]
  /** Where a translated packet goes, whatever became of it later: `10.244.1.5:8080`, `[fd00::5]:8080`. */
  readonly endpoint?: string
  /** It arrives with another source address. */
  readonly masqueraded: boolean
  /** Rules and elements that matched, in the order in which the packet met them: positions among the lines of the text. */
  readonly rules: readonly number[]
}

/** A table, read once and asked often. Session affinity remembers nobody. */
interface NftInterpreter {
  /** Every path that chance allows: at least one. */
  readonly walk: (packet: RulePacket) => readonly NftBranch[]
  readonly verdict: (packet: RulePacket) => RuleVerdict
}

const past = (world: World, ways: readonly Way[], hook: Hook["hook"], types?: readonly Hook["type"][]) =>
  ways.flatMap((way): readonly Way[] =>
    way.end === "drop" || way.end === "reject" ? [way] : walkHook(world, hook, way.packet, types),
  )

/**
 * The hooks on a packet's way. One that comes in is for the node itself (input) or goes on (forward, postrouting): the
 * rewritten destination decides. One that the node sends to itself comes in again, by the loopback interface, where
 * addresses are not rewritten a second time.
 */
const travel = (world: World, start: WalkingPacket, hook: RulePacket["hook"]): readonly Way[] =>
  past(world, [{ packet: start, end: "continue" }], hook).flatMap((way) => {
    const toItself = world.isLocal(way.packet.daddr)
    if (hook === "prerouting")
      return toItself ? past(world, [way], "input") : past(world, past(world, [way], "forward"), "postrouting")
    const sent = past(world, [way], "postrouting")
    return toItself ? past(world, past(world, sent, "prerouting", ["filter"]), "input") : sent
  })

const branchOf = ({ end, packet }: Way): NftBranch => {
  const { daddr, dport, translated, masqueraded, lines } = packet
  return {
    outcome: end === "drop" || end === "reject" ? end : translated ? "dnat" : "none",
    ...(translated ? { endpoint: daddr.includes(":") ? `[${daddr}]:${dport}` : `${daddr}:${dport}` } : {}),
    masqueraded,
    rules: lines.map((line) => line - 1),
  }
}

/**
 * Reads a table and says what it does to packets, by walking its chains: what kube-proxy meant by them, and which Service
 * they belong to, it does not know. `localAddresses`: the node's own; loopback is always among them. The error names the
 * line that is not understood.
 */
export const nftInterpreter = (text: string, localAddresses: readonly string[]): Result<NftInterpreter, InputError> => {
  const parsed = parseNft(text)
  if (!parsed.ok) return parsed
  const local = new Set(localAddresses.map((ip) => canonicalIP(ip) ?? ip))
  const world = {
    ruleset: parsed.value,
    isLocal: (ip: string): boolean => local.has(ip) || ip.startsWith("127.") || ip === "::1",
  }
  const walk = ({ hook, source, destination, port, protocol }: RulePacket): readonly NftBranch[] => {
    const start: WalkingPacket = {
      saddr: canonicalIP(source) ?? source,
      daddr: canonicalIP(destination) ?? destination,
      l4proto: protocol.toLowerCase(),
      dport: `${port}`,
      mark: 0,
      translated: false,
      masqueraded: false,
      lines: [],
    }
    return travel(world, start, hook).map(branchOf)
  }
  return ok({ walk, verdict: (packet) => verdictOf(walk(packet)) })
}
