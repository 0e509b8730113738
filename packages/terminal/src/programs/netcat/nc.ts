import { usageError } from "../inputs.ts"
import { parseOptions } from "../options.ts"
import type { Program, Run } from "../program.ts"
import { dialectOf, isAddress, type Target } from "./dialects.ts"

const MOST_PORTS = 1000
/** Without a limit nc waits for a server that keeps the connection open until Ctrl-C. */
const FOR_EVER_MS = 86_400_000

interface Wish {
  readonly verbose: boolean
  readonly numeric: boolean
  /** Only connect. */
  readonly scans: boolean
  readonly waitMs: number | undefined
}

/** `80`, `80-82`; undefined: no port. */
const portsOf = (text: string): readonly number[] | undefined => {
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? []
  const [from, to] = [Number(first), Number(last)]
  if (!(from >= 1 && to <= 65535 && from <= to && to - from < MOST_PORTS)) return undefined
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** What stands on stdin, up to its end; somebody who types ends a request with an empty line. */
const readPayload = async (run: Run): Promise<string> => {
  const { stdin } = run.streams
  let text = ""
  for (;;) {
    const chunk = await stdin.read(run.cancellation)
    if (chunk === undefined) return text
    text += chunk
    if (stdin.isTerminal && /\r?\n\r?\n$/.test(text)) return text
  }
}

const addressOf = (run: Run, host: string): string => {
  if (isAddress(host)) return host
  const { network } = run.scope.world.host
  return network.resolve(run.scope.shell.station.machine.origin, host, "A", true).records.at(-1)?.data ?? host
}

/** One connection; the exit code. */
const connect = async (run: Run, target: Target, wish: Wish): Promise<number> => {
  const { network } = run.scope.world.host
  const { machine, userland } = run.scope.shell.station
  const { stderr } = run.streams
  const dialect = dialectOf(userland)
  const payload = wish.scans ? "" : await readPayload(run)
  if (run.cancellation.cancelled) return 130
  const { outcome, durationMs } = network.dial(machine.origin, {
    ...target,
    ...(payload === "" ? {} : { payload }),
    ...(wish.waitMs === undefined ? {} : { timeoutMs: wish.waitMs }),
  })
  await run.sleep(durationMs)
  if (run.cancellation.cancelled) return 130
  if (outcome.kind === "failure") {
    const { verdict } = outcome
    // A datagram that is lost, or answered by an ICMP error, ends nc without a word.
    const isQuiet = target.protocol === "UDP" && verdict !== "name-not-found"
    if (!isQuiet && (wish.verbose || dialect.isTalkative || verdict === "name-not-found")) {
      const waited = wish.waitMs !== undefined && durationMs >= wish.waitMs
      stderr.write(dialect.failed(target, addressOf(run, target.host), verdict, durationMs, waited))
    }
    return 1
  }
  if (wish.verbose) stderr.write(dialect.opened(target, outcome.remote.ip, wish.numeric))
  if (wish.scans) return 0
  if (outcome.reply !== undefined) run.print(outcome.reply)
  if (!outcome.closes) await run.sleep(wish.waitMs ?? FOR_EVER_MS)
  return run.cancellation.cancelled ? 130 : 0
}

/**
 * nc as a client: what stands on stdin is sent in one go, once it is complete. It does not listen: a server belongs into
 * a container's own command.
 */
export const nc: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "46CdhklNnrStuvz", values: "eIipqswx" })
  if (!options.ok) return usageError(run, options.error, 1)
  const { has, value, operands } = options.value
  const [host, port, ...more] = operands
  if (has("l")) {
    run.complain("it does not listen here: give a container the server as its command")
    return 1
  }
  if (host === undefined || more.length > 0)
    return usageError(run, "usage: nc [-46nNtuvz] [-w timeout] destination port", 1)
  const ports = port === undefined ? undefined : portsOf(port)
  if (!ports) {
    run.complain(port === undefined ? "missing port number" : `port number invalid: ${port}`)
    return 1
  }
  const seconds = Number(value("w") ?? Number.NaN)
  if (has("w") && !(seconds > 0)) {
    run.complain(`timeout invalid: ${value("w")}`)
    return 1
  }
  const wish: Wish = {
    verbose: has("v"),
    numeric: has("n"),
    scans: has("z"),
    waitMs: has("w") ? Math.floor(seconds * 1000) : undefined,
  }
  let code = 1
  for (const each of wish.scans ? ports : ports.slice(0, 1)) {
    const ended = await connect(run, { host, port: each, protocol: has("u") ? "UDP" : "TCP" }, wish)
    if (ended === 130) return ended
    if (ended === 0) code = 0
  }
  return code
}
