import type { Trace } from "@pilotage/routing-core"
import styles from "./trace-view.module.css"
import { outcomeSentence } from "./words.ts"

export interface TraceCaptionProps {
  /** Absent while the request is still under way. */
  readonly trace: Trace | undefined
}

/** The outcome as one sentence; said aloud when it changes. */
export function TraceCaption({ trace }: TraceCaptionProps) {
  return (
    <p className={styles.caption} role="status" data-verdict={trace?.verdict}>
      {trace ? outcomeSentence(trace) : " "}
    </p>
  )
}
