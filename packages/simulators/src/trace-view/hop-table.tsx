import type { Trace } from "@pilotage/routing-core"
import { RuleLink } from "./rule-link.tsx"
import styles from "./trace-view.module.css"
import { causeText, dnsText, packetText, placeText } from "./words.ts"

export interface HopTableProps {
  readonly trace: Trace
  /** Hops that have happened; absent: all. */
  readonly until?: number
}

/** The same way as on the map, as a table: where, what arrived, what happened and why, what left. */
export function HopTable({ trace, until }: HopTableProps) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className={styles.hidden}>Every hop of the request</caption>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">What arrived</th>
            <th scope="col">What happened</th>
            <th scope="col">What left</th>
            <th scope="col">Rule</th>
          </tr>
        </thead>
        <tbody>
          {trace.dns.map((step) => (
            <tr key={`${step.server} ${step.query} ${step.type}`}>
              <th scope="row">DNS {step.server}</th>
              <td>
                <code>
                  {step.query} {step.type}
                </code>
              </td>
              <td>{dnsText(step)}</td>
              <td>
                <code>{step.answers.join(", ") || "–"}</code>
              </td>
              <td>
                <RuleLink rule={step.rule} />
              </td>
            </tr>
          ))}
          {trace.hops.slice(0, until).map((hop, index) => (
            // A place may occur twice on one way; its position is what tells them apart.
            <tr key={`${index} ${placeText(hop.at)}`}>
              <th scope="row">{placeText(hop.at)}</th>
              <td>
                <code>{packetText(hop.entry)}</code>
              </td>
              <td>
                {hop.says}
                {hop.cause && <small>{causeText(hop.cause)}</small>}
              </td>
              <td>
                <code>{hop.exit ? packetText(hop.exit) : "–"}</code>
              </td>
              <td>
                <RuleLink rule={hop.rule} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
