import type { Point } from "../map/geometry.ts"
import styles from "./marks.module.css"

export interface ClientMarkProps {
  readonly at: Point
  readonly name: string
  readonly address: string
}

/** A ship beyond the breakwater: a client that is not in the cluster. */
export function ClientMark({ at: { x, y }, name, address }: ClientMarkProps) {
  return (
    <g className={styles.client}>
      <path className={styles.hull} d={`M${x - 34} ${y - 2}h70l-11 17h-47q-8 0 -12 -17z`} />
      <path className={styles.cabin} d={`M${x - 20} ${y - 3}v-11h24v11zM${x + 9} ${y - 3}v-19h7v19z`} />
      <path className={styles.porthole} d={`M${x - 15} ${y - 9}h4M${x - 7} ${y - 9}h4`} />
      <path className={styles.wave} d={`M${x - 42} ${y + 22}q7 -6 14 0t14 0t14 0t14 0t14 0t14 0`} />
      <text className={styles.clientName} x={x} y={y + 44}>
        {name}
      </text>
      <text className={styles.clientAddress} x={x} y={y + 59}>
        {address}
      </text>
    </g>
  )
}
