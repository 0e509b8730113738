/** A place on the map, in the drawing's own units (one unit is one CSS pixel at full size). */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const centerOf = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })

const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y)

const towards = (from: Point, to: Point, by: number): Point => {
  const length = distance(from, to)
  return length === 0
    ? from
    : { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length }
}

/** The course without points that repeat their predecessor. */
const distinct = (points: readonly Point[]): readonly Point[] =>
  points.filter((point, index) => {
    const before = points[index - 1]
    return before === undefined || distance(before, point) > 0.01
  })

const CORNER_SAMPLES = [0.25, 0.5, 0.75] as const

/** A polyline with its corners rounded: each corner becomes five points of a quadratic curve. Ends stay where they are. */
export const roundCorners = (course: readonly Point[], radius = 9): readonly Point[] => {
  const points = distinct(course)
  return points.flatMap((corner, index): readonly Point[] => {
    const before = points[index - 1]
    const after = points[index + 1]
    if (before === undefined || after === undefined) return [corner]
    const cut = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2)
    const start = towards(corner, before, cut)
    const end = towards(corner, after, cut)
    const curve = CORNER_SAMPLES.map((t) => ({
      x: (1 - t) ** 2 * start.x + 2 * (1 - t) * t * corner.x + t ** 2 * end.x,
      y: (1 - t) ** 2 * start.y + 2 * (1 - t) * t * corner.y + t ** 2 * end.y,
    }))
    return [start, ...curve, end]
  })
}

const rounded = (value: number): number => Math.round(value * 10) / 10

/** The `d` attribute of a path through the points. */
export const pathData = (points: readonly Point[]): string =>
  points.map((point, index) => `${index === 0 ? "M" : "L"}${rounded(point.x)} ${rounded(point.y)}`).join("")

/** One moment of a vessel's way: `offset` in [0, 1] of the way's length, `heading` in degrees, never jumping by more than 180. */
export interface Waypoint extends Point {
  readonly offset: number
  readonly heading: number
}

const DEGREES = 180 / Math.PI

const unwrap = (heading: number, previous: number): number => {
  const turn = ((heading - previous + 540) % 360) - 180
  return previous + turn
}

/** Where a vessel is and where it points while it sails along the points at an even speed. A way without length has one waypoint. */
export const waypoints = (points: readonly Point[], initialHeading = 0): readonly Waypoint[] => {
  const way = distinct(points)
  const total = way.reduce((sum, point, index) => sum + distance(way[index - 1] ?? point, point), 0)
  let sailed = 0
  let heading = initialHeading
  return way.map((point, index) => {
    const before = way[index - 1]
    const after = way[index + 1]
    if (before !== undefined) sailed += distance(before, point)
    const [from, to] = after !== undefined ? [point, after] : [before ?? point, point]
    if (distance(from, to) > 0) heading = unwrap(Math.atan2(to.y - from.y, to.x - from.x) * DEGREES, heading)
    return { ...point, offset: total === 0 ? 0 : Math.min(1, sailed / total), heading }
  })
}
