import { parseCIDR } from "@pilotage/kube-model"
import type { CurlObservation } from "./cluster-port.ts"
import type { CurlOutcome } from "./schema/curl-schema.ts"

/** Outcome of one exit code in words. */
const EXIT_MEANS: Readonly<Record<number, string>> = {
  0: "an answer",
  6: "the name is not found",
  7: "the connection is refused",
  28: "a timeout",
  52: "an empty reply",
  56: "a connection reset",
}

const sayExit = (code: number): string => `curl exit ${code}${EXIT_MEANS[code] ? ` (${EXIT_MEANS[code]})` : ""}`

const clip = (body: string): string => {
  const line = body.trim().split("\n", 1)[0] ?? ""
  return line.length > 80 ? `${line.slice(0, 77)}…` : line
}

export const sayObservation = (seen: CurlObservation): string => {
  if (seen.exitCode !== 0)
    return seen.message
      ? `curl: (${seen.exitCode}) ${seen.message.replace(/^curl: \(\d+\) /, "")}`
      : sayExit(seen.exitCode)
  const body = clip(seen.body ?? "")
  return `status ${seen.status ?? "unknown"}${seen.backend ? ` from pod ${seen.backend}` : ""}${body ? `: ${body}` : ""}`
}

export const sayOutcome = (expect: Omit<CurlOutcome, "share">): string => {
  if (expect.exitCode !== 0) return sayExit(expect.exitCode)
  return [
    expect.status === undefined ? "an answer" : `an answer with status ${expect.status}`,
    expect.body === undefined ? "" : `a body that matches /${expect.body}/`,
    expect.backends === undefined ? "" : `only from pods with ${expect.backends.labels}`,
    expect.source === undefined ? "" : `with ${expect.source} as the client that the pod sees`,
  ]
    .filter((part) => part !== "")
    .join(", ")
}

/** Every way in which a curl came back otherwise has its own code. */
export type Mismatch =
  | "exit-code-differs"
  | "unexpected-success"
  | "status-differs"
  | "body-differs"
  | "wrong-backend"
  | "source-differs"

const within = (ip: string, range: string): boolean => {
  if (!range.includes("/")) return ip === range
  const cidr = parseCIDR(range)
  return cidr.ok && cidr.value.contains(ip)
}

/** The first condition that does not hold; `allowed` are the names (`namespace/name`) that `expect.backends` matches. */
export const mismatchOf = (
  seen: CurlObservation,
  expect: Omit<CurlOutcome, "share">,
  allowed: ReadonlySet<string> | undefined,
): Mismatch | undefined => {
  if (seen.exitCode !== expect.exitCode) return seen.exitCode === 0 ? "unexpected-success" : "exit-code-differs"
  if (expect.exitCode !== 0) return undefined
  if (expect.status !== undefined && seen.status !== expect.status) return "status-differs"
  if (expect.body !== undefined && !new RegExp(expect.body, "mu").test(seen.body ?? "")) return "body-differs"
  if (allowed && (seen.backend === undefined || !allowed.has(seen.backend))) return "wrong-backend"
  if (expect.source !== undefined && (seen.sourceSeen === undefined || !within(seen.sourceSeen, expect.source)))
    return "source-differs"
  return undefined
}

export const MISMATCH_SAYS: Readonly<Record<Mismatch, string>> = {
  "exit-code-differs": "curl ended in another way than it must.",
  "unexpected-success": "The request was answered, although it must not be.",
  "status-differs": "The server answered with another status.",
  "body-differs": "Something answered, but not with what was asked for.",
  "wrong-backend": "The answer came from a pod that must not answer here.",
  "source-differs": "The pod saw another client address.",
}
