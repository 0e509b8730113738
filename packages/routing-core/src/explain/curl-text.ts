import type { NetworkConfig } from "../state.ts"
import type { Trace, Verdict } from "../trace-types.ts"

const EXIT_CODES: Readonly<Record<Verdict, number>> = {
  delivered: 0,
  "name-not-found": 6,
  refused: 7,
  unreachable: 7,
  timeout: 28,
  "empty-reply": 52,
}

export const curlExitCode = (verdict: Verdict): number => EXIT_CODES[verdict]

/** The kernel gives up a connection after six repeated SYNs. */
export const SYN_RETRIES_MS = 127_000
/** A neighbour that does not answer three ARP requests is unreachable. */
export const ARP_FAILURE_MS = 3_060

/** curl 8.9 changed the word (curl lib/strerror.c). */
const saysCouldNot = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  return major > 8 || (major === 8 && minor >= 9)
}

/** What curl makes of a verdict. `message` is its text after `curl: (7) `. */
export const curlOutcome = (
  verdict: Verdict,
  config: NetworkConfig,
  to: string,
  port: number,
  afterMs: number,
): Trace["curl"] => {
  const exitCode = EXIT_CODES[verdict]
  if (verdict === "delivered") return { exitCode }
  if (verdict === "name-not-found") return { exitCode, message: `Could not resolve host: ${to}` }
  if (verdict === "empty-reply") return { exitCode, message: "Empty reply from server" }
  const words = saysCouldNot(config.curlVersion) ? "Could not connect to server" : "Couldn't connect to server"
  return { exitCode, message: `Failed to connect to ${to} port ${port} after ${afterMs} ms: ${words}` }
}
