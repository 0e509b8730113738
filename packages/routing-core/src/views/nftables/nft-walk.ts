import { parseCIDR } from "@pilotage/kube-model"
import type { Chain, Field, Hook, Rule, Ruleset, Statement, Verdict } from "./nft-syntax.ts"

/** A packet on its way through a node's chains. */
export interface WalkingPacket {
  readonly saddr: string
  readonly daddr: string
  readonly l4proto: string
  readonly dport: string
  readonly mark: number
  readonly translated: boolean
  readonly masqueraded: boolean
  /** Of the rules and map elements that matched so far. */
  readonly lines: readonly number[]
}

/** One of the ways on from a chain: past it, or to an end. Chance makes several. */
export interface Way {
  readonly packet: WalkingPacket
  readonly end: "continue" | "return" | "accept" | "drop" | "reject"
}

export interface World {
  readonly ruleset: Ruleset
  readonly isLocal: (ip: string) => boolean
}

/** The packet after a statement that lets the rule go on, the ways from one that does not, or undefined: no match. */
type Step = { readonly packet: WalkingPacket } | { readonly ways: readonly Way[] } | undefined

const keyOf = (packet: WalkingPacket, fields: readonly Field[]): string =>
  fields.map((field) => packet[field]).join(" . ")

const isValue = (text: string, value: string): boolean => {
  if (!value.includes("/")) return text === value
  const block = parseCIDR(value)
  return block.ok && block.value.contains(text)
}

const addressAndPort = (target: string): readonly [string, string] => {
  const at = target.lastIndexOf(":")
  return [target.slice(0, at).replace(/^\[|\]$/g, ""), target.slice(at + 1)]
}

const seen = (packet: WalkingPacket, line: number): WalkingPacket =>
  packet.lines.at(-1) === line ? packet : { ...packet, lines: [...packet.lines, line] }

const follow = (world: World, packet: WalkingPacket, verdict: Verdict): readonly Way[] => {
  if (!("chain" in verdict)) return [{ packet, end: verdict.kind }]
  const chain = world.ruleset.chains.get(verdict.chain)
  const ways = chain ? walkChain(world, chain, packet) : []
  // Past the end of a chain that was gone to, the chain that went there is over too.
  if (verdict.kind === "goto") return ways.map((way) => (way.end === "continue" ? { ...way, end: "return" } : way))
  return ways
}

const run = (world: World, packet: WalkingPacket, line: number, statement: Statement): Step => {
  const when = (matches: boolean): Step => (matches ? { packet } : undefined)
  switch (statement.kind) {
    case "ct-state-new":
    case "update":
      return { packet }
    case "ct-status-dnat":
      return when(packet.translated)
    case "fib-local":
      return when(world.isLocal(packet[statement.field]))
    case "mark-is-set":
      return when((packet.mark & statement.mask) !== 0)
    case "set-mark": {
      const { operator, mask } = statement
      return { packet: { ...packet, mark: operator === "|" ? packet.mark | mask : packet.mark ^ mask } }
    }
    case "match": {
      const { fields, values, negated } = statement
      return when(values.some((value) => isValue(keyOf(packet, fields), value)) !== negated)
    }
    case "in-set":
      return when(world.ruleset.sets.get(statement.set)?.has(keyOf(packet, statement.fields)) ?? false)
    case "vmap": {
      const element = world.ruleset.maps.get(statement.map)?.get(keyOf(packet, statement.fields))
      return element && { ways: follow(world, seen(seen(packet, line), element.line), element.verdict) }
    }
    case "random-verdict":
      return { ways: statement.choices.flatMap((verdict) => follow(world, seen(packet, line), verdict)) }
    case "verdict":
      return { ways: follow(world, seen(packet, line), statement.verdict) }
    case "masquerade":
      return { ways: [{ packet: { ...seen(packet, line), masqueraded: true }, end: "accept" }] }
    case "dnat":
      return {
        ways: statement.targets.map((target) => {
          const [daddr, dport] = addressAndPort(target)
          return { packet: { ...seen(packet, line), daddr, dport, translated: true }, end: "accept" }
        }),
      }
  }
}

const walkRule = (world: World, { line, statements }: Rule, packet: WalkingPacket): readonly Way[] => {
  let current = packet
  for (const statement of statements) {
    const step = run(world, current, line, statement)
    if (!step) return [{ packet: current, end: "continue" }]
    if ("ways" in step) return step.ways
    current = step.packet
  }
  return [{ packet: seen(current, line), end: "continue" }]
}

const walkChain = (world: World, { rules }: Chain, packet: WalkingPacket): readonly Way[] => {
  let open: readonly WalkingPacket[] = [packet]
  const ended: Way[] = []
  for (const rule of rules) {
    const ways = open.flatMap((each) => walkRule(world, rule, each))
    ended.push(...ways.filter((way) => way.end !== "continue"))
    open = ways.filter((way) => way.end === "continue").map((way) => way.packet)
  }
  // To return is to be past this chain: the caller goes on behind its jump.
  return [...ended, ...open.map((each) => ({ packet: each, end: "continue" as const }))].map((way) =>
    way.end === "return" ? { ...way, end: "continue" } : way,
  )
}

/** All chains of one hook, in the order of their priorities. An accepted packet is still seen by the chains after. */
export const walkHook = (
  world: World,
  hook: Hook["hook"],
  packet: WalkingPacket,
  types: readonly Hook["type"][] = ["filter", "nat"],
): readonly Way[] =>
  [...world.ruleset.chains.values()]
    .filter((chain) => chain.hook?.hook === hook && types.includes(chain.hook.type))
    .toSorted((a, b) => (a.hook?.priority ?? 0) - (b.hook?.priority ?? 0))
    .reduce<readonly Way[]>(
      (ways, chain) =>
        ways.flatMap((way) =>
          way.end === "drop" || way.end === "reject" ? [way] : walkChain(world, chain, way.packet),
        ),
      [{ packet, end: "continue" }],
    )
