"use client"
import type { HttpExchange } from "@pilotage/embedded-cluster"
import styles from "./curls-pane.module.css"
import { originName } from "./words.ts"

const outcome = (exchange: HttpExchange): string =>
  exchange.outcome.kind === "response" ? String(exchange.outcome.status) : `exit ${exchange.outcome.exitCode}`

interface CurlsPaneProps {
  readonly exchanges: readonly HttpExchange[]
  readonly selected: number | undefined
  readonly select: (id: number) => void
}

/** The learner's own requests, newest first; choosing one shows its way on the map. */
export const CurlsPane = ({ exchanges, selected, select }: CurlsPaneProps) => (
  <section className={styles.pane} aria-label="My requests">
    <h2>My requests</h2>
    {exchanges.length === 0 ? (
      <p>Each curl that you run is listed here, with its way through the cluster.</p>
    ) : (
      <ul>
        {exchanges
          .slice(-50)
          .reverse()
          .map((exchange) => (
            <li key={exchange.id}>
              <button
                type="button"
                aria-pressed={exchange.id === selected}
                data-outcome={exchange.outcome.kind}
                onClick={() => select(exchange.id)}
              >
                <span className={styles.from}>{originName(exchange.from)}</span>
                <span className={styles.url}>{exchange.request.url}</span>
                <span className={styles.outcome}>{outcome(exchange)}</span>
              </button>
            </li>
          ))}
      </ul>
    )}
  </section>
)
