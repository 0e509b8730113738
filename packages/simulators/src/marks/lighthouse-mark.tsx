import { classNames } from "../class-names.ts"
import type { Point } from "../map/geometry.ts"
import styles from "./marks.module.css"

export interface LighthouseMarkProps {
  readonly at: Point
  /** The address that the load balancer got; absent while `<pending>`: then it is unlit. */
  readonly address: string | undefined
  readonly port: number | undefined
}

/** A load balancer: a lighthouse outside the breakwater. */
export function LighthouseMark({ at: { x, y }, address, port }: LighthouseMarkProps) {
  const lit = address !== undefined
  return (
    <g className={classNames(styles.lighthouse, !lit && styles.unlit)}>
      {lit && <path className={styles.beam} d={`M${x} ${y - 22}l-44 -11v22zM${x} ${y - 22}l44 -11v22z`} />}
      <path className={styles.tower} d={`M${x - 7} ${y - 14}h14l5 38h-24z`} />
      <path className={styles.band} d={`M${x - 8.6} ${y - 2}h17.2l1.4 10h-20z`} />
      <rect className={styles.lamp} x={x - 5} y={y - 28} width={10} height={12} rx={2} />
      <path className={styles.roof} d={`M${x - 8} ${y - 28}l8 -7l8 7z`} />
      <text className={styles.clientAddress} x={x} y={y + 39}>
        {lit ? address : "<pending>"}
      </text>
      {lit && port !== undefined && (
        <text className={styles.clientAddress} x={x} y={y + 53}>
          :{port}
        </text>
      )}
    </g>
  )
}
