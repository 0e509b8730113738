import type { HttpOutcome } from "../../host.ts"
import type { CurlOptions } from "./options.ts"

/** A URL in parts, with curl's defaults. */
export const urlParts = (url: string): { readonly host: string; readonly port: number; readonly path: string } => {
  const match = /^(?:([a-z]+):\/\/)?(?:[^/@]*@)?(\[[^\]]+\]|[^:/?#]*)(?::(\d+))?([/?].*)?$/i.exec(url)
  const path = match?.[4] ?? "/"
  return {
    host: match?.[2] ?? "",
    port: Number(match?.[3] ?? (match?.[1] === "https" ? 443 : 80)),
    path: path.startsWith("/") ? path : `/${path}`,
  }
}

const titled = (name: string): string => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())

export const headerLines = (outcome: Extract<HttpOutcome, { kind: "response" }>): readonly string[] => [
  `HTTP/1.1 ${outcome.status} ${outcome.statusText}`,
  ...Object.entries(outcome.headers).map(([name, value]) => `${titled(name)}: ${value}`),
]

/** What `-v` writes to stderr, as curl 7.88 does. */
export const verboseLines = (
  options: CurlOptions,
  url: string,
  outcome: HttpOutcome,
  address: string | undefined,
  durationMs: number,
): readonly string[] => {
  const { host, port, path } = urlParts(url)
  if (outcome.kind === "failure") {
    if (outcome.exitCode === 6) return [`* Could not resolve host: ${host}`, "* Closing connection 0"]
    const ip = address ?? host
    // A reject answers at once; an address that nobody has is known only after ARP gave up.
    const failedSlowly = durationMs >= 300
    const trying = `*   Trying ${ip}:${port}...`
    if (outcome.exitCode === 7)
      return [
        trying,
        `* connect to ${ip} port ${port} failed: ${failedSlowly ? "No route to host" : "Connection refused"}`,
        `* ${outcome.message}`,
        "* Closing connection 0",
      ]
    if (outcome.exitCode === 28) return [trying, `* ${outcome.message}`, "* Closing connection 0"]
    return [
      trying,
      `* Connected to ${host} (${ip}) port ${port} (#0)`,
      ...requestLines(options, host, port, path),
      `* ${outcome.message}`,
      "* Closing connection 0",
    ]
  }
  return [
    `*   Trying ${outcome.remote.ip}:${outcome.remote.port}...`,
    `* Connected to ${host} (${outcome.remote.ip}) port ${outcome.remote.port} (#0)`,
    ...requestLines(options, host, port, path),
    ...headerLines(outcome).map((line) => `< ${line}`),
    "< ",
    `* Connection #0 to host ${host} left intact`,
  ]
}

const requestLines = (options: CurlOptions, host: string, port: number, path: string): readonly string[] => [
  `> ${options.method} ${path} HTTP/1.1`,
  `> Host: ${options.headers.host ?? (port === 80 || port === 443 ? host : `${host}:${port}`)}`,
  ...Object.entries(options.headers).flatMap(([name, value]) =>
    name === "host" ? [] : [`> ${titled(name)}: ${value}`],
  ),
  "> Accept: */*",
  "> ",
]
