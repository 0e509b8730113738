"use client"
import { useEffect, useMemo, useReducer, useRef, useState } from "react"
import { ClusterMap } from "../map/cluster-map.tsx"
import { stagesOf } from "../map/journey.ts"
import { routeClass } from "../marks/route-style.ts"
import { StageCaption } from "../trace-view/stage-caption.tsx"
import { TraceCaption } from "../trace-view/trace-caption.tsx"
import type { Computed } from "./compute.ts"
import { Controls } from "./controls.tsx"
import { LinkButton } from "./link-button.tsx"
import { fromHash } from "./permalink.ts"
import { PredictionBar } from "./prediction-bar.tsx"
import type { Scenario } from "./scenario.ts"
import { lastStage, simulate, startSimulation } from "./simulation.ts"
import styles from "./simulator.module.css"
import { useEngine } from "./use-engine.ts"

export interface SimulatorProps {
  readonly name: string
  readonly initial: Scenario
  /** What the engine says of `initial`: shown at once, while the engine itself is still to come. */
  readonly first: Computed
  readonly label: string
  /** Sends the first ship by itself. */
  readonly running?: boolean
}

const NONE: Computed["traces"] = []

type Detail = "none" | "table" | "why"

/** A cluster on a chart, requests that sail over it, and the fields that decide where they go. */
export function Simulator({ name, initial, first, label, running = false }: SimulatorProps) {
  const place = useRef<HTMLElement>(null)
  const [simulation, act] = useReducer(simulate, initial, startSimulation)
  const [selected, select] = useState<string>()
  const [detail, setDetail] = useState<Detail>("none")
  const { scenario, active, stage, prediction } = simulation
  const { engine, missing, fetch } = useEngine(place)
  const computed = useMemo(
    () => (scenario === initial ? first : engine?.compute(scenario)),
    [scenario, initial, first, engine],
  )
  const { state, traces, problem } = computed ?? { state: first.state, traces: NONE, problem: undefined }
  const trace = traces[active]
  const last = trace ? lastStage(trace) : 0
  const waiting = stage === 0 && !simulation.playing
  const done = !waiting && (stage === undefined || (stage >= last && !simulation.playing))
  const others = useMemo(() => traces.filter((_, lane) => lane !== active), [traces, active])
  const current = trace && stage !== undefined ? stagesOf(trace)[stage] : undefined

  useEffect(() => {
    const linked = fromHash(name, location.hash, initial)
    if (linked) act({ kind: "reset", scenario: linked })
    else if (running) act({ kind: "play" })
  }, [name, initial, running])

  const wanted = computed === undefined || (detail !== "none" && done)
  useEffect(() => {
    if (wanted) fetch()
  }, [wanted, fetch])

  const toggle = (name: Detail) => ({
    type: "button" as const,
    "aria-pressed": detail === name,
    disabled: !done,
    onClick: () => setDetail(detail === name ? "none" : name),
  })
  return (
    <section ref={place} className={styles.simulator} aria-label={label} onPointerEnter={fetch} onFocus={fetch}>
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
      <div className={styles.outcome}>
        <div className={styles.words}>
          {done ? (
            <TraceCaption trace={trace} />
          ) : waiting ? (
            <PredictionBar prediction={prediction} onPredict={(verdict) => act({ kind: "predict", verdict })} />
          ) : (
            <StageCaption stage={current} />
          )}
          {done && prediction !== undefined && trace && (
            <p className={styles.judgement}>
              {prediction === trace.verdict ? "As you predicted." : "Not as you predicted."}
            </p>
          )}
          {problem !== undefined && <p role="alert">{problem}</p>}
          {missing && wanted && (
            <p role="alert">
              What decides this could not be fetched. Look at the connection, then touch the simulator again.
            </p>
          )}
        </div>
        <div className={styles.buttons}>
          <button
            type="button"
            className={styles.send}
            onClick={() => act({ kind: "play" })}
            disabled={computed && !trace}
          >
            Send the ship
          </button>
          <button type="button" onClick={() => act({ kind: "step", last })} disabled={computed && !trace}>
            Step
          </button>
          <button type="button" onClick={() => act({ kind: "skip" })} disabled={stage === undefined}>
            Skip
          </button>
          <button type="button" onClick={() => act({ kind: "reset", scenario: initial })}>
            Reset
          </button>
        </div>
      </div>
      <div className={styles.helm}>
        <div className={styles.bar}>
          {scenario.routes.length > 1 ? (
            <fieldset className={styles.routes}>
              <legend className={styles.hidden}>Route</legend>
              {scenario.routes.map((route, index) => (
                <button
                  key={route.id}
                  type="button"
                  className={routeClass(traces[index]?.route.kind ?? route.service.type)}
                  aria-pressed={index === active}
                  onClick={() => act({ kind: "choose", route: index })}
                >
                  {route.title}
                </button>
              ))}
            </fieldset>
          ) : (
            <span />
          )}
          <div className={styles.buttons}>
            <button {...toggle("table")}>Table</button>
            <button {...toggle("why")}>Why?</button>
            <LinkButton name={name} scenario={scenario} />
          </div>
        </div>
        <Controls simulation={simulation} act={act} />
      </div>
      {detail !== "none" && trace && done && engine && (
        <div className={styles.detail}>
          {detail === "table" ? <engine.HopTable trace={trace} /> : <engine.WhyPanel trace={trace} />}
        </div>
      )}
    </section>
  )
}
