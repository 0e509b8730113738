import type { Rule } from "../explain/rules.ts"

/**
 * What a line of a node's rules is for. `structure`: tables, chain heads, braces and whatever no Service put there;
 * `dispatch`: finds the Service port by address; `policy`: internal or external traffic policy; `source-ranges`:
 * loadBalancerSourceRanges; `masquerade`: marks or rewrites the source; `affinity`: session affinity; `endpoints`: one
 * of several is chosen; `endpoint`: the destination is rewritten to this one; `reject`, `drop`: ends it here.
 */
export type RuleRole =
  | "structure"
  | "dispatch"
  | "policy"
  | "source-ranges"
  | "masquerade"
  | "affinity"
  | "endpoints"
  | "endpoint"
  | "reject"
  | "drop"

/** One line of what a node's own tool prints (iptables-save, nft list, ipvsadm -Ln), and what it stands for. */
export interface RuleLine {
  /** With the tool's own indentation, without a line end. */
  readonly text: string
  readonly role: RuleRole
  /** `namespace/name` of the Service that put the line there; absent: none, or more than one. */
  readonly service?: string
  /** The Service's port. */
  readonly port?: number
  /** `10.244.1.11:8080`, `[fd00::1]:8080`. */
  readonly endpoint?: string
  /** The rule of SPEC.md that this line carries out: that of the hop which it explains. */
  readonly rule?: Rule
}

export const ruleText = (lines: readonly RuleLine[]): string => lines.map((line) => `${line.text}\n`).join("")
