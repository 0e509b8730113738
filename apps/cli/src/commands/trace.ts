import { err, ok, type Result } from "@pilotage/kube-model"
import { type Cause, compile, type RouteRequest, type RoutingTable, type Trace, trace } from "@pilotage/routing-core"
import { Argument, type Command, InvalidArgumentError, Option } from "commander"
import { type ClusterReading, readCluster, type SourceSurroundings } from "../sources/read-cluster.ts"
import { type SourceError, sourceErrorText } from "../sources/source-error.ts"
import { type SourceOptions, withSourceOptions } from "../sources/source-options.ts"
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

export interface TraceOptions extends SourceOptions {
  readonly output?: "wide" | "json" | "mermaid"
  readonly protocol?: "tcp" | "udp" | "sctp"
  readonly pick?: number
  readonly picks?: readonly number[]
  readonly rules?: string | true
  readonly showRules?: true
}

export interface TraceSurroundings extends SourceSurroundings {
  readonly output: Output
  readonly terminal: { readonly columns: number; readonly colour: boolean }
}

const PROTOCOLS = { tcp: "TCP", udp: "UDP", sctp: "SCTP" } as const

const whole = (value: string): number => {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError("Backends are counted from 1.")
  return Number(value)
}

const chances = (value: string): readonly number[] => {
  const numbers = value.split(",").map(Number)
  if (numbers.some((number) => !(number >= 0 && number < 1)) || value.trim() === "")
    throw new InvalidArgumentError("Numbers from 0 to below 1, with commas between.")
  return numbers
}

const EXAMPLES = `
FROM: shop/web-0, web-0 (with -n), deploy/web (one of its pods), node/node-1,
      outside, outside:203.0.113.9, container:172.18.0.99
TO:   web, web.shop:8080, 10.96.0.10:53, [fd00::1]:80, https://web/,
      svc/web (its first port), svc/web:http, pod/web-0, node/node-1:30080

Examples:
  pilotage trace -f manifests/ deploy/web http://backend:8080/
  kubectl get nodes,pods,services,endpointslices,networkpolicies,namespaces \\
    -A -o json | pilotage trace -f - shop/web-0 backend
  pilotage trace --context kind-kind outside node/kind-worker:30080
  pilotage trace --rules R17,R23

Exit codes are curl's: 0 delivered, 6 name not found, 7 refused or unreachable,
28 timed out, 52 empty reply; and 2 when the question or the input is wrong.`

/** Describes `pilotage trace`; `run` gets what was typed. */
export const defineTrace = (
  command: Command,
  run: (from: string | undefined, to: string | undefined, options: TraceOptions) => Promise<void>,
): void => {
  withSourceOptions(
    command
      .description("say what happens to a request in a cluster: DNS, every hop, the backend, and why it fails")
      .addArgument(new Argument("[from]", "who sends the request"))
      .addArgument(new Argument("[to]", "where to: a name, an address or a URL; port 80 unless said")),
  )
    .addOption(new Option("-o, --output <format>", "instead of the text").choices(["wide", "json", "mermaid"]))
    .addOption(new Option("--protocol <name>", "default: tcp").choices(Object.keys(PROTOCOLS)))
    .option("--pick <number>", "show the way to this backend of the list, counted from 1", whole)
    .addOption(
      new Option("--picks <numbers>", "the chances in order, 0 to below 1: 0.5,0.2")
        .argParser(chances)
        .conflicts("pick"),
    )
    .addOption(
      new Option(
        "--show-rules",
        "also show what kube-proxy wrote for this Service on the nodes that decided",
      ).conflicts("output"),
    )
    .option("--rules [ids]", "say what the rules mean, all or R17,R23, and end")
    .addHelpText("after", EXAMPLES)
    .action(run)
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
