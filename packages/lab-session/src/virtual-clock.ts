import type { Cluster } from "@pilotage/embedded-cluster"
import { type Cancellation, err, ok, type Result } from "@pilotage/kube-model"
import type { Clock } from "@pilotage/terminal"

/**
 * Lets everything that can go on go on, and comes back when all promises that are ready have been dealt with: a turn of
 * the host's event loop (`setImmediate`, a message to oneself).
 */
export type Turn = () => Promise<void>

export interface VirtualClock extends Clock {
  /** Moves the cluster's time on, stopping at each sleeper so that it wakes at its own moment. */
  readonly advanceTo: (time: number) => Promise<void>
  /** When the next sleeper wakes; undefined when nobody sleeps. */
  readonly nextWake: () => number | undefined
}

interface Sleeper {
  readonly due: number
  readonly wake: () => void
}

/** A clock for programs that run beside the cluster and on its time. */
export const createVirtualClock = (cluster: Pick<Cluster, "now" | "advance">, turn: Turn): VirtualClock => {
  let sleepers: readonly Sleeper[] = []
  const nextWake = (): number | undefined => sleepers[0]?.due
  const wakeDue = (): void => {
    const now = cluster.now()
    const due = sleepers.filter((sleeper) => sleeper.due <= now)
    sleepers = sleepers.filter((sleeper) => sleeper.due > now)
    for (const sleeper of due) sleeper.wake()
  }
  return {
    now: cluster.now,
    nextWake,
    sleep: (milliseconds, cancellation: Cancellation) =>
      new Promise((resolve) => {
        if (cancellation.cancelled) return resolve()
        const finish = (): void => {
          sleepers = sleepers.filter((each) => each !== sleeper)
          stopListening()
          resolve()
        }
        const sleeper: Sleeper = { due: cluster.now() + Math.max(0, milliseconds), wake: finish }
        const place = sleepers.findIndex((each) => each.due > sleeper.due)
        sleepers = place < 0 ? [...sleepers, sleeper] : sleepers.toSpliced(place, 0, sleeper)
        const stopListening = cancellation.onCancel(finish)
      }),
    async advanceTo(time) {
      await turn()
      for (let due = nextWake(); due !== undefined && due <= time; due = nextWake()) {
        cluster.advance(due - cluster.now())
        wakeDue()
        await turn()
      }
      cluster.advance(time - cluster.now())
      await turn()
    },
  }
}

/** Wakings that one program may ask for: a loop that does nothing takes hardly any time, and would go on for hours. */
const MOST_WAKINGS = 1_000_000

/**
 * Runs a program to its end without waiting for real time: whenever nothing more can be done now, time jumps to the next
 * sleeper or the next thing due in the cluster. An error says that the virtual limit was reached.
 */
export const runToEnd = async <T>(
  program: Promise<T>,
  cluster: Pick<Cluster, "now" | "advance" | "nextDue">,
  clock: VirtualClock,
  turn: Turn,
  limitMs: number,
): Promise<Result<T, string>> => {
  let outcome: Result<T, unknown> | undefined
  program.then(
    (value) => {
      outcome = ok(value)
    },
    (error: unknown) => {
      outcome = err(error)
    },
  )
  const end = cluster.now() + limitMs
  for (let wakings = 0; wakings < MOST_WAKINGS; wakings += 1) {
    await turn()
    if (outcome?.ok) return outcome
    if (outcome) throw outcome.error
    const wake = clock.nextWake()
    const due = cluster.nextDue()
    const next = Math.min(wake ?? Number.POSITIVE_INFINITY, due ?? Number.POSITIVE_INFINITY)
    if (next === Number.POSITIVE_INFINITY) return err("the script waits for something that never comes")
    if (next > end) return err(`the script did not end within ${limitMs / 1000} s of the cluster's time`)
    await clock.advanceTo(next)
  }
  return err(`the script did not end within ${MOST_WAKINGS} steps`)
}
