import { Argument, type Command, InvalidArgumentError, Option } from "commander"
import { type SourceOptions, withSourceOptions } from "../sources/source-options.ts"

export interface TraceOptions extends SourceOptions {
  readonly output?: "wide" | "json" | "mermaid"
  readonly protocol?: "tcp" | "udp" | "sctp"
  readonly pick?: number
  readonly picks?: readonly number[]
  readonly rules?: string | true
  readonly showRules?: true
}

export const PROTOCOLS = { tcp: "TCP", udp: "UDP", sctp: "SCTP" } as const

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
