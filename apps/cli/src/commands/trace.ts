import { err, ok, type Result } from "@pilotage/kube-model"
import { type Cause, compile, type RouteRequest, type RoutingTable, type Trace, trace } from "@pilotage/routing-core"
import { type ClusterReading, readCluster, type SourceSurroundings } from "../sources/read-cluster.ts"
import { type SourceError, sourceErrorText } from "../sources/source-error.ts"
import type { Output } from "../terminal-output.ts"
import { type Client, clientFrom } from "../trace/client-argument.ts"
import { destinationFrom } from "../trace/destination-argument.ts"
import { nodeRulesText } from "../trace/node-rules.ts"
import { traceToBackend } from "../trace/pick-backend.ts"
import { rulesText } from "../trace/rules-text.ts"
import { type Page, pageOf } from "../trace/text-layout.ts"
import { traceMermaid } from "../trace/trace-mermaid.ts"
import { traceText } from "../trace/trace-text.ts"
import { traceWide } from "../trace/trace-wide.ts"
import { pathKeys } from "../trace/trace-words.ts"
import { PROTOCOLS, type TraceOptions } from "./trace-options.ts"

export interface TraceSurroundings extends SourceSurroundings {
  readonly output: Output
  readonly terminal: { readonly columns: number; readonly colour: boolean }
}

const wrongUse = (message: string): SourceError => ({ message, fix: "pilotage trace --help shows how to ask." })

const tableOf = (reading: ClusterReading): Result<RoutingTable, SourceError> => {
  const compiled = compile(reading.state)
  if (compiled.ok) return compiled
  const { path, message } = compiled.error
  const at = /^(services|endpointSlices|networkPolicies|pods|nodes)\[(\d+)\]/.exec(path)
  const list = at
    ? reading.inventory[at[1] as "services" | "endpointSlices" | "networkPolicies" | "pods" | "nodes"]
    : []
  const object = list[Number(at?.[2])]
  const fix = "Repair the object, or give a network's option another value."
  if (!object || !at) return err({ message: `${path} ${message}`, fix })
  const { namespace, name } = object.metadata
  const field = path.slice(at[0].length + 1)
  const place = reading.placeOf({ kind: object.kind, name, ...(namespace ? { namespace } : {}) }, pathKeys(field))
  return err({ ...place, message: `${object.kind} ${name}: ${field} ${message}`, fix })
}

interface Asked {
  readonly client: Client
  readonly table: RoutingTable
  readonly trace: Trace
}

const ask = (reading: ClusterReading, from: string, to: string, options: TraceOptions): Result<Asked, SourceError> => {
  const table = tableOf(reading)
  if (!table.ok) return table
  const client = clientFrom(reading, from)
  if (!client.ok) return client
  const protocol = options.protocol && PROTOCOLS[options.protocol]
  const destination = destinationFrom(reading, client.value, to, protocol)
  if (!destination.ok) return destination
  const request: RouteRequest = {
    from: client.value.origin,
    ...destination.value,
    ...(options.picks ? { picks: options.picks } : {}),
  }
  if (options.pick === undefined)
    return ok({ client: client.value, table: table.value, trace: trace(table.value, request) })
  const traced = traceToBackend(table.value, request, options.pick)
  return traced.ok ? ok({ client: client.value, table: table.value, trace: traced.value }) : traced
}

const areSocketsKnown = ({ state }: ClusterReading, { chosen }: Trace): boolean =>
  chosen?.pod === undefined ||
  state.pods.find(({ namespace, name }) => namespace === chosen.namespace && name === chosen.pod)?.sockets !== undefined

const shown = (
  reading: ClusterReading,
  { client, table, trace: traced }: Asked,
  options: TraceOptions,
  page: Page,
): string => {
  if (options.output === "json") return `${JSON.stringify(traced, null, 2)}\n`
  if (options.output === "mermaid") return traceMermaid(traced, client.says)
  if (options.output === "wide") return traceWide(traced, client.says)
  const placeOf = ({ object, path }: Cause) => reading.placeOf(object, path === undefined ? [] : pathKeys(path))
  const text = traceText(traced, { client: client.says, placeOf, socketsKnown: areSocketsKnown(reading, traced) }, page)
  return options.showRules ? text + nodeRulesText(table, traced, page) : text
}

/** Runs `pilotage trace FROM TO`; resolves to the exit code. */
export const traceRequest = async (
  from: string | undefined,
  to: string | undefined,
  options: TraceOptions,
  surroundings: TraceSurroundings,
): Promise<number> => {
  const { output, terminal } = surroundings
  const page = pageOf(terminal)
  const fail = (errors: readonly SourceError[]): number => {
    output.err(errors.map(sourceErrorText).join(""))
    return 2
  }
  if (options.rules !== undefined) {
    const text = rulesText(options.rules === true ? undefined : options.rules, page)
    if (!text.ok) return fail([text.error])
    output.out(text.value)
    return 0
  }
  if (from === undefined || to === undefined)
    return fail([wrongUse(from === undefined ? "who sends the request, and where to?" : "where does the request go?")])
  const reading = await readCluster(options, surroundings)
  if (!reading.ok) return fail(reading.error)
  const asked = ask(reading.value, from, to, options)
  if (!asked.ok) return fail([asked.error])
  output.out(shown(reading.value, asked.value, options, page))
  return asked.value.trace.curl.exitCode
}
