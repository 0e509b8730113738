import { usageError } from "../inputs.ts"
import { parseOptions } from "../options.ts"
import type { Program, Run } from "../program.ts"
import type { Failure } from "./dialects.ts"

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 }

/** Go's durations as far as a time-out needs them: `3s`, `1500ms`. Undefined: none. */
const durationOf = (text: string): number | undefined => {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? []
  return amount === undefined ? undefined : Number(amount) * (UNITS_MS[unit] ?? 1)
}

const WORDS: Readonly<Record<Failure, string>> = {
  refused: "REFUSED",
  timeout: "TIMEOUT",
  unreachable: "OTHER: connect: no route to host",
  "empty-reply": "OTHER: EOF",
  "name-not-found": "DNS: no such host",
}

const NAMES = ["timeout", "protocol", "udp-data"] as const

/** `connect HOST:PORT`: a word on stderr says why a connection fails (kubernetes test/images/agnhost/connect). */
const connect = async (run: Run, args: readonly string[]): Promise<number> => {
  const long = Object.fromEntries(NAMES.map((name) => [name, name]))
  const options = parseOptions(args, { long, longValues: NAMES })
  if (!options.ok) return usageError(run, options.error, 1)
  const { value, operands } = options.value
  const target = operands[0] ?? ""
  const [, host, port] = /^\[?([^[\]]+)\]?:(\d{1,5})$/.exec(target) ?? []
  const timeoutMs = durationOf(value("timeout") ?? "1s")
  const protocol = (value("protocol") ?? "tcp").toUpperCase()
  if (host === undefined || timeoutMs === undefined || (protocol !== "TCP" && protocol !== "UDP")) {
    run.streams.stderr.write(`OTHER: cannot connect to ${JSON.stringify(target)} over ${protocol.toLowerCase()}\n`)
    return 1
  }
  const { outcome, durationMs } = run.scope.world.host.network.dial(run.scope.shell.station.machine.origin, {
    host,
    port: Number(port),
    protocol,
    timeoutMs,
    ...(protocol === "UDP" ? { payload: "hostname" } : {}),
  })
  await run.sleep(durationMs)
  if (run.cancellation.cancelled) return 130
  const isAnswered = outcome.kind === "open" && (protocol === "TCP" || outcome.reply !== undefined)
  if (isAnswered) return 0
  run.streams.stderr.write(`${outcome.kind === "open" ? "TIMEOUT" : WORDS[outcome.verdict]}\n`)
  return 1
}

/** What one runs of agnhost beside a container's own process. */
export const agnhost: Program = async (run) => {
  const [subcommand = "", ...rest] = run.args
  if (subcommand === "connect") return connect(run, rest)
  const unknown = `Error: unknown command ${JSON.stringify(subcommand)} for "app"`
  run.streams.stderr.write(`${unknown}\nRun 'app --help' for usage.\n`)
  return 1
}
