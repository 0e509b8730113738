import type { Verdict } from "@pilotage/routing-core"
import { verdictText } from "../trace-view/words.ts"
import styles from "./simulator.module.css"

interface PredictionBarProps {
  readonly prediction: Verdict | undefined
  readonly onPredict: (verdict: Verdict) => void
}

const PREDICTIONS: readonly Verdict[] = ["delivered", "refused", "timeout", "unreachable", "name-not-found"]

/** A prediction comes before the result: choosing one does not send the ship. */
export const PredictionBar = ({ prediction, onPredict }: PredictionBarProps) => (
  <fieldset className={styles.prediction}>
    <legend>What will happen?</legend>
    {PREDICTIONS.map((verdict) => (
      <button
        key={verdict}
        type="button"
        aria-pressed={prediction === verdict}
        data-verdict={verdict}
        onClick={() => onPredict(verdict)}
      >
        {verdictText[verdict]}
      </button>
    ))}
  </fieldset>
)
