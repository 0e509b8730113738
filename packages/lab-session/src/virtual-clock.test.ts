import { createCancellation, neverCancelled } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { createVirtualClock, runToEnd, type Turn } from "./virtual-clock.ts"

/** Enough rounds of microtasks for the few promises of these tests. */
const turn: Turn = async () => {
  for (let round = 0; round < 20; round += 1) await Promise.resolve()
}

const world = () => {
  let now = 0
  const cluster = {
    now: () => now,
    advance: (milliseconds: number) => {
      now += milliseconds
    },
    nextDue: () => undefined,
  }
  return { cluster, clock: createVirtualClock(cluster, turn) }
}

test("sleepers wake at their own time, in order, though time moves in one go", async () => {
  const { clock } = world()
  const woken: string[] = []
  const sleeper = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms, neverCancelled)
    woken.push(`${name} at ${clock.now()}`)
  }
  const all = [sleeper("late", 300), sleeper("early", 100), sleeper("too late", 900)]
  await clock.advanceTo(500)
  expect(woken).toEqual(["early at 100", "late at 300"])
  await clock.advanceTo(900)
  await Promise.all(all)
})

test("a loop that sleeps again and again gets every one of its turns", async () => {
  const { clock } = world()
  const ticks: number[] = []
  const loop = (async () => {
    for (let tick = 0; tick < 3; tick += 1) {
      ticks.push(clock.now())
      await clock.sleep(1_000, neverCancelled)
    }
  })()
  await clock.advanceTo(5_000)
  await loop
  expect(ticks).toEqual([0, 1_000, 2_000])
})

test("a cancelled sleeper wakes at once", async () => {
  const { clock } = world()
  const cancellation = createCancellation()
  const asleep = clock.sleep(60_000, cancellation)
  cancellation.cancel()
  await asleep
  expect(clock.now()).toBe(0)
  expect(clock.nextWake()).toBeUndefined()
})

test("a script runs to its end on virtual time alone", async () => {
  const { cluster, clock } = world()
  const script = (async () => {
    await clock.sleep(3_600_000, neverCancelled)
    return "done"
  })()
  expect(await runToEnd(script, cluster, clock, turn, 4_000_000)).toEqual({ ok: true, value: "done" })
})

test("a script that never ends is given up at the limit, and one that waits for nothing at once", async () => {
  const { cluster, clock } = world()
  const endless = (async () => {
    for (;;) await clock.sleep(1_000, neverCancelled)
  })()
  expect(await runToEnd(endless, cluster, clock, turn, 10_000)).toMatchObject({ ok: false, error: /within 10 s/ })
  const other = world()
  const stuck = new Promise<never>(() => undefined)
  expect(await runToEnd(stuck, other.cluster, other.clock, turn, 10_000)).toMatchObject({ ok: false })
})
