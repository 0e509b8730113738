import type { ClusterState, Place, Trace } from "@pilotage/routing-core"
import { classNames } from "../class-names.ts"
import { ClientMark } from "../marks/client-mark.tsx"
import { LighthouseMark } from "../marks/lighthouse-mark.tsx"
import { NodeLabels, NodeMark } from "../marks/node-mark.tsx"
import { PodMark } from "../marks/pod-mark.tsx"
import { routeClass } from "../marks/route-style.ts"
import { ServiceMark } from "../marks/service-mark.tsx"
import { VerdictRing } from "../marks/verdict-ring.tsx"
import type { Point } from "./geometry.ts"
import { journey, type Leg } from "./journey.ts"
import { type MapLayout, objectKey } from "./layout.ts"
import styles from "./map.module.css"
import type { PolicyNames } from "./policies.ts"
import { RequestVessel } from "./request-vessel.tsx"
import { RouteLine } from "./route-line.tsx"
import { Water } from "./water.tsx"

export interface ChartDrawingProps {
  readonly state: ClusterState
  readonly layout: MapLayout
  readonly trace?: Trace | undefined
  readonly step?: number | undefined
  readonly sailing?: boolean
  readonly onArrive?: (() => void) | undefined
  readonly others?: readonly Trace[]
  readonly lane?: number
  readonly lit: ReadonlySet<string> | undefined
  readonly policies: PolicyNames
  readonly selected: string | undefined
  readonly outsideClient?: { readonly name: string; readonly address: string }
}

/** The Service whose rule acts at this leg, if any: its buoy lights up and a tether joins it to the node. */
const actingService = (trace: Trace | undefined, leg: Leg | undefined): string | undefined => {
  if (trace === undefined || leg?.stage.kind !== "hop") return undefined
  const { hop } = leg.stage
  if (hop.at.kind !== "node" || hop.action === "forward" || hop.action === "send") return undefined
  if (hop.cause?.object.kind === "NetworkPolicy") return undefined
  const service = hop.cause?.object.kind === "Service" ? hop.cause.object : trace.route.service
  return service === undefined ? undefined : objectKey(service.namespace, service.name)
}

/** From the node's strip up and over to the buoy from below, clear of what is written beside it. */
const tether = (from: Point, buoy: Point): string =>
  `M${from.x} ${from.y}C${from.x} ${buoy.y + 34} ${buoy.x} ${buoy.y + 76} ${buoy.x} ${buoy.y + 20}`

const actingNode = (place: Place | undefined): string | undefined => (place?.kind === "node" ? place.name : undefined)

/** The drawing itself. It is hidden from assistive technology: MapTargets and HopTable say the same in words. */
export function ChartDrawing(props: ChartDrawingProps) {
  const { layout, trace, lit, policies, others = [], lane = others.length } = props
  const legs = trace === undefined ? [] : journey(layout, trace, lane)
  const index = Math.min(props.step ?? legs.length - 1, legs.length - 1)
  const leg = legs[index]
  const ended = trace !== undefined && leg !== undefined && index === legs.length - 1 && props.sailing !== true
  const routing = leg?.stage.kind === "hop" ? actingNode(leg.stage.hop.at) : undefined
  const service = actingService(trace, leg)
  const buoy = layout.services.find(({ key }) => key === service)
  const sender = trace?.request.from.kind === "pod" ? trace.request.from : undefined
  const senderKey = sender === undefined ? undefined : objectKey(sender.namespace, sender.name)
  const client = props.outsideClient ?? { name: "outside client", address: "203.0.113.7" }
  return (
    <svg className={styles.chart} viewBox={`0 0 ${layout.width} ${layout.height}`} aria-hidden="true" focusable="false">
      <Water layout={layout} />
      {layout.nodes.map((place) => (
        <NodeMark key={place.node.name} place={place} acting={place.node.name === routing} />
      ))}
      {others
        .map((other, at) => ({ other, otherLane: at < lane ? at : at + 1 }))
        .map(({ other, otherLane }) => (
          <RouteLine key={otherLane} trace={other} legs={journey(layout, other, otherLane)} pale />
        ))}
      {trace !== undefined && <RouteLine trace={trace} legs={legs.slice(0, index + 1)} />}
      {layout.nodes.map((place) => (
        <NodeLabels
          key={place.node.name}
          place={place}
          vertical={layout.shape === "narrow"}
          acting={place.node.name === routing}
        />
      ))}
      {buoy !== undefined && leg !== undefined && (
        <path
          className={classNames(styles.tether, routeClass(trace?.route.kind ?? "direct"))}
          d={tether(leg.at, buoy.center)}
        />
      )}
      {layout.services.map((place) => (
        <ServiceMark
          key={place.key}
          service={place.service}
          center={place.center}
          lit={place.key === service || place.key === props.selected}
        />
      ))}
      {layout.lighthouses.map(({ service: owner, center }) => (
        <LighthouseMark
          key={owner.metadata.name}
          at={center}
          address={owner.status?.loadBalancer?.ingress?.[0]?.ip}
          port={owner.spec.ports?.[0]?.port}
        />
      ))}
      {layout.pods.map(({ key, pod, box }) => (
        <PodMark
          key={key}
          pod={pod}
          box={box}
          lit={lit?.has(key) === true}
          dimmed={lit !== undefined && !lit.has(key)}
          sends={key === senderKey}
          fenced={policies.has(key)}
        />
      ))}
      <ClientMark at={layout.ship} {...client} />
      {trace !== undefined && leg !== undefined && !ended && (
        <g className={routeClass(trace.route.kind)}>
          <RequestVessel leg={leg} bounds={layout} sailing={props.sailing === true} onArrive={props.onArrive} />
        </g>
      )}
      {ended && leg !== undefined && trace !== undefined && (
        <VerdictRing at={{ x: leg.at.x, y: leg.at.y - 10 }} verdict={trace.verdict} />
      )}
    </svg>
  )
}
