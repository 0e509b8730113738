import type { ReactNode } from "react"

/** What a layout arranges. */
export interface Panes {
  readonly tasks: ReactNode
  readonly map: ReactNode
  readonly terminal: ReactNode
  readonly files: ReactNode
  readonly time: ReactNode
  /** A command waits for the editor: it must be in sight. */
  readonly editing: boolean
}
