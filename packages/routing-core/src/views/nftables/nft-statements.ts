import { ipFamily, parseCIDR } from "@pilotage/kube-model"
import type { Field, Statement, Verdict } from "./nft-syntax.ts"
import type { Tokens } from "./nft-tokens.ts"

const SIMPLE_VERDICTS = ["accept", "drop", "reject", "return"] as const

/** Undefined when the next word is no verdict. */
export const parseVerdict = (tokens: Tokens): Verdict | undefined => {
  for (const kind of SIMPLE_VERDICTS) if (tokens.take(kind)) return { kind }
  for (const kind of ["jump", "goto"] as const) if (tokens.take(kind)) return { kind, chain: tokens.next() }
  return undefined
}

const verdictOf = (tokens: Tokens): Verdict => {
  const verdict = parseVerdict(tokens)
  if (!verdict) throw tokens.error("is no verdict")
  return verdict
}

/** `{ a, b }`, each read by `read`. */
const list = <T>(tokens: Tokens, read: () => T): readonly T[] => {
  tokens.expect("{")
  const items = [read()]
  while (tokens.take(",")) items.push(read())
  tokens.expect("}")
  return items
}

const parseField = (tokens: Tokens, ip: string): Field | undefined => {
  if (tokens.take(ip, "saddr")) return "saddr"
  if (tokens.take(ip, "daddr")) return "daddr"
  if (tokens.take("meta", "l4proto")) return "l4proto"
  if (tokens.take("th", "dport")) return "dport"
  return undefined
}

const parseFields = (tokens: Tokens, ip: string): readonly Field[] => {
  const fields: Field[] = []
  do {
    const field = parseField(tokens, ip)
    if (!field) {
      if (fields.length) throw tokens.error("is no field that is known here")
      return []
    }
    fields.push(field)
  } while (tokens.take("."))
  return fields
}

const number = (tokens: Tokens): number => {
  if (!/^(0x[0-9a-f]+|\d+)$/.test(tokens.peek() ?? "")) throw tokens.error("is no number")
  return Number(tokens.next())
}

/** A value that the field can have: an address or block, a protocol, a port. */
const value = (tokens: Tokens, field: Field): string => {
  const text = tokens.peek() ?? ""
  const isValue =
    field === "l4proto"
      ? ["tcp", "udp", "sctp"].includes(text)
      : field === "dport"
        ? /^\d+$/.test(text)
        : ipFamily(text) !== undefined || parseCIDR(text).ok
  if (!isValue) throw tokens.error(`is no value of ${field}`)
  return tokens.next()
}

const parseFieldStatement = (tokens: Tokens, fields: readonly Field[]): Statement => {
  const named = (): string | undefined => (tokens.peek()?.startsWith("@") ? tokens.next().slice(1) : undefined)
  if (tokens.take("vmap")) {
    const map = named()
    if (map === undefined) throw tokens.error("is no named map")
    return { kind: "vmap", fields, map }
  }
  const negated = tokens.take("!=")
  const set = negated ? undefined : named()
  if (set !== undefined) return { kind: "in-set", fields, set }
  const [field] = fields
  if (!field || fields.length > 1) throw tokens.error("is no named set or map, which fields together need")
  const values = tokens.peek() === "{" ? list(tokens, () => value(tokens, field)) : [value(tokens, field)]
  return { kind: "match", fields, negated, values }
}

/** `0 : a, 1 : b`: as many as the number before, each at its place. */
const choices = <T>(tokens: Tokens, count: number, read: () => T): readonly T[] => {
  let place = 0
  const found = list(tokens, () => {
    tokens.expect(`${place}`, ":")
    place += 1
    return read()
  })
  if (found.length !== count) throw tokens.error(`comes after ${found.length} choices of ${count}`)
  return found
}

const randomOf = (tokens: Tokens): number => {
  tokens.expect("numgen", "random", "mod")
  return number(tokens)
}

const endpoint = (ip: string, port: string): string => (ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`)

const parseDNAT = (tokens: Tokens, ip: string): Statement => {
  tokens.take(ip)
  tokens.expect("to")
  if (tokens.peek() !== "numgen") return { kind: "dnat", targets: [tokens.next()] }
  const count = randomOf(tokens)
  tokens.expect("map")
  const targets = choices(tokens, count, () => {
    const address = tokens.next()
    tokens.expect(".")
    return endpoint(address, tokens.next())
  })
  return { kind: "dnat", targets }
}

const parseMark = (tokens: Tokens): Statement => {
  if (tokens.take("set", "meta", "mark")) {
    const operator = tokens.take("|") ? "|" : "^"
    if (operator === "^") tokens.expect("^")
    return { kind: "set-mark", operator, mask: number(tokens) }
  }
  tokens.expect("&")
  const mask = number(tokens)
  tokens.expect("!=", "0x00000000")
  return { kind: "mark-is-set", mask }
}

const parseStatement = (tokens: Tokens, ip: string): Statement => {
  if (tokens.take("ct", "state", "new")) return { kind: "ct-state-new" }
  if (tokens.take("ct", "status", "dnat")) return { kind: "ct-status-dnat" }
  if (tokens.take("meta", "mark")) return parseMark(tokens)
  if (tokens.take("dnat")) return parseDNAT(tokens, ip)
  if (tokens.take("masquerade", "fully-random")) return { kind: "masquerade" }
  for (const field of ["saddr", "daddr"] as const)
    if (tokens.take("fib", field, "type", "local")) return { kind: "fib-local", field }
  if (tokens.take("update")) {
    tokens.next()
    tokens.expect("{", ip, "saddr", "}")
    return { kind: "update" }
  }
  if (tokens.peek() === "numgen") {
    const count = randomOf(tokens)
    tokens.expect("vmap")
    return { kind: "random-verdict", choices: choices(tokens, count, () => verdictOf(tokens)) }
  }
  const fields = parseFields(tokens, ip)
  if (fields.length) return parseFieldStatement(tokens, fields)
  const verdict = parseVerdict(tokens)
  if (verdict) return { kind: "verdict", verdict }
  throw tokens.error("is no expression that is known here")
}

/** One line of a chain, up to its end. */
export const parseRule = (tokens: Tokens, ip: string): readonly Statement[] => {
  const statements: Statement[] = []
  while (!tokens.take("\n"))
    if (tokens.take("comment")) tokens.next()
    else statements.push(parseStatement(tokens, ip))
  return statements
}
