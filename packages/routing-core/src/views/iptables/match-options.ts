import { parseCIDR } from "@pilotage/kube-model"

/** The packet on its way, as far as rules can see it. Addresses are canonical. */
export interface Flow {
  readonly source: string
  readonly destination: string
  readonly port: number
  /** Lower case. */
  readonly protocol: string
  readonly mark: number
  /** Its destination was rewritten. */
  readonly translated: boolean
}

/** `maybe`: chance decides. */
export type Answer = "yes" | "no" | "maybe"

/** `isLocal`: is this one of the machine's own addresses? */
export type Match = (flow: Flow, isLocal: (ip: string) => boolean) => Answer

const answer = (matches: boolean): Answer => (matches ? "yes" : "no")

const YES: Match = () => "yes"
const NO: Match = () => "no"

/** A single address is compared as a text, which is what most rules have. */
const inBlock = (text: string): ((ip: string) => boolean) | undefined => {
  const block = parseCIDR(text)
  if (!block.ok) return undefined
  if (block.value.size > 1) return block.value.contains
  const only = block.value.at(0)
  return (ip) => ip === only
}

const address = (text: string, field: "source" | "destination"): Match | undefined => {
  const contains = inBlock(text)
  return contains && ((flow) => answer(contains(flow[field])))
}

const whole = (text: string): number | undefined => (/^(0x[0-9a-f]+|\d+)$/.test(text) ? Number(text) : undefined)

/** `0x4000/0x4000` */
export const valueAndMask = (text: string): readonly [number, number] | undefined => {
  const [value = "", mask = "", rest] = text.split("/")
  const numbers = [whole(value), whole(mask)] as const
  return rest === undefined && numbers[0] !== undefined && numbers[1] !== undefined
    ? [numbers[0], numbers[1]]
    : undefined
}

const destinationPort = (text: string): Match | undefined => {
  const port = whole(text)
  return port === undefined ? undefined : (flow) => answer(flow.port === port)
}

const addressType = (text: string, field: "source" | "destination"): Match | undefined =>
  text === "LOCAL" ? (flow, isLocal) => answer(isLocal(flow[field])) : undefined

const STATES = ["NEW", "RELATED", "ESTABLISHED", "INVALID", "DNAT", "SNAT"]

/** Only first packets of connections are walked: their state is NEW, and DNAT once they are translated. */
const connectionState = (text: string): Match | undefined => {
  const states = text.split(",")
  if (!states.every((state) => STATES.includes(state))) return undefined
  return (flow) => answer(states.includes("NEW") || (flow.translated && states.includes("DNAT")))
}

const marked = (text: string): Match | undefined => {
  const parsed = valueAndMask(text)
  return parsed && ((flow) => answer((flow.mark & parsed[1]) === parsed[0]))
}

const chance = (text: string): Match | undefined => {
  const probability = Number(text)
  if (!(probability > 0 && probability <= 1)) return undefined
  return probability === 1 ? YES : () => "maybe"
}

/** An option with a value that decides something. Undefined: such a value is not known. */
const DECIDING: Readonly<Record<string, (value: string) => Match | undefined>> = {
  "-s": (text) => address(text, "source"),
  "-d": (text) => address(text, "destination"),
  "-p": (text) => (["tcp", "udp", "sctp"].includes(text) ? (flow) => answer(flow.protocol === text) : undefined),
  "--dport": destinationPort,
  "--dst-type": (text) => addressType(text, "destination"),
  "--src-type": (text) => addressType(text, "source"),
  "--ctstate": connectionState,
  "--mark": marked,
  "--mode": (text) => (text === "random" ? YES : undefined),
  "--probability": chance,
}

const MODULES = ["comment", "tcp", "udp", "sctp", "addrtype", "conntrack", "mark", "statistic", "recent", "nfacct"]

/** An option with a value that decides nothing here. */
const SILENT = ["--comment", "--nfacct-name", "--seconds", "--name", "--mask"]

/** Without a value. No client is remembered: a look into the list of recent ones finds nobody. */
const FLAGS: Readonly<Record<string, Match>> = { "--set": YES, "--reap": YES, "--rsource": YES, "--rcheck": NO }

const negated =
  (match: Match): Match =>
  (flow, isLocal) => {
    const found = match(flow, isLocal)
    return found === "maybe" ? found : answer(found === "no")
  }

/**
 * The matches of one rule, read from its words up to the target: the second value says how many were read. A text tells
 * what is not known: only what kube-proxy writes is.
 */
export const readMatches = (words: readonly string[]): readonly [readonly Match[], number] | string => {
  const matches: Match[] = []
  let at = 0
  while (at < words.length && words[at] !== "-j") {
    const isNegated = words[at] === "!"
    if (isNegated) at += 1
    const option = words[at] ?? ""
    const value = words[at + 1] ?? ""
    const flag = FLAGS[option]
    if (flag && !isNegated) {
      if (flag !== YES) matches.push(flag)
      at += 1
      continue
    }
    at += 2
    if (option === "-m" && MODULES.includes(value)) continue
    if (SILENT.includes(option)) continue
    const match = DECIDING[option]?.(value)
    if (!match) return `${option} ${value} is no match that kube-proxy writes`
    if (match !== YES) matches.push(isNegated ? negated(match) : match)
  }
  return [matches, at]
}
