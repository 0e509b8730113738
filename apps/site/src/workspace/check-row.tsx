"use client"
import type { CheckResult } from "@pilotage/lab-kit"
import type { ReactNode } from "react"
import styles from "./check-row.module.css"

const WORDS = { pass: "passed", fail: "not yet", error: "could not be checked" } as const
const MARKS = { pass: "✓", fail: "○", error: "!" } as const

interface CheckRowProps {
  readonly id: string
  readonly title: string
  readonly result: CheckResult | undefined
  readonly children?: ReactNode
}

/** One check: what must be true, whether it is, and one click away why not. */
export const CheckRow = ({ id, title, result, children }: CheckRowProps) => (
  <li className={styles.check} data-check={id} data-status={result?.status ?? "unknown"}>
    <span className={styles.mark} aria-hidden="true">
      {result ? MARKS[result.status] : "·"}
    </span>
    <div>
      <span>{title}</span>
      <span className="visually-hidden">, {result ? WORDS[result.status] : "not checked yet"}</span>
      {children}
      {result && result.status !== "pass" && (
        <details className={styles.why}>
          <summary>Why?</summary>
          <dl>
            <dt>Expected</dt>
            <dd>{result.expected}</dd>
            <dt>Observed</dt>
            <dd>{result.observed}</dd>
            <dt>Why</dt>
            <dd>{result.why}</dd>
          </dl>
        </details>
      )}
    </div>
  </li>
)
