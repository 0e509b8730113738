import type { Verdict } from "@pilotage/routing-core"
import { classNames } from "../class-names.ts"
import type { Point } from "../map/geometry.ts"
import styles from "./marks.module.css"

export interface VerdictRingProps {
  readonly at: Point
  readonly verdict: Verdict
}

const SIGNS: Readonly<Record<Verdict, string>> = {
  delivered: "M-5 0l4 4.500l7 -9",
  refused: "M-4.500 -4.500l9 9M4.500 -4.500l-9 9",
  unreachable: "M-4.500 -4.500l9 9M4.500 -4.500l-9 9",
  timeout: "M-5 0h.01M0 0h.01M5 0h.01",
  "name-not-found": "M-3 -3q0 -3 3 -3t3 3q0 2 -3 3.500v1M0 5h.01",
  "empty-reply": "M-4.500 0h9",
}

const COLOURS: Readonly<Record<Verdict, string | undefined>> = {
  delivered: styles.ringDelivered,
  refused: styles.ringRefused,
  unreachable: styles.ringRefused,
  timeout: styles.ringTimeout,
  "name-not-found": styles.ringTimeout,
  "empty-reply": styles.ringRefused,
}

/** Where a journey ended: a ring of the verdict's colour with its sign, so that colour is never alone. */
export function VerdictRing({ at, verdict }: VerdictRingProps) {
  return (
    <g className={classNames(styles.ring, COLOURS[verdict])} transform={`translate(${at.x} ${at.y})`}>
      <circle className={styles.ringBack} r={13} />
      <circle className={styles.ringLine} r={13} />
      <path className={styles.ringSign} d={SIGNS[verdict]} />
    </g>
  )
}
