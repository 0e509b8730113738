import type { Trace } from "@pilotage/routing-core"
import { classNames } from "../class-names.ts"
import { routeClass } from "../marks/route-style.ts"
import { pathData, roundCorners } from "./geometry.ts"
import type { Leg } from "./journey.ts"
import styles from "./map.module.css"

export interface RouteLineProps {
  readonly trace: Trace
  readonly legs: readonly Leg[]
  /** A route that is not the reader's current one is drawn pale. */
  readonly pale?: boolean
}

/** The whole course of a request in its route's colour and line: solid, dashed, or double. */
export function RouteLine({ trace, legs, pale = false }: RouteLineProps) {
  const course = legs.flatMap((leg) => leg.course)
  if (course.length < 2) return null
  const d = pathData(roundCorners(course))
  return (
    <g className={classNames(styles.route, routeClass(trace.route.kind), pale && styles.routePale)}>
      <path className={styles.routeLine} d={d} />
      {trace.route.kind === "LoadBalancer" && <path className={styles.routeInner} d={d} />}
    </g>
  )
}
