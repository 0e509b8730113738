"use client"
import { useState } from "react"
import type { EngineClient } from "./engine-client.ts"
import type { EngineView } from "./protocol.ts"
import styles from "./time-bar.module.css"
import { clockText } from "./words.ts"

const SPEEDS = [1, 5, 30]

interface TimeBarProps {
  readonly engine: EngineClient
  readonly view: EngineView
}

/** Scrubs over every input of the session. The past is read-only, with a way to go on from there. */
export const TimeBar = ({ engine, view }: TimeBarProps) => {
  const [speed, setSpeed] = useState(1)
  const duration = Math.max(1, view.until - view.startedAt)
  const here = view.now - view.startedAt
  const mark = view.marks.findLast((each) => each.at <= view.now)
  return (
    <section className={styles.bar} aria-label="Time">
      <output className={styles.clock}>{clockText(here)}</output>
      <div className={styles.track}>
        {view.marks.map((each) => (
          <span
            key={each.id}
            className={styles.mark}
            style={{ insetInlineStart: `${((each.at - view.startedAt) / duration) * 100}%` }}
            title={each.label}
          />
        ))}
        <input
          type="range"
          min={0}
          max={duration}
          value={here}
          aria-label="Time in the session"
          aria-valuetext={`${clockText(here)}${mark ? `, after ${mark.label}` : ""}`}
          onChange={(event) => {
            const at = view.startedAt + Number(event.target.value)
            engine.send(at >= view.until ? { kind: "look" } : { kind: "look", at })
          }}
        />
      </div>
      {view.inPast ? (
        <>
          <span className={styles.past}>Looking at the past{mark ? `: after ${mark.label}` : ""}</span>
          <button type="button" onClick={() => engine.send({ kind: "continue-from", at: view.now })}>
            Continue from here
          </button>
          <button type="button" onClick={() => engine.send({ kind: "look" })}>
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
