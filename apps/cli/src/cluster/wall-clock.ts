import type { Cluster } from "@pilotage/embedded-cluster"

/** What the clock needs of the world. */
export interface Timekeeping {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Calls back once, after so many milliseconds; returns how to cancel it. */
  readonly after: (milliseconds: number, wake: () => void) => () => void
}

export const systemTime: Timekeeping = {
  now: Date.now,
  after: (milliseconds, wake) => {
    const timer = setTimeout(wake, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** Of setTimeout: 2^31 - 1 ms. */
const LONGEST_MS = 2_147_483_647

/** Lets a cluster's time follow the wall clock. */
export interface WallClock {
  /** Does `work` at the present time, and sees to whatever it made due. */
  readonly at: <T>(work: () => T) => T
  readonly stop: () => void
}

/** Sleeps until the next thing is due: an idle cluster costs one timer. The cluster's time never goes back. */
export const followWallClock = (cluster: Cluster, { now, after }: Timekeeping): WallClock => {
  let cancel = (): void => {}
  let stopped = false
  const catchUp = (): void => cluster.advance(now() - cluster.now())
  const sleep = (): void => {
    cancel()
    const due = cluster.nextDue()
    if (due === undefined || stopped) return
    cancel = after(Math.min(Math.max(due - now(), 0), LONGEST_MS), () => {
      catchUp()
      sleep()
    })
  }
  sleep()
  return {
    at: (work) => {
      catchUp()
      try {
        return work()
      } finally {
        sleep()
      }
    },
    stop: () => {
      stopped = true
      cancel()
    },
  }
}
