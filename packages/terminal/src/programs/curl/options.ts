import { err, ok, type Result } from "@pilotage/kube-model"
import { parseOptions } from "../options.ts"

export interface CurlOptions {
  readonly urls: readonly string[]
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly silent: boolean
  readonly showsErrors: boolean
  readonly verbose: boolean
  readonly includesHeaders: boolean
  readonly headOnly: boolean
  readonly failsOnError: boolean
  readonly followsRedirects: boolean
  readonly output: readonly string[]
  readonly writeOut: string | undefined
  readonly maxTimeMs: number | undefined
  readonly connectTimeoutMs: number | undefined
  readonly retries: number
  readonly retryDelayMs: number | undefined
}

const LONG = {
  silent: "s",
  "show-error": "S",
  verbose: "v",
  include: "i",
  head: "I",
  output: "o",
  "write-out": "w",
  "max-time": "m",
  request: "X",
  header: "H",
  data: "d",
  "data-raw": "d",
  insecure: "k",
  disable: "q",
  globoff: "g",
  "http1.0": "0",
  location: "L",
  fail: "f",
  "connect-timeout": "connect-timeout",
  retry: "retry",
  "retry-delay": "retry-delay",
  "retry-connrefused": "retry-connrefused",
  "user-agent": "A",
  url: "url",
  "http1.1": "http1.1",
  ipv4: "4",
  "no-progress-meter": "no-progress-meter",
  "no-keepalive": "no-keepalive",
  "fail-with-body": "fail-with-body",
}

const seconds = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text) * 1000)

/** curl's command line; the error is curl's words and goes with exit code 2. */
export const parseCurl = (args: readonly string[]): Result<CurlOptions, string> => {
  const options = parseOptions(args, {
    flags: "sSviIkLfN4gjq0",
    values: "owmXHdAxeub",
    long: LONG,
    longValues: ["connect-timeout", "retry", "retry-delay", "url"],
  })
  if (!options.ok) {
    const letter = /'(.*)'$/.exec(options.error)?.[1] ?? ""
    const shown = letter.startsWith("--") ? letter : `-${letter}`
    return err(
      options.error.includes("requires") ? `option ${shown}: requires parameter` : `option ${shown}: is unknown`,
    )
  }
  const { has, value, values, operands } = options.value
  const wrong = ["m", "connect-timeout", "retry", "retry-delay"].find((key) => Number.isNaN(Number(value(key) ?? 0)))
  if (wrong !== undefined)
    return err(`option ${wrong.length === 1 ? "-" : "--"}${wrong}: expected a proper numerical parameter`)
  const body = values("d").length > 0 ? values("d").join("&") : undefined
  const headers = Object.fromEntries(
    values("H").map((line) => [
      line.split(":")[0]?.trim().toLowerCase() ?? "",
      line.slice(line.indexOf(":") + 1).trim(),
    ]),
  )
  return ok({
    urls: [...values("url"), ...operands],
    method: value("X") ?? (has("I") ? "HEAD" : body === undefined ? "GET" : "POST"),
    headers: {
      "user-agent": value("A") ?? "curl/7.88.1",
      ...(body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
      ...headers,
    },
    body,
    silent: has("s") || has("no-progress-meter"),
    showsErrors: has("S") || !has("s"),
    verbose: has("v"),
    includesHeaders: has("i"),
    headOnly: has("I"),
    failsOnError: has("f") || has("fail-with-body"),
    followsRedirects: has("L"),
    output: values("o"),
    writeOut: value("w"),
    maxTimeMs: seconds(value("m")) || undefined,
    connectTimeoutMs: seconds(value("connect-timeout")) || undefined,
    retries: Number(value("retry") ?? 0),
    retryDelayMs: seconds(value("retry-delay")),
  })
}
