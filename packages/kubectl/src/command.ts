import type { FlagSpec } from "./flags/flag-set.ts"
import type { Session } from "./session.ts"

/** A command, or a family of commands when it has `children`. */
export interface Command {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly summary: string
  /** What follows the name: `[-o FORMAT] (TYPE [NAME...] | TYPE/NAME ...)`. */
  readonly usage?: string
  readonly flags?: readonly FlagSpec[]
  readonly children?: readonly Command[]
  /** What completion offers for plain words. */
  readonly completes?: "resources" | "pods" | "types" | "nodes" | "deployments" | "nothing"
  /** The exit code; nothing is 0. */
  readonly run?: (session: Session) => Promise<number | undefined>
}
