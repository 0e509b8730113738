"use client"
import { useState } from "react"
import type { EngineClient } from "./engine-client.ts"
import type { EngineView } from "./protocol.ts"
import styles from "./time-bar.module.css"
import { TimeMarks } from "./time-marks.tsx"
import { clockText } from "./words.ts"

const SPEEDS = [1, 5, 30]

interface TimeBarProps {
  readonly engine: EngineClient
  readonly view: EngineView
}

/** Scrubs over every input of the session. The past is read-only, with a way to go on from there. */
export const TimeBar = ({ engine, view }: TimeBarProps) => {
  const [speed, setSpeed] = useState(1)
  /** Where the hand is while the engine is on its way there. */
  const [wanted, setWanted] = useState<number>()
  const duration = Math.max(1, view.until - view.startedAt)
  const here = view.now - view.startedAt
  if (wanted === here) setWanted(undefined)
  const shown = wanted ?? here
  const mark = view.marks.findLast((each) => each.at <= view.now)
  return (
    <section className={styles.bar} aria-label="Time">
      <output className={styles.clock}>{clockText(here)}</output>
      <div className={styles.track}>
        <TimeMarks marks={view.marks} startedAt={view.startedAt} duration={duration} />
        <input
          type="range"
          min={0}
          max={duration}
          value={shown}
          aria-label="Time in the session"
          aria-valuetext={`${clockText(here)}${mark ? `, after ${mark.label}` : ""}`}
          onChange={(event) => {
            const there = Number(event.target.value)
            const at = view.startedAt + there
            const past = at < view.until
            setWanted(past ? there : undefined)
            engine.send(past ? { kind: "look", at } : { kind: "look" })
          }}
        />
      </div>
      {view.inPast ? (
        <>
          <span className={styles.past}>Looking at the past{mark ? `: after ${mark.label}` : ""}</span>
          <button
            type="button"
            onClick={() => {
              setWanted(undefined)
              engine.send({ kind: "continue-from", at: view.now })
            }}
          >
            Continue from here
          </button>
          <button
            type="button"
            onClick={() => {
              setWanted(undefined)
              engine.send({ kind: "look" })
            }}
          >
            Back to now
          </button>
        </>
      ) : (
        <label className={styles.speed}>
          <span>Speed</span>
          <select
            value={speed}
            onChange={(event) => {
              const factor = Number(event.target.value)
              setSpeed(factor)
              engine.send({ kind: "speed", factor })
            }}
          >
            {SPEEDS.map((factor) => (
              <option key={factor} value={factor}>
                ×{factor}
              </option>
            ))}
          </select>
        </label>
      )}
    </section>
  )
}
