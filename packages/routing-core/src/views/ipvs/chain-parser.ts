import { type CIDR, err, type InputError, ok, parseCIDR, type Result } from "@pilotage/kube-model"

/** What a rule can ask of a packet, as far as kube-proxy in ipvs mode asks. */
export type Match =
  | { readonly kind: "protocol"; readonly protocol: string }
  | { readonly kind: "source"; readonly block: CIDR; readonly negated: boolean }
  /** `dst,dst,src`: address, port and another address of the packet make the key. */
  | { readonly kind: "set"; readonly set: string; readonly by: string }
  | { readonly kind: "local"; readonly end: "source" | "destination"; readonly negated: boolean }
  | { readonly kind: "mark"; readonly value: number; readonly mask: number; readonly negated: boolean }
  | { readonly kind: "virtual-server"; readonly key: string }
  /** The same for every first packet of a connection that no bridge brought. */
  | { readonly kind: "constant"; readonly value: boolean }

type Target =
  | { readonly kind: "return" | "accept" | "drop" | "reject" | "masquerade" }
  | { readonly kind: "mark"; readonly value: number; readonly mask: number }
  | { readonly kind: "jump"; readonly chain: string }

export interface Rule {
  /** Position in the text, from 0. */
  readonly line: number
  readonly matches: readonly Match[]
  readonly target: Target
}

/** By `nat KUBE-SERVICES`. */
export type Chains = ReadonlyMap<string, readonly Rule[]>

const PROTOCOLS: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "132": "sctp" }

const endpoint = (ip: string, port: string): string => (ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`)

/** Each way to say something, as a pattern for the start of what is left of the rule; undefined: it means nothing after all. */
const MATCHES: readonly (readonly [RegExp, (groups: readonly string[]) => Match | undefined])[] = [
  [/^-p (tcp|udp|sctp) /, ([, protocol = ""]) => ({ kind: "protocol", protocol })],
  [
    /^(! )?-s (\S+) /,
    ([, not, text = ""]) => {
      const block = parseCIDR(text)
      return block.ok ? { kind: "source", block: block.value, negated: not !== undefined } : undefined
    },
  ],
  [/^-m comment --comment "[^"]*" /, () => ({ kind: "constant", value: true })],
  [
    /^-m set --match-set (\S+) ((?:src|dst)(?:,(?:src|dst)){0,2}) /,
    ([, set = "", by = ""]) => ({ kind: "set", set, by }),
  ],
  [
    /^-m addrtype (! )?--(src|dst)-type LOCAL /,
    ([, not, end]) => ({ kind: "local", end: end === "src" ? "source" : "destination", negated: not !== undefined }),
  ],
  [/^-m physdev ! --physdev-is-in /, () => ({ kind: "constant", value: true })],
  [/^-m conntrack --ctstate (NEW|RELATED,ESTABLISHED) /, ([, state]) => ({ kind: "constant", value: state === "NEW" })],
  [
    /^-m mark (! )?--mark (0x[0-9a-f]+)\/(0x[0-9a-f]+) /,
    ([, not, value, mask]) => ({ kind: "mark", value: Number(value), mask: Number(mask), negated: not !== undefined }),
  ],
  [
    /^-m ipvs --vproto (\d+) --vaddr (\S+) --vport (\d+) /,
    ([, number = "", ip = "", port = ""]) => ({
      kind: "virtual-server",
      key: `${PROTOCOLS[number] ?? number} ${endpoint(ip, port)}`,
    }),
  ],
]

const targetOf = (text: string, isChain: (name: string) => boolean): Target | undefined => {
  const [, value, mask] = /^MARK --set-xmark (0x[0-9a-f]+)\/(0x[0-9a-f]+)$/.exec(text) ?? []
  if (value !== undefined) return { kind: "mark", value: Number(value), mask: Number(mask) }
  if (/^MASQUERADE( --random-fully)?$/.test(text)) return { kind: "masquerade" }
  if (/^REJECT --reject-with icmp6?-port-unreachable$/.test(text)) return { kind: "reject" }
  if (text === "RETURN" || text === "ACCEPT" || text === "DROP")
    return { kind: text.toLowerCase() as "return" | "accept" | "drop" }
  return isChain(text) ? { kind: "jump", chain: text } : undefined
}

/** Undefined: something in it is not understood. */
const readRule = (text: string, line: number, isChain: (name: string) => boolean): Rule | undefined => {
  const matches: Match[] = []
  let rest = text
  while (!rest.startsWith("-j ")) {
    const found = MATCHES.map(([pattern, read]) => [pattern.exec(rest), read] as const).find(([groups]) => groups)
    const [groups, read] = found ?? []
    const match = groups && read?.(groups)
    if (!groups || !match) return undefined
    matches.push(match)
    rest = rest.slice(groups[0].length)
  }
  const target = targetOf(rest.slice(3), isChain)
  return target && { line, matches, target }
}

/** Reads what iptables-save prints of kube-proxy's rules in ipvs mode; what it does not understand is an error with its line. */
export const parseChains = (text: string): Result<Chains, InputError> => {
  const chains = new Map<string, Rule[]>()
  let table = ""
  for (const [index, line] of text.split("\n").entries()) {
    const [, chain] = /^:(\S+) /.exec(line) ?? []
    const [, place = "", rest] = /^-A (\S+) (.*)$/.exec(line) ?? []
    const list = chains.get(`${table} ${place}`)
    const rule = rest === undefined ? undefined : readRule(rest, index, (name) => chains.has(`${table} ${name}`))
    if (line.startsWith("*")) table = line.slice(1)
    else if (chain !== undefined) chains.set(`${table} ${chain}`, [])
    else if (list && rule) list.push(rule)
    else if (line !== "" && line !== "COMMIT" && !line.startsWith("#"))
      return err({ path: `line ${index + 1}`, message: `${JSON.stringify(line)} is not understood` })
  }
  return ok(chains)
}
