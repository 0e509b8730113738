import type { PodFacts } from "@pilotage/routing-core"
import { classNames } from "../class-names.ts"
import type { Box } from "../map/geometry.ts"
import styles from "./marks.module.css"

export interface PodMarkProps {
  readonly pod: PodFacts
  readonly box: Box
  readonly lit?: boolean
  readonly dimmed?: boolean
  /** The pod that sends the request carries a small boat. */
  readonly sends?: boolean
  /** A NetworkPolicy selects it: it stands within a boom. */
  readonly fenced?: boolean
}

/** `web-7d4b9c-x2k8p` → `…x2k8p`: what tells pods of one Deployment apart is at the end. */
const shortName = (name: string): string => (name.length <= 11 ? name : `…${name.slice(name.lastIndexOf("-") + 1)}`)

/** Two letters that stand for the app: of its `app` label, else of its name. */
const initials = (pod: PodFacts): string =>
  (pod.labels.app ?? pod.labels["app.kubernetes.io/name"] ?? pod.name).slice(0, 2)

/** A small rounded square: filled when ready, outlined when not, hatched while it terminates. */
export function PodMark({ pod, box, lit = false, dimmed = false, sends = false, fenced = false }: PodMarkProps) {
  const state = pod.terminating ? styles.podTerminating : pod.ready ? styles.podReady : styles.podNotReady
  const cx = box.x + box.width / 2
  return (
    <g className={classNames(styles.pod, state, lit && styles.lit, dimmed && styles.dimmed)}>
      {lit && (
        <rect
          className={styles.halo}
          x={box.x - 5}
          y={box.y - 5}
          width={box.width + 10}
          height={box.height + 10}
          rx={12}
        />
      )}
      {fenced && (
        <rect
          className={styles.boom}
          x={box.x - 4}
          y={box.y - 4}
          width={box.width + 8}
          height={box.height + 8}
          rx={11}
        />
      )}
      <rect className={styles.podBody} x={box.x} y={box.y} width={box.width} height={box.height} rx={8} />
      {pod.terminating && (
        <path
          className={styles.hatch}
          d={`M${box.x + 4} ${box.y + 26}l22 -22M${box.x + 4} ${box.y + 40}l36 -36M${box.x + 18} ${box.y + 40}l22 -22`}
        />
      )}
      <text className={styles.podInitials} x={cx} y={box.y + box.height / 2 + 5}>
        {initials(pod)}
      </text>
      {sends && (
        <path
          className={styles.smallBoat}
          d={`M${box.x + box.width - 9} ${box.y - 4}h18l-4 7h-10zM${box.x + box.width} ${box.y - 5}v-9l7 7z`}
        />
      )}
      <text className={styles.podName} x={cx} y={box.y + box.height + 15}>
        {shortName(pod.name)}
      </text>
    </g>
  )
}
