import { createRandom, type InputError } from "@pilotage/kube-model"
import { answerQuery } from "../dns/answer-query.ts"
import { resolve } from "../dns/resolver.ts"
import { plainZone } from "../dns/zone-config.ts"
import { diagnose } from "../doctor/diagnose.ts"
import { decide, trace } from "../path/trace.ts"
import { nodeVerdict } from "../proxy/node-verdict.ts"
import type { Change, ClusterState } from "../state.ts"
import { compile, update } from "../table/compile.ts"
import type { RoutingTable } from "../table/table.ts"
import type { RouteRequest } from "../trace-types.ts"
import { iptablesLinesOf } from "../views/iptables/hop-lines.ts"
import { iptablesRules } from "../views/iptables/rules.ts"
import { ipvsTable } from "../views/ipvs/ipvs-table.ts"
import { nftablesRuleset } from "../views/nftables/ruleset.ts"
import { brokenTrace, isPathInto, violated } from "./invariants.ts"
import { mentionedIn, oddRequest } from "./odd-request.ts"
import { type OddWorld, oddChange, oddWorld, stateOfWorld } from "./odd-world.ts"

const RETURN_CODES = ["NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED"]
const RECORD_TYPES = ["A", "AAAA", "SRV", "PTR", "CNAME"] as const

/** A world, what happens to it, and what is asked of it afterwards. */
export interface Case {
  readonly world: OddWorld
  readonly changes: readonly Change[]
  readonly requests: readonly RouteRequest[]
}

/** Everything about a case follows from its seed. */
export const caseOf = (seed: number, bends: number): Case => {
  const random = createRandom(seed)
  const world = oddWorld(random, bends)
  const changes = Array.from({ length: random.below(4) }, () => oddChange(random, world, bends))
  const mentioned = mentionedIn(world)
  return { world, changes, requests: Array.from({ length: 8 }, () => oddRequest(random, mentioned)) }
}

/** What two tables must agree on, the one after changes and the one made from what is there now. */
const answers = (table: RoutingTable, requests: readonly RouteRequest[]): string =>
  JSON.stringify(requests.map((request) => trace(table, request)))

const asked = (table: RoutingTable, request: RouteRequest, at: number): readonly string[] => {
  const told = trace(table, request)
  const decision = decide(table, request)
  const type = RECORD_TYPES[at % RECORD_TYPES.length] ?? "A"
  const lookup = resolve(table, request.from, request.to, type, { search: at % 2 === 0 })
  const question = answerQuery(table, plainZone, { name: `${request.to}.`, type })
  const verdict = nodeVerdict(table, "node-1", {
    source: "ip" in request.from ? request.from.ip : "10.244.1.5",
    destination: request.to,
    port: request.port,
    protocol: request.protocol,
  })
  return [
    ...brokenTrace(told),
    ...violated({
      "a decision is the trace without its story":
        decision.verdict === told.verdict &&
        decision.certainty === told.certainty &&
        decision.exitCode === told.curl.exitCode &&
        decision.destination === told.destination &&
        JSON.stringify(decision.chosen) === JSON.stringify(told.chosen),
      "a lookup has a return code": RETURN_CODES.includes(lookup.rcode),
      "an answer of the zone has a return code": question === undefined || question.rcode !== undefined,
      "who translates has endpoints": verdict.kind !== "translate" || verdict.endpoints.length > 0,
    }),
  ]
}

/** The rules that a node would have can be written down, and those behind a hop found again. */
const brokenViews = (table: RoutingTable, requests: readonly RouteRequest[]): readonly string[] => {
  const traces = requests.map((request) => trace(table, request))
  return (["IPv4", "IPv6"] as const).flatMap((family) => {
    const lines = iptablesRules(table, "node-1", family)
    const behind = traces.flatMap(({ hops }) => hops.flatMap((hop) => iptablesLinesOf(table, lines, hop)))
    const { virtualServers, ipSets, iptables } = ipvsTable(table, "node-1", family)
    const all = [...lines, ...nftablesRuleset(table, "node-1", family), ...virtualServers, ...ipSets, ...iptables]
    return violated({
      "a line of a node's rules is one line": all.every(({ text }) => !/[\n\r]|undefined/.test(text)),
      "the rules behind a hop are the node's": behind.every((at) => lines[at] !== undefined),
    })
  })
}

/** The state without the item that an error's path points at; undefined when it points at none. */
const without = (state: ClusterState, { path }: InputError): ClusterState | undefined => {
  const [, list, index] = /^(\w+)\[(\d+)\]/.exec(path) ?? []
  const values = Object.entries(state).find(([key]) => key === list)?.[1]
  if (list === undefined || !Array.isArray(values)) return undefined
  return { ...state, [list]: values.filter((_, at) => at !== Number(index)) }
}

/** Compiles what is left of a state when everything that is refused is taken out, one by one. */
const settled = (start: ClusterState, found: string[]): RoutingTable | undefined => {
  let state: ClusterState | undefined = start
  while (state) {
    const compiled = compile(state)
    if (compiled.ok) return compiled.value
    if (!isPathInto(state, compiled.error)) found.push(`an error points nowhere: ${compiled.error.path}`)
    state = without(state, compiled.error)
  }
  return undefined
}

/** What went wrong with a case; nothing, when all is well. Exceptions are for the caller to see. */
export const run = ({ world, changes, requests }: Case): readonly string[] => {
  const found: string[] = []
  let table = settled(stateOfWorld(world), found)
  if (!table) return found
  for (const change of changes) {
    const changed = update(table, change)
    if (changed.ok) table = changed.value
    else if (!changed.error.path.startsWith("value")) found.push(`an error points nowhere: ${changed.error.path}`)
  }
  for (const [at, request] of requests.entries()) found.push(...asked(table, request, at))
  const again = compile(table.state)
  const claims = {
    "a table's own state compiles": again.ok,
    "a table after changes answers like one made anew":
      !again.ok || answers(again.value, requests) === answers(table, requests),
    "every finding says something": diagnose(table).every(({ message }) => message !== ""),
  }
  return [...found, ...violated(claims), ...brokenViews(table, requests)]
}
