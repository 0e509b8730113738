import type { HttpOutcome } from "../../host.ts"
import { isAddress } from "../dns/records.ts"
import type { Program, Run } from "../program.ts"
import { type CurlOptions, parseCurl } from "./options.ts"
import { headerLines, urlParts, verboseLines } from "./verbose.ts"
import { formatWriteOut } from "./write-out.ts"

const MOST_REDIRECTS = 50

/** What curl tries again with --retry: timeouts and these statuses (curl 7.88 `src/tool_operate.c`). */
const isTransient = (outcome: HttpOutcome): boolean =>
  outcome.kind === "failure" ? outcome.exitCode === 28 : [408, 429, 500, 502, 503, 504].includes(outcome.status)

interface Answer {
  readonly outcome: HttpOutcome
  readonly durationMs: number
  readonly url: string
}

const send = async (run: Run, options: CurlOptions, url: string): Promise<Answer> => {
  const { outcome, durationMs } = run.scope.world.host.network.http(run.scope.shell.station.machine.origin, {
    method: options.method,
    url,
    headers: options.headers,
    ...(options.body === undefined ? {} : { body: options.body }),
    ...(options.maxTimeMs === undefined ? {} : { maxTimeMs: options.maxTimeMs }),
    ...(options.connectTimeoutMs === undefined ? {} : { connectTimeoutMs: options.connectTimeoutMs }),
  })
  await run.sleep(durationMs)
  return { outcome, durationMs, url }
}

const sendFollowing = async (run: Run, options: CurlOptions, first: string): Promise<Answer> => {
  let answer = await send(run, options, first)
  for (let count = 0; options.followsRedirects && count < MOST_REDIRECTS; count += 1) {
    const { outcome, url } = answer
    const location =
      outcome.kind === "response" && outcome.status >= 300 && outcome.status < 400
        ? outcome.headers.location
        : undefined
    if (location === undefined || run.cancellation.cancelled) return answer
    const { host, port } = urlParts(url)
    answer = await send(run, options, location.includes("://") ? location : `http://${host}:${port}${location}`)
  }
  return answer
}

const address = (run: Run, url: string): string | undefined => {
  const { host } = urlParts(url)
  if (isAddress(host)) return host
  return run.scope.world.host.network
    .resolve(run.scope.shell.station.machine.origin, host, "A", true)
    .records.findLast((record) => record.type === "A")?.data
}

const deliver = (run: Run, options: CurlOptions, index: number, text: string): number => {
  const target = options.output[index]
  if (target === undefined || target === "-") {
    run.print(text)
    return 0
  }
  const written = run.files.write(run.path(target), text, false)
  if (written.ok) return 0
  run.streams.stderr.write(`Warning: Failed to open the file ${target}: ${written.error}\n`)
  return 23
}

const transfer = async (run: Run, options: CurlOptions, url: string, index: number): Promise<number> => {
  let answer = await sendFollowing(run, options, url)
  for (
    let left = options.retries, pause = options.retryDelayMs ?? 1000;
    left > 0 && isTransient(answer.outcome);
    left -= 1
  ) {
    if (run.cancellation.cancelled) return 130
    if (options.showsErrors)
      run.streams.stderr.write(
        `Warning: Problem: ${answer.outcome.kind === "failure" ? "timeout" : "HTTP error"}. Will retry in ${pause / 1000} seconds. ${left} retries left.\n`,
      )
    await run.sleep(pause)
    if (options.retryDelayMs === undefined) pause *= 2
    answer = await sendFollowing(run, options, url)
  }
  if (run.cancellation.cancelled) return 130
  const { outcome, durationMs } = answer
  if (options.verbose)
    for (const line of verboseLines(options, answer.url, outcome, address(run, answer.url), durationMs))
      run.streams.stderr.write(`${line}\n`)
  let exitCode = outcome.kind === "failure" ? outcome.exitCode : 0
  if (outcome.kind === "response" && options.failsOnError && outcome.status >= 400) {
    exitCode = 22
    if (options.showsErrors)
      run.streams.stderr.write(`curl: (22) The requested URL returned error: ${outcome.status}\n`)
  } else if (outcome.kind === "response") {
    const head = options.includesHeaders || options.headOnly ? `${headerLines(outcome).join("\r\n")}\r\n\r\n` : ""
    exitCode = deliver(run, options, index, head + (options.headOnly ? "" : outcome.body))
  } else if (options.showsErrors) run.streams.stderr.write(`curl: (${outcome.exitCode}) ${outcome.message}\n`)
  if (options.writeOut !== undefined) run.print(formatWriteOut(options.writeOut, outcome, exitCode, durationMs, url))
  return exitCode
}

/** curl 7.88 over the cluster's network; one transfer after another, the last failure is the exit code. */
export const curl: Program = async (run) => {
  const usage = (words: string): number => {
    run.streams.stderr.write(`curl: ${words}\ncurl: try 'curl --help' for more information\n`)
    return 2
  }
  if (run.args.includes("--version") || run.args.includes("-V")) {
    run.print("curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1\nProtocols: http https\n")
    return 0
  }
  const options = parseCurl(run.args)
  if (!options.ok) return usage(options.error)
  if (options.value.urls.length === 0) return usage("no URL specified!")
  let exitCode = 0
  for (const [index, url] of options.value.urls.entries()) {
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase()
    if (scheme !== undefined && scheme !== "http" && scheme !== "https") {
      run.streams.stderr.write(`curl: (1) Protocol "${scheme}" not supported or disabled in libcurl\n`)
      exitCode = 1
      continue
    }
    exitCode = await transfer(run, options.value, url, index)
    if (run.cancellation.cancelled) return 130
  }
  return exitCode
}
