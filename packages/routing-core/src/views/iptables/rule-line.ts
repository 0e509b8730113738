import type { RuleLine } from "../rule-line.ts"

export type Table = "filter" | "nat"

/** One rule of `iptables-save`, `-A KUBE-SERVICES -d 10.96.0.1/32 …`. */
export interface IptablesLine extends RuleLine {
  readonly table: Table
  readonly chain: string
}

/** The parts of a rule, in the order in which iptables-save prints them. Blocks have their prefix length. */
export interface RuleParts {
  readonly source?: string
  readonly notSource?: string
  readonly destination?: string
  readonly notDestination?: string
  /** Lower case. */
  readonly protocol?: string
  readonly comment?: string
  /** Other matches, in the order in which they were written. */
  readonly matches?: readonly string[]
  /** With its options; absent for a rule that only counts. */
  readonly target?: string
}

export const lineText = (chain: string, parts: RuleParts): string =>
  [
    `-A ${chain}`,
    parts.source && `-s ${parts.source}`,
    parts.notSource && `! -s ${parts.notSource}`,
    parts.destination && `-d ${parts.destination}`,
    parts.notDestination && `! -d ${parts.notDestination}`,
    parts.protocol && `-p ${parts.protocol}`,
    parts.comment && `-m comment --comment "${parts.comment}"`,
    ...(parts.matches ?? []),
    parts.target && `-j ${parts.target}`,
  ]
    .filter(Boolean)
    .join(" ")
