import { type Cluster, replayCluster, restoreCluster } from "@pilotage/embedded-cluster"
import type { KubeObject } from "@pilotage/kube-model"
import { DEPLOYMENTS, deployment, learnerInputs, post, SERVICES, service, startCluster, untilReady } from "./cluster.ts"
import { type Figure, heapOf, least, timed } from "./measure.ts"

const CONFIG_MAPS = "/api/v1/namespaces/default/configmaps"
const MERGE = { "content-type": "application/merge-patch+json" }

/** 50 pods that run, 20 Services, and a history of 5,000 events. */
const idle = (seed: number): Cluster => {
  const cluster = startCluster(seed)
  const already = 20
  post(cluster, DEPLOYMENTS, deployment("web", 50 - already))
  for (let index = 0; index < 18; index += 1) post(cluster, SERVICES, service(`web-${index}`))
  untilReady(cluster, "web", 50 - already)
  post(cluster, CONFIG_MAPS, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "noted", namespace: "default" } })
  for (let index = 0; index < 5_000; index += 1)
    cluster.request({
      method: "PATCH",
      path: `${CONFIG_MAPS}/noted`,
      headers: MERGE,
      body: { data: { n: `${index}` } },
    })
  return cluster
}

const memoryOfIdle = (): Figure => {
  const clusters = 5
  idle(0)
  const value = heapOf(() => Array.from({ length: clusters }, (_, seed) => idle(seed))) / clusters
  return { name: "an idle cluster: 50 pods, 20 Services, 5,000 events", value, unit: "MiB", aim: 2 }
}

/** Each with objects of its own: a fork would share them. */
const thousandClusters = (): Figure => {
  const like = idle(1)
  const text = JSON.stringify({ ...like.snapshot(), data: { ...(like.snapshot().data as object), entries: [] } })
  const restore = (): Cluster => {
    const restored = restoreCluster(like.options, JSON.parse(text))
    if (!restored.ok) throw new Error(restored.error.message)
    return restored.value
  }
  const value = heapOf(() => Array.from({ length: 1_000 }, restore)) / 1024
  return {
    name: "1,000 clusters of 50 pods and 20 Services",
    value,
    unit: "GiB",
    aim: 2.5,
    note: "restored, without the past that the figure above has",
  }
}

const POD = "Pod"
const RUNS = 2

/** Processor time too: a crowd starts in one thread, and other programs want it as well. */
const tenThousand = (): Figure => {
  const busy: number[] = []
  const wall: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const cluster = startCluster(1, 100)
    const running = new Set<string>()
    cluster.subscribe((event) => {
      if (event.kind !== "object" || event.object.kind !== POD || event.object.metadata.namespace !== "default") return
      const { phase } = (event.object.status ?? {}) as { readonly phase?: string }
      if (phase === "Running") running.add(event.object.metadata.name)
    })
    const before = process.threadCpuUsage()
    wall.push(
      timed(() => {
        for (let group = 0; group < 10; group += 1) post(cluster, DEPLOYMENTS, deployment(`web-${group}`, 1_000))
        for (let seconds = 0; seconds < 60 && running.size < 10_000; seconds += 1) cluster.advance(500)
      }),
    )
    if (running.size < 10_000) throw new Error(`only ${running.size} pods run`)
    const { user, system } = process.threadCpuUsage(before)
    busy.push((user + system) / 1000)
  }
  const note = `the least of ${RUNS}; ${Math.round(least(busy))} ms on a processor`
  return { name: "10,000 pods Running, of 10 Deployments", value: least(wall), unit: "ms", aim: 2_000, note }
}

const nodeObject = (index: number): KubeObject => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: `far-${index}` },
  spec: {
    podCIDR: `10.${64 + (index >> 8)}.${index & 255}.0/24`,
    podCIDRs: [`10.${64 + (index >> 8)}.${index & 255}.0/24`],
  },
})

/** Pods that are told their node, as kwok's own measure has them: a hundred on each. */
const hundredThousand = (): Figure => {
  let ms = 0
  const value = heapOf(() => {
    const cluster = startCluster(1, 100)
    ms = timed(() => {
      for (let index = 100; index < 1_000; index += 1) post(cluster, "/api/v1/nodes", nodeObject(index))
      const names = Array.from({ length: 1_000 }, (_, index) => (index < 100 ? `node-${index + 1}` : `far-${index}`))
      for (let index = 0; index < 100_000; index += 1)
        post(cluster, "/api/v1/namespaces/default/pods", {
          apiVersion: "v1",
          kind: "Pod",
          metadata: { name: `p-${index}`, namespace: "default", labels: { app: `a-${index % 100}` } },
          spec: { nodeName: names[index % 1_000], containers: [{ name: "web", image: "nginx:1.22" }] },
        })
      cluster.advance(5_000)
    })
    return cluster
  })
  return {
    name: "1,000 nodes and 100,000 pods",
    value,
    unit: "MiB",
    aim: 600,
    note: `heap after a collection; made in ${(ms / 1000).toFixed(0)} s`,
  }
}

const longReplay = (): Figure => {
  const cluster = startCluster(1)
  for (let round = 0; round < 10; round += 1)
    for (const input of learnerInputs) {
      cluster.apply(input)
      cluster.advance(70)
    }
  const log = cluster.log()
  const value = least(
    Array.from({ length: 7 }, () =>
      timed(() => {
        const replayed = replayCluster(cluster.options, log)
        if (!replayed.ok) throw new Error(replayed.error.message)
      }),
    ),
  )
  return {
    name: `replay of a log of ${log.entries.length} inputs`,
    value,
    unit: "ms",
    aim: 300,
    note: "the least of 7",
  }
}

/** Many pods, many clusters, long logs; in this process. */
export const populationFigures = (): readonly Figure[] => [
  memoryOfIdle(),
  thousandClusters(),
  tenThousand(),
  hundredThousand(),
  longReplay(),
]
