import type { Rule } from "../explain/rules.ts"
import type { ObjectRef } from "../trace-types.ts"

/**
 * What a line of a node's rules is there for. `plumbing`: the same on every node, whatever Services there are;
 * `frontend`: finds the Service port by address; `unclaimed`: an address of the cluster under which nothing answers;
 * `choice`: one endpoint of several; the rest are named after what they do.
 */
export type RuleRole =
  | "plumbing"
  | "frontend"
  | "firewall"
  | "masquerade"
  | "short-circuit"
  | "policy"
  | "affinity"
  | "choice"
  | "endpoint"
  | "no-endpoints"
  | "unclaimed"
  | "health-check"

/** One line of what a node's own tool prints (iptables-save, nft list, ipvsadm -Ln), and what it stands for. */
export interface RuleLine {
  /** With the tool's own indentation, without a line end. */
  readonly text: string
  readonly role: RuleRole
  /** The Service that put the line there, and the name of its port (or its number, when it has no name). */
  readonly service?: ObjectRef
  readonly port?: string
  /** `10.244.1.11:8080`, `[fd00::1]:8080`. */
  readonly endpoint?: string
  /** The rule of SPEC.md that the line carries out: that of the hop which it explains. */
  readonly rule?: Rule
}

export const linesText = (lines: readonly RuleLine[]): string => lines.map((line) => `${line.text}\n`).join("")
