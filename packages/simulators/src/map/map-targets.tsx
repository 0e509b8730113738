import { classNames } from "../class-names.ts"
import type { Point } from "./geometry.ts"
import type { MapLayout, NodePlace, PodPlace, ServicePlace } from "./layout.ts"
import styles from "./map.module.css"
import type { PolicyNames } from "./policies.ts"

export interface MapTargetsProps {
  readonly layout: MapLayout
  readonly policies: PolicyNames
  readonly selectedService: string | undefined
  readonly onSelectService: (key: string | undefined) => void
}

const podText = ({ pod, key }: PodPlace, policies: PolicyNames): string => {
  const labels = Object.entries(pod.labels).map(([key, value]) => `${key}=${value}`)
  const condition = pod.terminating ? "terminating" : pod.ready ? "ready" : "not ready"
  const selected = (policies.get(key) ?? []).map((name) => `selected by NetworkPolicy ${name}`)
  return [`Pod ${pod.namespace}/${pod.name}`, pod.ip ?? "no IP", condition, ...labels, ...selected].join(" · ")
}

const nodeText = ({ node }: NodePlace): string =>
  [`Node ${node.name}`, node.internalIP, `pods ${node.podCIDR}`, ...(node.stopped ? ["stopped"] : [])].join(" · ")

const serviceText = ({ service: { metadata, spec } }: ServicePlace): string => {
  const selector = Object.entries(spec.selector ?? {}).map(([key, value]) => `${key}=${value}`)
  const ports = (spec.ports ?? []).map(({ port, targetPort, nodePort }) =>
    [`port ${port} → ${targetPort ?? port}`, ...(nodePort === undefined ? [] : [`node port ${nodePort}`])].join(", "),
  )
  return [
    `Service ${metadata.namespace ?? "default"}/${metadata.name}`,
    spec.type ?? "ClusterIP",
    spec.clusterIP ?? spec.externalName ?? "no cluster IP",
    ...ports,
    selector.length === 0 ? "no selector" : `selects ${selector.join(", ")}`,
  ].join(" · ")
}

const Tip = ({
  at,
  width,
  text,
  below = false,
}: {
  readonly at: Point
  readonly width: number
  readonly text: string
  readonly below?: boolean
}) => {
  const third = at.x / width
  return (
    <span
      className={classNames(
        styles.tip,
        below && styles.tipBelow,
        third < 0.34 && styles.tipRight,
        third > 0.66 && styles.tipLeft,
      )}
      aria-hidden="true"
    >
      {text}
    </span>
  )
}

/** Real buttons over the drawing: everything on the map can be reached, named and chosen from the keyboard. */
export function MapTargets({ layout, policies, selectedService, onSelectService }: MapTargetsProps) {
  const percent = (x: number, y: number, width: number, height: number) => ({
    left: `${(x / layout.width) * 100}%`,
    top: `${(y / layout.height) * 100}%`,
    width: `${(width / layout.width) * 100}%`,
    height: `${(height / layout.height) * 100}%`,
  })
  return (
    <ul className={styles.targets} aria-label="On the map">
      {layout.services.map((place) => {
        const { center, key } = place
        const selected = selectedService === key
        return (
          <li key={`service ${key}`}>
            <button
              type="button"
              className={styles.target}
              style={percent(center.x - 24, center.y - 30, 48, 56)}
              aria-pressed={selected}
              aria-label={`${serviceText(place)}. Light its pods`}
              onClick={() => onSelectService(selected ? undefined : key)}
            >
              <Tip at={center} width={layout.width} text={serviceText(place)} below />
            </button>
          </li>
        )
      })}
      {layout.nodes.map((place) => (
        <li key={`node ${place.node.name}`}>
          <button
            type="button"
            className={styles.target}
            style={percent(place.title.x - 6, place.title.y - 18, 110, layout.shape === "wide" ? 40 : 26)}
            aria-label={nodeText(place)}
          >
            <Tip at={place.title} width={layout.width} text={nodeText(place)} />
          </button>
        </li>
      ))}
      {layout.pods.map((place) => {
        const { box, key } = place
        return (
          <li key={`pod ${key}`}>
            <button
              type="button"
              className={styles.target}
              style={percent(box.x - 4, box.y - 4, box.width + 8, box.height + 24)}
              aria-label={podText(place, policies)}
            >
              <Tip at={box} width={layout.width} text={podText(place, policies)} />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
