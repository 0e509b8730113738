import type { Backend, Trace } from "@pilotage/routing-core"
import { type Asker, ask, endpointOf, hostnameOf } from "./asker.ts"
import { type Command, type CurlRun, readUrl } from "./commands.ts"
import { type Comparison, likeliest } from "./comparison.ts"

type CurlCommand = Extract<Command, { readonly kind: "curl" }>

interface Recorded {
  readonly exit: number
  readonly stdout: string
}

/** agnhost writes `10.244.1.7:43210` for a client; its port is chance. */
const withoutPort = (line: string): string => line.replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1")

/** `HTTP/1.1 503 Service Unavailable` and kube-proxy's count of endpoints, in few words. */
const healthText = (status: string | number, localEndpoints: string | number): string =>
  `health ${status}, ${localEndpoints} local endpoints`

/** What a backend writes for a path, as far as it follows from routing; undefined for all else. */
const bodyOf = (asker: Asker, backend: Backend, path: string): string | undefined => {
  const { healthCheck, sourceSeen } = backend
  if (healthCheck) return healthText(healthCheck.status, healthCheck.localEndpoints)
  if (path === "/hostname") return hostnameOf(asker, backend)
  if (path === "/clientip") return sourceSeen
  if (/^\/shell\?cmd=sleep.*hostname$/.test(path)) return `{"output":"${hostnameOf(asker, backend)}\\n"}`
  return undefined
}

/** curl gives up at its own limit, whatever would have come later. */
const exitOf = (found: Trace, limitMs: number): number =>
  found.curl.exitCode !== 0 && found.afterMs > limitMs ? 28 : found.curl.exitCode

/** The endpoint that a node remembers for a client, and when it last used it: each use starts the time anew. */
interface Remembered {
  readonly backend: Backend
  readonly atMs: number
}

interface Told {
  readonly exit: number
  readonly text: string
  readonly traces: readonly Trace[]
  /** The backends that may have answered. */
  readonly backends: readonly Backend[]
}

/** One run of curl. `recorded`: its body in one text, by which we tell which of several backends answered. */
const tellRun = (
  asker: Asker,
  run: CurlRun,
  limitMs: number,
  recorded: string,
  memory: Map<string, Remembered>,
  nowMs: number,
): Told => {
  const [first] = run.urls
  const { to, port } = readUrl(first ?? "")
  const fresh = ask(asker, to, port, "TCP")
  const known = fresh.affinity && memory.get(fresh.affinity.key)
  const isKept = known !== undefined && nowMs - known.atMs < (fresh.affinity?.timeoutSeconds ?? 0) * 1000
  const found = isKept ? ask(asker, to, port, "TCP", { affinity: endpointOf(known.backend) }) : fresh
  const exit = exitOf(found, limitMs)
  if (exit !== 0) return { exit, text: "", traces: [found], backends: [] }
  const may = isKept && found.chosen ? [found.chosen] : found.backends
  const possible = may.map((backend) => ({
    backend,
    text: run.urls.map((url) => bodyOf(asker, backend, readUrl(url).path) ?? "*").join(" "),
  }))
  const text = possible.some((each) => each.text.includes("*"))
    ? recorded
    : likeliest(
        recorded,
        possible.map((each) => each.text),
      )
  const chosen = possible.find((each) => each.text === text)?.backend
  if (found.affinity && chosen) memory.set(found.affinity.key, { backend: chosen, atMs: nowMs })
  const later =
    asker.later && chosen
      ? ask({ ...asker, table: asker.later }, to, port, "TCP", { established: endpointOf(chosen) })
      : undefined
  if (later && later.verdict !== "delivered")
    return { exit: later.curl.exitCode, text: "", traces: [found, later], backends: found.backends }
  return { exit, text, traces: later ? [found, later] : [found], backends: found.backends }
}

/** The bodies of one run after another, as texts: two URLs of a run make `web-0 10.244.1.1`. */
const recordedRuns = (command: CurlCommand, { stdout }: Recorded): readonly string[] => {
  const status = /^HTTP\/1\.1 (\d+)/.exec(stdout)?.[1]
  const localEndpoints = /"localEndpoints":\s*(\d+)/.exec(stdout)?.[1]
  if (status !== undefined && localEndpoints !== undefined) return [healthText(status, localEndpoints)]
  if (command.counted)
    return [...stdout.matchAll(/^\s*(\d+) (.*)$/gm)].flatMap(([, count, line = ""]) =>
      Array.from({ length: Number(count) }, () => line),
    )
  const lines = stdout.split("\n").map(withoutPort)
  return command.runs.length === 1
    ? [lines.filter(Boolean).join(" ")]
    : command.runs.map((_, index) => lines[index] ?? "")
}

/** Chance that `tries` connections, spread evenly, all miss one given backend of so many. */
const missChance = (backends: number, tries: number): number => (1 - 1 / backends) ** tries
const UNLIKELY = 0.0005

/** Backends that we name and that so many tries would not all have missed. */
const neverSeen = (asker: Asker, told: readonly Told[], seen: readonly string[]): readonly string[] => {
  const [first] = told
  if (!first || told.length < 2 || first.traces[0]?.affinity) return []
  if (missChance(first.backends.length, told.length) > UNLIKELY) return []
  return first.backends.map((backend) => hostnameOf(asker, backend)).filter((name) => !seen.includes(name))
}

const tally = (texts: readonly string[]): string =>
  texts.length < 8
    ? texts.join(", ")
    : [...new Set(texts)]
        .sort()
        .map((text) => `${texts.filter((each) => each === text).length} ${text}`)
        .join(", ")

export const compareCurl = (asker: Asker, command: CurlCommand, row: Recorded): Comparison => {
  const recorded = recordedRuns(command, row)
  const memory = new Map<string, Remembered>()
  let nowMs = 0
  const told = command.runs.map((run, index) => {
    nowMs += run.idleMs
    return tellRun(asker, run, command.limitMs, recorded[index] ?? "", memory, nowMs)
  })
  const single = command.runs.length === 1
  const missing = neverSeen(asker, told, recorded)
  const traces = told.flatMap((each) => each.traces)
  // The exit code of a loop is that of its last command, sort or sleep.
  const exit = (code: number): string => (single ? `exit ${code} ` : "")
  return {
    expected: `${exit(row.exit)}${tally(recorded)}`.trim(),
    actual:
      `${exit(told[0]?.exit ?? 0)}${tally(told.map((each) => each.text))}${missing.length ? `; also ${missing.join(", ")}` : ""}`.trim(),
    traces,
  }
}
