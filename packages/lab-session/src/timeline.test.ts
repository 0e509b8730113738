import { type Cluster, replayCluster } from "@pilotage/embedded-cluster"
import { createRandom } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { labClusterOptions, startCluster } from "./lab-cluster.ts"
import { demoLab, repair } from "./testing/demo-lab.ts"
import { createTimeline } from "./timeline.ts"

const SEED = 7

const start = (): Cluster => {
  const cluster = startCluster(demoLab, SEED)
  if (!cluster.ok) throw new Error(cluster.error.message)
  return cluster.value
}

/** What a learner might do: writes, requests from outside, several inputs at one moment, and pauses. */
const play = (cluster: Cluster, inputs: number, seed: number): void => {
  const random = createRandom(seed)
  for (let index = 0; index < inputs; index += 1) {
    const chance = random.next()
    if (chance < 0.1) cluster.request(repair)
    else if (chance < 0.4)
      cluster.request({
        method: "PATCH",
        path: "/apis/apps/v1/namespaces/default/deployments/web/scale",
        headers: { "content-type": "application/merge-patch+json" },
        body: { spec: { replicas: 1 + (index % 3) } },
      })
    else cluster.http({ kind: "outside", ip: "203.0.113.7" }, { method: "GET", url: "http://172.18.0.2:80" })
    if (chance < 0.8) cluster.advance(Math.floor(chance * 4_000))
  }
}

const replayed = (cluster: Cluster, time: number): Cluster => {
  const log = cluster.log()
  const until = { ...log, entries: log.entries.filter(({ at }) => at <= time), until: time }
  const result = replayCluster(labClusterOptions(demoLab, SEED), until)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

/** Compared as a whole: what differs between two clusters is too long to print. */
const same = (a: Cluster, b: Cluster): boolean => JSON.stringify(a.snapshot()) === JSON.stringify(b.snapshot())

const limits = { inputs: 5, milliseconds: 20_000, most: 6 }

test("a moment of the past is byte for byte what a replay of the log gives", () => {
  const cluster = start()
  const timeline = createTimeline(cluster, cluster, limits)
  play(cluster, 40, 1)
  const random = createRandom(2)
  const [from, to] = [start().now(), cluster.now()]
  for (let look = 0; look < 5; look += 1) {
    const time = from + Math.floor(random.next() * (to - from))
    expect(same(timeline.at(time), replayed(cluster, time)), `at ${time}`).toBe(true)
  }
})

test("all inputs of a moment are done when one looks at it", () => {
  const cluster = start()
  const timeline = createTimeline(cluster, cluster, { ...limits, inputs: 2 })
  for (let input = 0; input < 5; input += 1) cluster.request(repair)
  const moment = cluster.now()
  cluster.advance(5_000)
  expect(timeline.at(moment).log().entries).toHaveLength(5)
  expect(timeline.at(moment + 1).log().entries).toHaveLength(5)
})

test("the past stays as it was while the present goes on, whatever one does to a copy of it", () => {
  const cluster = start()
  const timeline = createTimeline(cluster, cluster, limits)
  play(cluster, 20, 3)
  const time = cluster.now() - 1_000
  const before = timeline.at(time)
  timeline.at(time).request(repair)
  play(cluster, 40, 4)
  while (timeline.lay()) {
    // All that there is to lay.
  }
  expect(same(timeline.at(time), before)).toBe(true)
})

test("times outside the session are its start and its present", () => {
  const cluster = start()
  const began = cluster.now()
  const timeline = createTimeline(cluster, cluster, limits)
  play(cluster, 10, 5)
  expect(timeline.at(0).now()).toBe(began)
  expect(timeline.at(cluster.now() + 1e9).now()).toBe(cluster.now())
})

test("a session of 200 inputs has a buoy for every ten of them, or a little more where several fall on one moment", () => {
  const cluster = start()
  const timeline = createTimeline(cluster, cluster, { inputs: 10, milliseconds: 1e9, most: 100 })
  play(cluster, 200, 6)
  let laid = 1
  while (timeline.lay()) laid += 1
  expect(laid).toBeGreaterThanOrEqual(15)
  expect(laid).toBeLessThanOrEqual(20)
})
