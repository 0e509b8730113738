import type { HttpOutcome } from "../host.ts"
import { usageError } from "./inputs.ts"
import { parseOptions } from "./options.ts"
import type { Program } from "./program.ts"

const hostOf = (url: string): string => url.replace(/^[a-z]+:\/\//, "").split(/[/?]/)[0] ?? ""

/** The words of busybox for curl's outcome. */
const failureWords = (outcome: Extract<HttpOutcome, { kind: "failure" }>, url: string, address: string): string => {
  switch (outcome.exitCode) {
    case 6:
      return `bad address '${hostOf(url)}'`
    case 7:
      return `can't connect to remote host (${address}): Connection refused`
    case 28:
      return "download timed out"
    case 52:
      return "error getting response"
    default:
      return `error getting response: ${outcome.message}`
  }
}

/** wget as busybox has it. */
export const wget: Program = async (run) => {
  const options = parseOptions(run.args, {
    flags: "qSc",
    values: "OTtUY",
    long: {
      quiet: "q",
      timeout: "T",
      header: "header",
      spider: "spider",
      "server-response": "S",
      "output-document": "O",
      tries: "t",
      "post-data": "post-data",
      "no-check-certificate": "k",
    },
    longValues: ["header", "post-data"],
  })
  if (!options.ok) return usageError(run, options.error, 1)
  const { has, value, values, operands } = options.value
  const url = operands[0]
  if (url === undefined) return usageError(run, "missing URL", 1)
  const { network } = run.scope.world.host
  const { origin } = run.scope.shell.station.machine
  const address = (): string => {
    const host = hostOf(url).replace(/:\d+$/, "")
    return /^[\d.]+$/.test(host) ? host : (network.resolve(origin, host, "A", true).records.at(-1)?.data ?? host)
  }
  const port = /:(\d+)$/.exec(hostOf(url))?.[1] ?? (url.startsWith("https:") ? "443" : "80")
  if (!has("q") && !has("spider")) {
    const to = address()
    if (to !== hostOf(url) || /^[\d.]+(:\d+)?$/.test(hostOf(url)))
      run.streams.stderr.write(`Connecting to ${hostOf(url)} (${to}:${port})\n`)
  }
  const body = value("post-data")
  const answer = network.http(origin, {
    method: body === undefined ? (has("spider") ? "HEAD" : "GET") : "POST",
    url,
    headers: {
      "user-agent": "Wget",
      ...Object.fromEntries(
        values("header").map((line) => [
          line.split(":")[0]?.toLowerCase() ?? "",
          line.slice(line.indexOf(":") + 1).trim(),
        ]),
      ),
    },
    ...(body === undefined ? {} : { body }),
    maxTimeMs: Number(value("T") ?? 900) * 1000,
  })
  await run.sleep(answer.durationMs)
  if (run.cancellation.cancelled) return 130
  const { outcome } = answer
  if (outcome.kind === "failure") {
    run.complain(failureWords(outcome, url, address()))
    return 1
  }
  if (has("S")) run.streams.stderr.write(`  HTTP/1.1 ${outcome.status} ${outcome.statusText}\n`)
  if (outcome.status >= 400) {
    run.complain(`server returned error: HTTP/1.1 ${outcome.status} ${outcome.statusText}`)
    return 1
  }
  if (has("spider")) return 0
  const target = value("O") ?? /[^/]\/([^/?]+)(\?.*)?$/.exec(url.replace(/^[a-z]+:\/\//, ""))?.[1] ?? "index.html"
  if (target === "-") run.print(outcome.body)
  else {
    const written = run.files.write(run.path(target), outcome.body, false)
    if (!written.ok) {
      run.complain(`can't open '${target}': ${written.error}`)
      return 1
    }
    if (!has("q")) run.streams.stderr.write(`saving to '${target}'\n'${target}' saved\n`)
  }
  return 0
}
