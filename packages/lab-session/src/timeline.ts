import type { Cluster } from "@pilotage/embedded-cluster"

/** A session's past, to be looked at anywhere without replaying all of it. */
export interface Timeline {
  /**
   * A copy of the cluster as it was at that virtual time, all inputs of that moment done. What a replay of the log up to
   * there would give, byte for byte; times outside the session count as its start or its present.
   */
  readonly at: (time: number) => Cluster
  /** Lays one more buoy if the last one is far behind the present; true if another call would lay one more. */
  readonly lay: () => boolean
}

/** A copy that is kept: looking at a moment after it begins here. It has done the first `inputs` entries of the log. */
interface Buoy {
  readonly time: number
  readonly inputs: number
  readonly cluster: Cluster
}

export interface TimelineLimits {
  /** A buoy is laid after that many inputs, or after that much virtual time. */
  readonly inputs: number
  readonly milliseconds: number
  /** When there are more, every other one is taken up and the distances double: memory stays bounded. */
  readonly most: number
}

/** A copy takes about half a millisecond and a third of a MiB, an input as much time: to look anywhere costs some 10 ms. */
const defaultLimits: TimelineLimits = { inputs: 25, milliseconds: 600_000, most: 96 }

type Entries = ReturnType<Cluster["log"]>["entries"]

/** Lets the cluster do `entries` from the one with number `first` on, as far as they are not after `time`. */
const catchUp = (cluster: Cluster, entries: Entries, first: number, time: number): void => {
  for (let index = first; index < entries.length; index += 1) {
    const entry = entries[index]
    if (!entry || entry.at > time) break
    cluster.advance(entry.at - cluster.now())
    cluster.apply(entry.input)
  }
  cluster.advance(time - cluster.now())
}

/** The past of `present`, which began as `start` and goes on being changed by its owner. */
export const createTimeline = (start: Cluster, present: Cluster, limits: TimelineLimits = defaultLimits): Timeline => {
  const began = start.now()
  let distance = limits
  let buoys: readonly Buoy[] = [{ time: began, inputs: 0, cluster: start.fork() }]

  const lastBefore = (time: number): Buoy => {
    const [first] = buoys
    const buoy = buoys.findLast((each) => each.time <= time) ?? first
    if (!buoy) throw new Error("a timeline has its start")
    return buoy
  }

  const keep = (buoy: Buoy): void => {
    buoys = [...buoys, buoy]
    if (buoys.length <= distance.most) return
    buoys = buoys.filter((_, index) => index % 2 === 0)
    distance = { ...distance, inputs: distance.inputs * 2, milliseconds: distance.milliseconds * 2 }
  }

  /** The next buoy belongs here: behind so many inputs, or where time went by without any. Undefined: not yet. */
  const nextPlace = (from: Buoy, entries: Entries): number | undefined => {
    const byInputs = entries[from.inputs + distance.inputs - 1]?.at ?? Number.POSITIVE_INFINITY
    const time = Math.min(byInputs, from.time + distance.milliseconds)
    return time < present.now() ? time : undefined
  }

  const lay = (): boolean => {
    const { entries } = present.log()
    const from = lastBefore(Number.POSITIVE_INFINITY)
    const time = nextPlace(from, entries)
    if (time === undefined) return false
    const cluster = from.cluster.fork()
    catchUp(cluster, entries, from.inputs, time)
    const done = entries.findIndex((entry) => entry.at > time)
    const buoy: Buoy = { time, inputs: done < 0 ? entries.length : done, cluster }
    keep(buoy)
    return nextPlace(buoy, entries) !== undefined
  }

  return {
    lay,
    at(time) {
      const wanted = Math.min(Math.max(time, began), present.now())
      while (lastBefore(Number.POSITIVE_INFINITY).time < wanted && lay()) {
        // Whoever looks far ahead of the last buoy lays those on the way.
      }
      const from = lastBefore(wanted)
      const cluster = from.cluster.fork()
      catchUp(cluster, present.log().entries, from.inputs, wanted)
      return cluster
    },
  }
}
