import type { Answer, Flow } from "./match-options.ts"
import type { ParsedRule, Ruleset } from "./save-parser.ts"

/** The rules that a packet met and that matched, the last one first. */
export interface Trail {
  readonly index: number
  readonly before: Trail | undefined
}

/** How a packet comes out of a chain: it goes on, or its way through this table ended. */
export interface Way {
  readonly flow: Flow
  readonly trail: Trail | undefined
  readonly end: "none" | "accept" | "drop" | "reject" | "masquerade"
}

/** The rule's answer: `no` of one match is enough. */
const answerOf = ({ matches }: ParsedRule, flow: Flow, isLocal: (ip: string) => boolean): Answer => {
  let found: Answer = "yes"
  for (const match of matches) {
    const answer = match(flow, isLocal)
    if (answer === "no") return "no"
    if (answer === "maybe") found = "maybe"
  }
  return found
}

/** Walks packets through the chains of one table, along every path that chance allows. */
export const chainWalk = (rules: Ruleset, table: string, isLocal: (ip: string) => boolean) => {
  /** What a rule that matched does to the packet: undefined `end` of a way means the next rule. */
  const apply = (
    { target, index }: ParsedRule,
    way: Way,
  ): { readonly ways: readonly Way[]; readonly back: boolean } => {
    const trail = { index, before: way.trail }
    const { flow } = way
    switch (target.kind) {
      case "none":
        return { ways: [{ ...way, trail }], back: false }
      case "mark": {
        const mark = (flow.mark & ~target.mask) ^ target.value
        return { ways: [{ ...way, trail, flow: { ...flow, mark } }], back: false }
      }
      case "return":
        return { ways: [{ ...way, trail }], back: true }
      case "jump":
        return { ways: walk(target.chain, { ...way, trail }), back: false }
      case "dnat": {
        const translated = { ...flow, destination: target.ip, port: target.port, translated: true }
        return { ways: [{ flow: translated, trail, end: "accept" }], back: true }
      }
      default:
        return { ways: [{ flow, trail, end: target.kind }], back: true }
    }
  }

  const walkFrom = (list: readonly ParsedRule[], start: number, entry: Way): readonly Way[] => {
    const out: Way[] = []
    let way = entry
    for (let at = start; at < list.length; at += 1) {
      const rule = list[at]
      if (!rule) break
      const answer = answerOf(rule, way.flow, isLocal)
      if (answer === "no") continue
      const { ways, back } = apply(rule, way)
      const open = back ? [] : ways.filter(({ end }) => end === "none")
      out.push(...(back ? ways : ways.filter(({ end }) => end !== "none")))
      const [first] = open
      if (answer === "yes" && open.length === 1 && first) {
        way = first
        continue
      }
      for (const each of open) out.push(...walkFrom(list, at + 1, each))
      if (answer === "yes") return out
    }
    out.push(way)
    return out
  }

  const walk = (chain: string, way: Way): readonly Way[] => walkFrom(rules.get(`${table} ${chain}`) ?? [], 0, way)

  return walk
}
