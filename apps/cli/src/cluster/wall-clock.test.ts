import { createCluster } from "@pilotage/embedded-cluster"
import { expect, test } from "vitest"
import { followWallClock } from "./wall-clock.ts"

const START = 1_767_603_600_000

/** A wall clock that stands still until it is moved; timers ring when it passes them. */
const wall = () => {
  const state = { now: START, timers: new Set<{ readonly at: number; readonly wake: () => void }>() }
  return {
    state,
    timekeeping: {
      now: () => state.now,
      after: (milliseconds: number, wake: () => void) => {
        const timer = { at: state.now + milliseconds, wake }
        state.timers.add(timer)
        return () => state.timers.delete(timer)
      },
    },
    pass: (milliseconds: number) => {
      state.now += milliseconds
      for (const timer of [...state.timers].filter(({ at }) => at <= state.now)) {
        state.timers.delete(timer)
        timer.wake()
      }
    },
  }
}

const idleCluster = () => {
  const created = createCluster({ seed: 1, startTime: START })
  if (!created.ok) throw new Error(created.error.message)
  return created.value
}

const POD = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "web" },
  spec: { containers: [{ name: "web", image: "nginx" }] },
}

const podPhase = (cluster: ReturnType<typeof idleCluster>): unknown => {
  const answer = cluster.request({ method: "GET", path: "/api/v1/namespaces/default/pods/web" })
  return (answer as { body?: { status?: { phase?: string } } }).body?.status?.phase
}

test("an idle cluster has one timer, for the next thing that is due, and none when it is stopped", () => {
  const cluster = idleCluster()
  const { state, timekeeping } = wall()
  const clock = followWallClock(cluster, timekeeping)
  expect([...state.timers].map(({ at }) => at)).toEqual([cluster.nextDue()])
  for (let round = 0; round < 5; round += 1) clock.at(() => undefined)
  expect(state.timers.size).toBe(1)
  clock.stop()
  clock.at(() => undefined)
  expect(state.timers.size).toBe(0)
})

test("what a request makes due happens on the wall clock, without another request", () => {
  const cluster = idleCluster()
  const { timekeeping, pass } = wall()
  const clock = followWallClock(cluster, timekeeping)
  clock.at(() =>
    cluster.request({
      method: "POST",
      path: "/api/v1/namespaces/default/pods",
      headers: { "content-type": "application/json" },
      body: POD,
    }),
  )
  expect(podPhase(cluster)).toBe("Pending")
  for (let second = 0; second < 10; second += 1) pass(1000)
  expect(podPhase(cluster)).toBe("Running")
  expect(cluster.now()).toBeLessThanOrEqual(START + 10_000)
})

test("a request finds the cluster at the present time", () => {
  const cluster = idleCluster()
  const { timekeeping, state } = wall()
  const clock = followWallClock(cluster, timekeeping)
  state.now += 1234
  expect(clock.at(cluster.now)).toBe(START + 1234)
})

test("a wall clock that is set back does not turn the cluster's time back", () => {
  const cluster = idleCluster()
  const { timekeeping, state } = wall()
  const clock = followWallClock(cluster, timekeeping)
  state.now -= 3_600_000
  expect(clock.at(cluster.now)).toBe(START)
})

test("a timer is set again after a request that failed", () => {
  const cluster = idleCluster()
  const { state, timekeeping } = wall()
  const clock = followWallClock(cluster, timekeeping)
  expect(() =>
    clock.at(() => {
      throw new Error("no")
    }),
  ).toThrow("no")
  expect(state.timers.size).toBe(1)
})
