"use client"
import { type ReactNode, useId, useState } from "react"
import styles from "./prediction.module.css"

interface PredictionProps {
  readonly question: string
  readonly options: readonly string[]
  /** One of `options`. */
  readonly answer: string
  /** Why it is so; shown after choosing. */
  readonly children?: ReactNode
}

/** A prediction before the result. Nothing is counted; choosing again is allowed. */
export const Prediction = ({ question, options, answer, children }: PredictionProps) => {
  const name = useId()
  const [chosen, setChosen] = useState<string>()
  return (
    <fieldset className={styles.prediction}>
      <legend>
        <span className={styles.kicker}>Predict</span> {question}
      </legend>
      {options.map((option) => (
        <label key={option} data-state={chosen === option ? (option === answer ? "right" : "wrong") : undefined}>
          <input
            type="radio"
            name={name}
            value={option}
            checked={chosen === option}
            onChange={() => setChosen(option)}
          />
          {option}
        </label>
      ))}
      <div role="status" className={styles.result}>
        {chosen !== undefined && (
          <>
            <p>{chosen === answer ? "Right." : `Not so: ${answer}.`}</p>
            {children}
          </>
        )}
      </div>
    </fieldset>
  )
}
