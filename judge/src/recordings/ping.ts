import type { Trace } from "@pilotage/routing-core"
import { type Asker, ask } from "./asker.ts"
import type { Comparison } from "./comparison.ts"

/** No Service has it and nobody listens there. */
const UNUSED_PORT = 1

/** Who gets a packet that is for no port at all answers it himself: a closed port shows that somebody is there. */
const answerOf = (found: Trace): string => {
  switch (found.hops.at(-1)?.action) {
    case "reset":
    case "answer":
      return "reply"
    case "reject":
      return "Destination Port Unreachable"
    case "unreachable":
      return "Destination Host Unreachable"
    default:
      return "loss"
  }
}

/**
 * An echo request has no port, so it goes where a packet goes that matches no port of a Service: to whoever holds the
 * address, or into the rule for all else of that address.
 */
export const comparePing = (asker: Asker, to: string, stdout: string): Comparison => {
  const found = ask(asker, to, UNUSED_PORT, "TCP")
  const error = /Destination (?:Port|Host) Unreachable/.exec(stdout)?.[0]
  return {
    expected: /bytes from/.test(stdout) ? "reply" : (error ?? "loss"),
    actual: answerOf(found),
    traces: [found],
  }
}
