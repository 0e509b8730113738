import { err, type InputError, ok, type Result } from "@pilotage/kube-model"
import { parseRule, parseVerdict } from "./nft-statements.ts"
import type { Chain, Hook, Rule, Ruleset, Verdict } from "./nft-syntax.ts"
import { NftSyntaxError, Tokens } from "./nft-tokens.ts"

/** netfilter's numbers for the names of priorities. */
const PRIORITIES: Readonly<Record<string, number>> = { filter: 0, dstnat: -100, srcnat: 100 }

const parsePriority = (tokens: Tokens): number => {
  const text = tokens.peek() ?? ""
  const base = PRIORITIES[text] ?? Number(text)
  if (Number.isNaN(base)) throw tokens.error("is no priority")
  tokens.next()
  if (tokens.take("-")) return base - Number(tokens.next())
  return tokens.take("+") ? base + Number(tokens.next()) : base
}

const TYPES = ["filter", "nat"] as const
const HOOKS = ["prerouting", "input", "forward", "output", "postrouting"] as const

const parseHook = (tokens: Tokens): Hook => {
  const type = TYPES.find((each) => tokens.take(each))
  tokens.expect("hook")
  const hook = HOOKS.find((each) => tokens.take(each))
  if (!type || !hook) throw tokens.error("is no type or hook of a chain that is known here")
  tokens.expect("priority")
  const priority = parsePriority(tokens)
  tokens.expect(";", "policy", "accept", ";", "\n")
  return { type, hook, priority }
}

const parseChain = (tokens: Tokens, ip: string): Chain => {
  let hook: Hook | undefined
  const rules: Rule[] = []
  tokens.expect("{")
  tokens.skipLines()
  while (!tokens.take("}")) {
    if (tokens.take("type")) hook = parseHook(tokens)
    else {
      const { line } = tokens
      const statements = parseRule(tokens, ip)
      if (statements.length) rules.push({ line, statements })
    }
    tokens.skipLines()
  }
  return { hook, rules }
}

interface Element {
  readonly line: number
  readonly key: string
  /** Of maps. */
  readonly verdict: Verdict | undefined
}

/** `10.96.0.10 . tcp . 53 comment "…" : goto chain`; without a verdict in sets. */
const parseElement = (tokens: Tokens): Element => {
  const parts: string[] = []
  tokens.skipLines()
  const { line } = tokens
  do parts.push(tokens.next())
  while (tokens.take("."))
  const key = parts.join(" . ")
  if (tokens.take("comment")) tokens.next()
  if (!tokens.take(":")) return { line, key, verdict: undefined }
  const verdict = parseVerdict(tokens)
  if (!verdict) throw tokens.error("is no verdict")
  return { line, key, verdict }
}

const parseElements = (tokens: Tokens): readonly Element[] => {
  const found: Element[] = []
  const attributes = ["type", "comment", "size", "flags", "timeout"]
  tokens.expect("{")
  tokens.skipLines()
  while (!tokens.take("}")) {
    if (tokens.take("elements", "=", "{")) {
      do found.push(parseElement(tokens))
      while (tokens.take(","))
      tokens.expect("}", "\n")
    } else if (attributes.includes(tokens.peek() ?? "")) while (tokens.next() !== "\n");
    else throw tokens.error("is no attribute of a set or map that is known here")
    tokens.skipLines()
  }
  return found
}

const parseTable = (tokens: Tokens): Ruleset => {
  const chains = new Map<string, Chain>()
  const sets = new Map<string, ReadonlySet<string>>()
  const maps = new Map<string, ReadonlyMap<string, { readonly line: number; readonly verdict: Verdict }>>()
  tokens.expect("table")
  const family = tokens.take("ip6") ? "ip6" : "ip"
  if (family === "ip") tokens.expect("ip")
  tokens.expect("kube-proxy", "{")
  tokens.skipLines()
  while (!tokens.take("}")) {
    if (tokens.take("chain")) {
      const name = tokens.next()
      chains.set(name, parseChain(tokens, family))
    } else if (tokens.take("set")) sets.set(tokens.next(), new Set(parseElements(tokens).map(({ key }) => key)))
    else if (tokens.take("map")) {
      const name = tokens.next()
      const elements = parseElements(tokens).map(({ line, key, verdict }) => {
        if (!verdict) throw tokens.error(`comes after ${key}, which has no verdict`)
        return [key, { line, verdict }] as const
      })
      maps.set(name, new Map(elements))
    } else if (tokens.take("comment")) tokens.next()
    else throw tokens.error("is nothing that a table can hold")
    tokens.skipLines()
  }
  tokens.skipLines()
  if (tokens.peek() !== undefined) throw tokens.error("comes after the table's end")
  return { chains, sets, maps }
}

/** Chains, sets and maps that rules and elements name have to be there. */
const missing = ({ chains, sets, maps }: Ruleset): InputError | undefined => {
  const absent = (line: number, name: string): readonly InputError[] => [
    { path: `line ${line}`, message: `there is no ${name}` },
  ]
  const verdictOf = (line: number, verdict: Verdict): readonly InputError[] =>
    "chain" in verdict && !chains.has(verdict.chain) ? absent(line, `chain ${verdict.chain}`) : []
  const fromRules = [...chains.values()].flatMap(({ rules }) =>
    rules.flatMap(({ line, statements }) =>
      statements.flatMap((statement) => {
        if (statement.kind === "in-set" && !sets.has(statement.set)) return absent(line, `set ${statement.set}`)
        if (statement.kind === "vmap" && !maps.has(statement.map)) return absent(line, `map ${statement.map}`)
        if (statement.kind === "verdict") return verdictOf(line, statement.verdict)
        return statement.kind === "random-verdict" ? statement.choices.flatMap((each) => verdictOf(line, each)) : []
      }),
    ),
  )
  const fromMaps = [...maps.values()].flatMap((map) =>
    [...map.values()].flatMap(({ line, verdict }) => verdictOf(line, verdict)),
  )
  return [...fromRules, ...fromMaps][0]
}

/** Reads what `nft list table ip kube-proxy` prints. Anything that it does not understand is an error, with its line. */
export const parseNft = (text: string): Result<Ruleset, InputError> => {
  try {
    const ruleset = parseTable(new Tokens(text))
    const absent = missing(ruleset)
    return absent ? err(absent) : ok(ruleset)
  } catch (error) {
    if (error instanceof NftSyntaxError) return err({ path: error.path, message: error.message })
    throw error
  }
}
