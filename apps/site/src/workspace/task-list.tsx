"use client"
import type { CheckResult, LabBrief, LabResult } from "@pilotage/lab-kit"
import { useState } from "react"
import { CheckRow } from "./check-row.tsx"
import type { EngineClient, EngineState } from "./engine-client.ts"
import { Markdown } from "./markdown.tsx"
import { Question } from "./question.tsx"
import styles from "./task-list.module.css"

type Task = LabBrief["tasks"][number]

const stateOf = (task: Task, results: ReadonlyMap<string, CheckResult>): "done" | "open" => {
  const own = task.checks.map((check) => results.get(check.id)?.status)
  return own.every((status) => status === "pass") ? "done" : "open"
}

interface HintsProps {
  readonly task: Task
  readonly offered: ReadonlySet<string>
}

/** Hints open one at a time, from gentle to plain; the one that a failing check names is marked. */
const Hints = ({ task, offered }: HintsProps) => {
  const [shown, setShown] = useState(0)
  if (task.hints.length === 0) return null
  return (
    <div className={styles.hints}>
      {task.hints.slice(0, shown).map((hint) => (
        <div key={hint.id} className={styles.hint} data-offered={offered.has(hint.id) || undefined}>
          <Markdown text={hint.text} />
        </div>
      ))}
      {shown < task.hints.length && (
        <button type="button" onClick={() => setShown(shown + 1)}>
          {shown === 0 ? "Show a hint" : "Show another hint"} ({shown + 1} of {task.hints.length})
        </button>
      )}
    </div>
  )
}

interface TaskListProps {
  readonly lab: LabBrief
  readonly engine: EngineClient
  readonly state: EngineState
  /** The server's verdict, while it is newer than the learner's last change; else the live one counts. */
  readonly result: LabResult | undefined
}

/** The tasks with their checks, live. The first task that is not done is open. */
export const TaskList = ({ lab, engine, state, result }: TaskListProps) => {
  const results = new Map((result?.checks ?? []).map((check) => [check.id, check]))
  const current = lab.tasks.find((task) => stateOf(task, results) === "open")?.id
  const offered = new Set(
    [...results.values()].flatMap((check) => (check.status === "fail" && check.hintId ? [check.hintId] : [])),
  )
  return (
    <ol className={styles.tasks}>
      {lab.tasks.map((task, index) => {
        const status = stateOf(task, results)
        return (
          <li key={task.id} id={task.id} data-state={status}>
            <details open={task.id === current || (current === undefined && index === lab.tasks.length - 1)}>
              <summary>
                <span className={styles.number} aria-hidden="true">
                  {status === "done" ? "✓" : index + 1}
                </span>
                <span>
                  {task.title}
                  <span className="visually-hidden">{status === "done" ? ", done" : ", not done yet"}</span>
                </span>
              </summary>
              <div className={styles.body}>
                <Markdown text={task.instructions} />
                <ul className={styles.checks}>
                  {task.checks.map((check) => (
                    <CheckRow key={check.id} id={check.id} title={check.title} result={results.get(check.id)}>
                      {check.kind === "answer" && (
                        <Question
                          check={check}
                          chosen={state.answers[check.id]}
                          choose={(optionId) => engine.answer(check.id, optionId)}
                        />
                      )}
                    </CheckRow>
                  ))}
                </ul>
                <Hints task={task} offered={offered} />
              </div>
            </details>
          </li>
        )
      })}
    </ol>
  )
}
