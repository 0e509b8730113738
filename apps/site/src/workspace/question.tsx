"use client"
import type { CheckOf } from "@pilotage/lab-kit"
import { Markdown } from "./markdown.tsx"
import styles from "./question.module.css"

interface QuestionProps {
  readonly check: CheckOf<"answer">
  readonly chosen: string | undefined
  readonly choose: (optionId: string) => void
}

/** A prediction or a choice. What was chosen stays changeable; the explanation comes with an answer. */
export const Question = ({ check, chosen, choose }: QuestionProps) => (
  <fieldset className={styles.question}>
    <legend>
      <Markdown text={check.question} />
    </legend>
    {check.options.map((option) => (
      <label key={option.id}>
        <input
          type="radio"
          name={check.id}
          value={option.id}
          checked={chosen === option.id}
          onChange={() => choose(option.id)}
        />
        <Markdown text={option.text} />
      </label>
    ))}
    {chosen !== undefined && (
      <div className={styles.explanation} role="status">
        <strong>{chosen === check.correct ? "Right." : "Not so."}</strong>
        {chosen === check.correct && <Markdown text={check.explanation} />}
      </div>
    )}
  </fieldset>
)
