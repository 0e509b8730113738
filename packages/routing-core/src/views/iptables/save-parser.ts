import { canonicalIP, err, type InputError, ok, type Result } from "@pilotage/kube-model"
import { type Match, readMatches, valueAndMask } from "./match-options.ts"

type Target =
  | { readonly kind: "jump"; readonly chain: string }
  | { readonly kind: "accept" | "drop" | "reject" | "return" | "masquerade" }
  /** No target: the rule only counts. */
  | { readonly kind: "none" }
  | { readonly kind: "dnat"; readonly endpoint: string; readonly ip: string; readonly port: number }
  | { readonly kind: "mark"; readonly value: number; readonly mask: number }

export interface ParsedRule {
  /** How many rules stand before it in the text. */
  readonly index: number
  readonly matches: readonly Match[]
  readonly target: Target
}

/** Rules by `table chain`, `nat KUBE-SERVICES`. */
export type Ruleset = ReadonlyMap<string, readonly ParsedRule[]>

const WORDS = /"([^"]*)"|(\S+)/g

const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(WORDS)].map(([, quoted, plain]) => quoted ?? plain ?? "")

const endpoint = (text: string): Target | undefined => {
  const [, six, four, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(text) ?? []
  const ip = canonicalIP(six ?? four ?? "")
  return ip === undefined ? undefined : { kind: "dnat", endpoint: text, ip, port: Number(port) }
}

const marking = (text: string): Target | undefined => {
  const parsed = valueAndMask(text)
  return parsed && { kind: "mark", value: parsed[0], mask: parsed[1] }
}

const ENDS: Readonly<Record<string, Target>> = {
  ACCEPT: { kind: "accept" },
  DROP: { kind: "drop" },
  RETURN: { kind: "return" },
  "REJECT --reject-with icmp-port-unreachable": { kind: "reject" },
  "REJECT --reject-with icmp6-port-unreachable": { kind: "reject" },
  MASQUERADE: { kind: "masquerade" },
  "MASQUERADE --random-fully": { kind: "masquerade" },
}

const readTarget = (words: readonly string[], isChain: (name: string) => boolean): Target | undefined => {
  const [name = "", option, value = "", more] = words
  if (more === undefined && name === "DNAT" && option === "--to-destination") return endpoint(value)
  if (more === undefined && name === "MARK" && option === "--set-xmark") return marking(value)
  if (option === undefined && isChain(name)) return { kind: "jump", chain: name }
  return ENDS[words.join(" ")]
}

/**
 * Reads what iptables-save printed of kube-proxy's rules. Anything else in it is an error with the line's number:
 * guessing at rules of others would give wrong answers.
 */
export const parseIptablesSave = (text: string): Result<Ruleset, InputError> => {
  const rules = new Map<string, ParsedRule[]>()
  let table = ""
  let index = 0
  for (const [number, line] of text.split("\n").entries()) {
    const wrong = (message: string): Result<Ruleset, InputError> => err({ path: `line ${number + 1}`, message })
    if (line === "" || line.startsWith("#") || line === "COMMIT") continue
    if (line.startsWith("*")) {
      table = line.slice(1)
      continue
    }
    const [head = "", chain = "", ...words] = wordsOf(line)
    if (head.startsWith(":")) {
      rules.set(`${table} ${head.slice(1)}`, [])
      continue
    }
    const list = rules.get(`${table} ${chain}`)
    if (head !== "-A" || !list) return wrong(`${head} ${chain} is not a rule of a known chain`)
    const read = readMatches(words)
    if (typeof read === "string") return wrong(read)
    const [matches, length] = read
    const rest = words.slice(length + 1)
    const target: Target | undefined =
      length === words.length ? { kind: "none" } : readTarget(rest, (name) => rules.has(`${table} ${name}`))
    if (!target) return wrong(`${rest.join(" ")} is no target that kube-proxy writes`)
    list.push({ index, matches, target })
    index += 1
  }
  return ok(rules)
}
