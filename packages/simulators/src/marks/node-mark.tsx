import { classNames } from "../class-names.ts"
import type { NodePlace } from "../map/layout.ts"
import styles from "./marks.module.css"

export interface NodeMarkProps {
  readonly place: NodePlace
  /** The node whose kube-proxy rules act at this moment. */
  readonly acting?: boolean
}

/** A quay: a wide panel with name and address; kube-proxy is the strip at its edge, where routing happens. */
export function NodeMark({ place, acting = false }: NodeMarkProps) {
  const { box, strip, node } = place
  const bollards = [0.2, 0.8].map((at) => ({ x: box.x + box.width * at, y: box.y + box.height }))
  return (
    <g className={classNames(styles.node, node.stopped === true && styles.stopped)}>
      <rect className={styles.quay} {...box} rx={6} />
      {bollards.map((at) => (
        <path key={at.x} className={styles.bollard} d={`M${at.x - 9} ${at.y}v-5h18v5z`} />
      ))}
      <rect className={classNames(styles.strip, acting && styles.stripActing)} {...strip} rx={5} />
    </g>
  )
}

export interface NodeLabelsProps {
  readonly place: NodePlace
  /** The strip runs down the node's left edge, not along its top. */
  readonly vertical: boolean
  readonly acting?: boolean
}

/** What is written on a node; drawn above the routes that pass it. */
export function NodeLabels({ place, vertical, acting = false }: NodeLabelsProps) {
  const { strip, title, node } = place
  const middle = { x: strip.x + strip.width / 2, y: strip.y + strip.height / 2 }
  return (
    <g
      className={classNames(
        styles.node,
        styles.labels,
        acting && styles.labelsActing,
        node.stopped === true && styles.stopped,
      )}
    >
      <text
        className={styles.stripLabel}
        x={vertical ? middle.x : strip.x + strip.width - 10}
        y={vertical ? middle.y : middle.y + 3.5}
        {...(vertical
          ? {
              transform: `rotate(-90 ${middle.x} ${strip.y + strip.height - 10}) translate(0 3.5)`,
              y: strip.y + strip.height - 10,
              textAnchor: "start" as const,
            }
          : { textAnchor: "end" as const })}
      >
        kube-proxy
      </text>
      <text className={styles.nodeName} x={title.x} y={title.y}>
        {node.name}
      </text>
      <text className={styles.address} x={vertical ? title.x + 62 : title.x} y={vertical ? title.y : title.y + 17}>
        {node.internalIP}
        {node.stopped === true ? " · stopped" : ""}
      </text>
    </g>
  )
}
