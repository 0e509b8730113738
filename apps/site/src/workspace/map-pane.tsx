"use client"
import type { HttpExchange } from "@pilotage/embedded-cluster"
import type { ClusterState } from "@pilotage/routing-core"
import { ClusterMap, TraceCaption, WhyPanel } from "@pilotage/simulators"
import { memo, useState } from "react"
import styles from "./map-pane.module.css"

interface MapPaneProps {
  readonly state: ClusterState
  readonly exchange: HttpExchange | undefined
  /** While the learner looks at the past its requests lie where they ended. */
  readonly still: boolean
}

interface Voyage {
  readonly exchangeId: number
  readonly step: number
  readonly arrived: boolean
}

/** A curl that gave up or was refused says so in its own words; one that was answered ended as the trace says. */
const curlEnd = ({ outcome }: HttpExchange) =>
  outcome.kind === "failure" ? { exitCode: outcome.exitCode, message: outcome.message } : undefined

/**
 * The cluster as it is, the way of the request that was chosen or came last, and why it ended as it did. Rendered anew only
 * when one of these changes: the clock ticks ten times a second, and a vessel under way must not start again each time.
 */
export const MapPane = memo(({ state, exchange, still }: MapPaneProps) => {
  const [voyage, setVoyage] = useState<Voyage>()
  const [explained, setExplained] = useState(false)
  const trace = exchange?.trace
  const stages = trace ? trace.hops.length + (trace.dns.length > 0 ? 1 : 0) : 0
  // A request that is new here sails from its first stage.
  const current: Voyage | undefined =
    exchange && voyage?.exchangeId !== exchange.id
      ? { exchangeId: exchange.id, step: 0, arrived: stages === 0 }
      : voyage
  const arrived = still || (current?.arrived ?? true)
  const sailOn = (): void => {
    if (!current || arrived) return
    const last = current.step >= stages - 1
    setVoyage(last ? { ...current, arrived: true } : { ...current, step: current.step + 1 })
  }
  return (
    <section className={styles.pane} aria-label="Map of the cluster">
      <div className={styles.chart}>
        <ClusterMap
          state={state}
          trace={trace}
          step={still ? undefined : current?.step}
          sailing={!arrived}
          onArrive={sailOn}
        />
      </div>
      <div className={styles.outcome}>
        <TraceCaption trace={arrived ? trace : undefined} />
        {trace && (
          <button type="button" aria-expanded={explained} onClick={() => setExplained(!explained)}>
            {trace.verdict === "delivered" ? "Every hop" : "Why did my curl fail?"}
          </button>
        )}
      </div>
      {explained && trace && (
        <div className={styles.why}>
          <WhyPanel key={exchange.id} trace={trace} curl={curlEnd(exchange)} />
        </div>
      )}
    </section>
  )
})

MapPane.displayName = "MapPane"
