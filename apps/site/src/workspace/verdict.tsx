"use client"
import type { LabBrief, LabResult } from "@pilotage/lab-kit"
import type { Graded } from "./grading.ts"
import { Markdown } from "./markdown.tsx"
import styles from "./verdict.module.css"

interface VerdictProps {
  readonly lab: LabBrief
  readonly stored: LabResult | undefined
  readonly graded: Graded | undefined
  readonly grading: boolean
  readonly check: () => Promise<void>
  readonly reset: () => void
  readonly notSaved: string | undefined
}

const summary = (result: LabResult): string => {
  if (result.status === "pass") return `Passed, ${result.score} of ${result.max} points. The result is stored.`
  const open = result.checks.filter((check) => check.status !== "pass").length
  return `Not passed yet: ${result.score} of ${result.max} points, ${open} ${open === 1 ? "check" : "checks"} to go.`
}

/** The server's word on this lab: a replay of the learner's log, graded there. */
export const Verdict = ({ lab, stored, graded, grading, check, reset, notSaved }: VerdictProps) => {
  const result = graded?.kind === "result" ? graded.result : stored
  const passed = result?.status === "pass" || stored?.status === "pass"
  return (
    <div className={styles.verdict}>
      <div className={styles.actions}>
        <button type="button" className={styles.check} onClick={() => void check()} disabled={grading}>
          {grading ? "Checking" : "Check"}
        </button>
        <button type="button" onClick={reset}>
          Reset the lab
        </button>
      </div>
      <div role="status" className={styles.words} data-passed={passed || undefined}>
        {graded?.kind === "refused" ? (
          <p className={styles.refused}>{graded.message}</p>
        ) : result ? (
          <p>{summary(result)}</p>
        ) : (
          <p>The checks above are live. Check sends your steps to the server, which replays and grades them.</p>
        )}
        {graded?.kind === "result" && graded.result.status !== "pass" && stored?.status === "pass" && (
          <p>You passed this lab before; that result stays.</p>
        )}
        {notSaved !== undefined && <p>This browser does not keep your steps over a reload: {notSaved}</p>}
      </div>
      {passed && (
        <div className={styles.debrief}>
          <h2>What was learnt</h2>
          <Markdown text={lab.debrief} />
        </div>
      )}
    </div>
  )
}
