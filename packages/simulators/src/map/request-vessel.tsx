import type { Packet } from "@pilotage/routing-core"
import { useEffect, useRef } from "react"
import { classNames } from "../class-names.ts"
import { addressText } from "../trace-view/words.ts"
import { type Point, roundCorners, type Waypoint, waypoints } from "./geometry.ts"
import type { Leg } from "./journey.ts"
import styles from "./map.module.css"

export interface RequestVesselProps {
  readonly leg: Leg
  readonly bounds: { readonly width: number; readonly height: number }
  /** While true the vessel sails its leg and then calls `onArrive`; else it lies where the leg ends. */
  readonly sailing: boolean
  readonly onArrive?: (() => void) | undefined
  readonly msPerHop?: number
}

const PLATE_WIDTH = 174
const PAUSE_MS = 240

const shift = (point: Point): string => `translate(${point.x}px, ${point.y}px)`
const turn = (heading: number): string => `rotate(${heading}deg)`

/** The plate stays inside the drawing and above the vessel, or below it near the upper edge. */
const plateShift = (at: Point, bounds: RequestVesselProps["bounds"]): string => {
  const x = Math.min(Math.max(at.x, PLATE_WIDTH / 2 + 4), bounds.width - PLATE_WIDTH / 2 - 4)
  return `translate(${x}px, ${at.y > 74 ? at.y - 40 : at.y + 40}px)`
}

const frames = (way: readonly Waypoint[], transform: (point: Waypoint) => string): Keyframe[] => {
  const [first] = way
  if (first === undefined) return []
  return way.length === 1
    ? [{ transform: transform(first) }, { transform: transform(first) }]
    : way.map((point) => ({ transform: transform(point), offset: point.offset }))
}

/** What the packet looks like once this leg is sailed: after the rewrite, where the hop makes one. */
const cargo = (leg: Leg): { readonly packet: Packet; readonly before?: Packet } | undefined => {
  if (leg.stage.kind === "dns") return undefined
  const { entry, exit } = leg.stage.hop
  return { packet: exit ?? entry, before: entry }
}

const plateLine = (side: "source" | "destination", packet: Packet, before: Packet | undefined, y: number) => {
  const text = addressText(packet[side])
  const flipped = before !== undefined && addressText(before[side]) !== text
  return (
    <g key={`${side} ${text}`} className={classNames(flipped && styles.flipped)}>
      <text className={styles.plateSide} x={-PLATE_WIDTH / 2 + 8} y={y}>
        {side === "source" ? "from" : "to"}
      </text>
      <text className={styles.plateAddress} x={-PLATE_WIDTH / 2 + 40} y={y}>
        {text}
      </text>
    </g>
  )
}

/** A short vessel on its course; the plate above it carries the packet's addresses, and a rewrite flips the changed one only. */
export function RequestVessel({ leg, bounds, sailing, onArrive, msPerHop = 360 }: RequestVesselProps) {
  const hull = useRef<SVGGElement>(null)
  const bow = useRef<SVGGElement>(null)
  const plate = useRef<SVGGElement>(null)
  const arrive = useRef(onArrive)
  useEffect(() => {
    arrive.current = onArrive
  }, [onArrive])
  const way = waypoints(roundCorners(leg.course))
  const last = way.at(-1)

  useEffect(() => {
    if (!sailing) return
    const route = waypoints(roundCorners(leg.course))
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches
    const timing: KeyframeAnimationOptions = {
      duration: still ? 1 : msPerHop,
      easing: "cubic-bezier(0.45, 0.05, 0.35, 1)",
      fill: "backwards",
    }
    const runs = [
      hull.current?.animate(frames(route, shift), timing),
      bow.current?.animate(
        frames(route, (point) => turn(point.heading)),
        timing,
      ),
      plate.current?.animate(
        frames(route, (point) => plateShift(point, bounds)),
        { ...timing, endDelay: still ? PAUSE_MS + msPerHop : PAUSE_MS },
      ),
    ]
    const longest = runs[2]
    if (longest) longest.onfinish = () => arrive.current?.()
    return () => {
      for (const run of runs) run?.cancel()
    }
  }, [leg, sailing, msPerHop, bounds])

  if (last === undefined) return null
  const load = cargo(leg)
  return (
    <>
      <g ref={hull} style={{ transform: shift(last) }}>
        <g ref={bow} style={{ transform: turn(last.heading) }}>
          <path className={styles.vesselWake} d="M-24 0h-8M-20 -5h-6M-20 5h-6" />
          <path className={styles.vessel} d="M-14 -7h15q9 2 13 7q-4 5 -13 7h-15q-3 -7 0 -14z" />
          <path className={styles.vesselDeck} d="M-9 -2.500h9v5h-9z" />
        </g>
      </g>
      <g ref={plate} style={{ transform: plateShift(last, bounds) }} className={styles.plate}>
        {load !== undefined && (
          <>
            <rect className={styles.plateBody} x={-PLATE_WIDTH / 2} y={-20} width={PLATE_WIDTH} height={40} rx={5} />
            {plateLine("source", load.packet, load.before, -4)}
            {plateLine("destination", load.packet, load.before, 12)}
          </>
        )}
      </g>
    </>
  )
}
