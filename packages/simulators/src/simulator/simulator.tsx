import type { Verdict } from "@pilotage/routing-core"
import { useEffect, useMemo, useReducer, useState } from "react"
import { ClusterMap } from "../map/cluster-map.tsx"
import { routeClass } from "../marks/route-style.ts"
import { HopTable } from "../trace-view/hop-table.tsx"
import { TraceCaption } from "../trace-view/trace-caption.tsx"
import { WhyPanel } from "../trace-view/why-panel.tsx"
import { verdictText } from "../trace-view/words.ts"
import { Controls } from "./controls.tsx"
import { fromHash, toHash } from "./permalink.ts"
import type { Scenario } from "./scenario.ts"
import { compute, lastStage, simulate, startSimulation } from "./simulation.ts"
import styles from "./simulator.module.css"

export interface SimulatorProps {
  readonly name: string
  readonly initial: Scenario
  readonly label: string
}

const PREDICTIONS: readonly Verdict[] = ["delivered", "refused", "timeout", "unreachable", "name-not-found"]

/** A cluster on a chart, requests that sail over it, and the fields that decide where they go. */
export function Simulator({ name, initial, label }: SimulatorProps) {
  const [simulation, act] = useReducer(simulate, initial, startSimulation)
  const [selected, select] = useState<string>()
  const [detail, setDetail] = useState<"none" | "table" | "why">("none")
  const [copied, setCopied] = useState<string>()
  const { scenario, active, stage } = simulation
  const { state, traces, problem } = useMemo(() => compute(scenario), [scenario])
  const trace = traces[active]
  const last = trace ? lastStage(trace) : 0
  const done = stage === undefined || (stage >= last && !simulation.playing)

  useEffect(() => {
    const linked = fromHash(name, location.hash, initial)
    if (linked) act({ kind: "reset", scenario: linked })
  }, [name, initial])

  const others = stage === undefined ? traces.filter((_, lane) => lane !== active) : []
  const copyLink = async (): Promise<void> => {
    const link = new URL(toHash(name, scenario), location.href).href
    try {
      await navigator.clipboard.writeText(link)
      setCopied("The link is copied")
    } catch {
      history.replaceState(null, "", link)
      setCopied("The link is in the address bar")
    }
  }
  return (
    <section className={styles.simulator} aria-label={label}>
      <div className={styles.chart}>
        <ClusterMap
          state={state}
          trace={trace}
          step={stage}
          sailing={simulation.playing}
          others={others}
          lane={active}
          onArrive={() => act({ kind: "arrived", last })}
          selectedService={selected}
          onSelectService={select}
        />
      </div>
      <div className={styles.helm}>
        {scenario.routes.length > 1 && (
          <fieldset className={styles.routes}>
            <legend className={styles.hidden}>Route</legend>
            {scenario.routes.map((route, index) => (
              <button
                key={route.id}
                type="button"
                className={routeClass(route.service.type)}
                aria-pressed={index === active}
                onClick={() => act({ kind: "choose", route: index })}
              >
                {route.title}
              </button>
            ))}
          </fieldset>
        )}
        <div className={styles.buttons}>
          <button type="button" className={styles.send} onClick={() => act({ kind: "play" })} disabled={!trace}>
            Send the ship
          </button>
          <button type="button" onClick={() => act({ kind: "step", last })} disabled={!trace}>
            Step
          </button>
          <button type="button" onClick={() => act({ kind: "skip" })} disabled={stage === undefined}>
            Skip
          </button>
          <button type="button" onClick={() => act({ kind: "reset", scenario: initial })}>
            Reset
          </button>
          <button
            type="button"
            aria-pressed={detail === "table"}
            onClick={() => setDetail(detail === "table" ? "none" : "table")}
          >
            Table
          </button>
          <button
            type="button"
            aria-pressed={detail === "why"}
            onClick={() => setDetail(detail === "why" ? "none" : "why")}
          >
            Why?
          </button>
          <button type="button" onClick={() => void copyLink()}>
            Link
          </button>
          <span role="status" className={styles.copied}>
            {copied}
          </span>
        </div>
        <Controls simulation={simulation} act={act} />
        {!done || stage === 0 ? (
          <label className={styles.prediction}>
            Your prediction
            <select
              value={simulation.prediction ?? ""}
              onChange={(event) =>
                act({ kind: "predict", verdict: PREDICTIONS.find((verdict) => verdict === event.target.value) })
              }
            >
              <option value="">none yet</option>
              {PREDICTIONS.map((verdict) => (
                <option key={verdict} value={verdict}>
                  {verdictText[verdict]}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {problem !== undefined && <p role="alert">{problem}</p>}
        <div className={styles.outcome}>
          <TraceCaption trace={done && stage !== 0 ? trace : undefined} />
          {done && stage !== 0 && simulation.prediction !== undefined && trace && (
            <p>{simulation.prediction === trace.verdict ? "As you predicted." : "Not as you predicted."}</p>
          )}
        </div>
      </div>
      {detail !== "none" && trace && done && stage !== 0 && (
        <div className={styles.detail}>
          {detail === "table" ? <HopTable trace={trace} /> : <WhyPanel trace={trace} />}
        </div>
      )}
    </section>
  )
}
