import { type PingAnswer, ping } from "@pilotage/routing-core"
import type { Asker } from "./asker.ts"
import type { Comparison } from "./comparison.ts"

/** As iputils' ping prints it. */
const WORDS: Readonly<Record<PingAnswer["outcome"], string>> = {
  reply: "reply",
  loss: "loss",
  "unknown-host": "unknown host",
  "host-unreachable": "Destination Host Unreachable",
  "port-unreachable": "Destination Port Unreachable",
}

/** Replies, the first ICMP error with who sent it, or nothing. */
const recordedText = (stdout: string): string => {
  const [, reporter, error] = /From (\S+) .*(Destination (?:Port|Host) Unreachable)/.exec(stdout) ?? []
  if (error !== undefined) return `${error} from ${reporter}`
  return /bytes from/.test(stdout) ? "reply" : "loss"
}

export const comparePing = ({ table, from }: Asker, to: string, stdout: string): Comparison => {
  const answer = ping(table, from, to)
  const { outcome, reporter, certainty } = answer
  return {
    expected: recordedText(stdout),
    actual: `${WORDS[outcome]}${reporter === undefined ? "" : ` from ${reporter}`}`,
    traces: [],
    ...(certainty === "environment" ? { environment: "ping: nobody is known to hold the address" } : {}),
  }
}
