import type { HttpOutcome } from "../../host.ts"

const time = (milliseconds: number): string => (milliseconds / 1000).toFixed(6)

/** `-w`: `%{http_code}`, `%{remote_ip}`, `%{time_total}`, `%{exitcode}`…, `\n`. Unknown variables are nothing, as in curl. */
export const formatWriteOut = (
  format: string,
  outcome: HttpOutcome,
  exitCode: number,
  durationMs: number,
  url: string,
): string => {
  const response = outcome.kind === "response" ? outcome : undefined
  const values: Readonly<Record<string, string>> = {
    http_code: response ? String(response.status).padStart(3, "0") : "000",
    response_code: response ? String(response.status).padStart(3, "0") : "000",
    remote_ip: response?.remote.ip ?? "",
    remote_port: String(response?.remote.port ?? 0),
    time_total: time(durationMs),
    time_connect: response ? time(durationMs / 2) : time(0),
    exitcode: String(exitCode),
    errormsg: outcome.kind === "failure" ? outcome.message : "",
    url,
    url_effective: url.includes("://") ? url : `http://${url}/`,
    size_download: String(response?.body.length ?? 0),
    content_type: response?.headers["content-type"] ?? "",
    num_connects: response ? "1" : "0",
    scheme: url.startsWith("https:") ? "HTTPS" : "HTTP",
    http_version: response ? "1.1" : "0",
  }
  return format
    .replace(/%\{(\w+)\}|%%/g, (whole, name?: string) => (whole === "%%" ? "%" : (values[name ?? ""] ?? "")))
    .replace(/\\([nrt])/g, (_, letter: string) => ({ n: "\n", r: "\r", t: "\t" })[letter] ?? "")
}
