import { replayCluster } from "@pilotage/embedded-cluster"
import { compile, trace } from "@pilotage/routing-core"
import { DEPLOYMENTS, deployment, learnerInputs, post, SERVICES, service, startCluster, untilReady } from "./cluster.ts"
import { listAndWatchFigures } from "./lists-and-watches.ts"
import { type Figure, heapOf, median, timed } from "./measure.ts"

const start = (): Figure => {
  let seed = 0
  const value = median(15, () => {
    seed += 1
    return timed(() => startCluster(seed))
  })
  return { name: "engine start", value, unit: "ms", aim: 10 }
}

const memory = (): Figure => {
  const clusters = 50
  startCluster(0)
  const value = heapOf(() => Array.from({ length: clusters }, (_, seed) => startCluster(seed))) / clusters
  return { name: "memory of an idle cluster", value, unit: "MiB", aim: 2 }
}

const oneTrace = (): Figure => {
  const cluster = startCluster(1)
  post(cluster, DEPLOYMENTS, deployment("web", 3))
  post(cluster, SERVICES, service("web"))
  untilReady(cluster, "web", 3)
  const state = cluster.state()
  const table = compile(state)
  if (!table.ok) throw new Error(table.error.message)
  const pod = state.pods.find((each) => each.name.startsWith("web-"))
  if (!pod) throw new Error("there is no pod to send from")
  const from = { kind: "pod", namespace: pod.namespace, name: pod.name } as const
  const rounds = 20_000
  const value = median(9, () =>
    timed(() => {
      for (let round = 0; round < rounds; round += 1)
        trace(table.value, { from, to: "web", port: 80, protocol: "TCP", picks: [(round % 97) / 97] })
    }),
  )
  return { name: "one trace by short name, explained", value: (value / rounds) * 1000, unit: "µs", aim: 10 }
}

const thousandPods = (): Figure => {
  const value = median(
    3,
    () => {
      const cluster = startCluster(1, 10)
      return timed(() => {
        post(cluster, DEPLOYMENTS, deployment("web", 1_000))
        untilReady(cluster, "web", 1_000)
      })
    },
    1,
  )
  return { name: "1,000 pods ready", value, unit: "ms", aim: 1_000 }
}

const replay = (): Figure => {
  const cluster = startCluster(1)
  for (const input of learnerInputs) {
    cluster.apply(input)
    cluster.advance(700)
  }
  const log = cluster.log()
  const value = median(9, () =>
    timed(() => {
      const replayed = replayCluster(cluster.options, log)
      if (!replayed.ok) throw new Error(replayed.error.message)
    }),
  )
  return { name: `replay of a log of ${log.entries.length} inputs`, value, unit: "ms", aim: 50 }
}

/** The embedded cluster: what a learner waits for. */
export const engineFigures = (): readonly Figure[] => [
  start(),
  memory(),
  oneTrace(),
  thousandPods(),
  replay(),
  ...listAndWatchFigures(),
]
