/** `pnpm bench`: figures beside their aims and as ratios to a calibration loop of the same run. No figure fails the run. */
import { replayCluster } from "@pilotage/embedded-cluster"
import { compile, trace } from "@pilotage/routing-core"
import { DEPLOYMENTS, deployment, learnerInputs, post, SERVICES, service, startCluster, untilReady } from "./cluster.ts"
import { calibrate, type Figure, median, timed } from "./measure.ts"
import { lessonWeight } from "./page-weight.ts"

const collect = (globalThis as { readonly gc?: () => void }).gc ?? (() => undefined)

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
  collect()
  const before = process.memoryUsage().heapUsed
  const kept = Array.from({ length: clusters }, (_, seed) => startCluster(seed))
  collect()
  const value = (process.memoryUsage().heapUsed - before) / kept.length / 1_048_576
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

const page = (): readonly Figure[] => {
  const weight = lessonWeight("clusterip")
  if (!weight) {
    console.log("The site is not built, so page weights are missing: run `pnpm run build` first.")
    return []
  }
  return [
    { name: "scripts of an empty page (gzip)", value: weight.empty, unit: "KB", aim: Number.NaN },
    {
      name: "scripts of a lesson beyond an empty page (gzip)",
      value: weight.lesson - weight.empty,
      unit: "KB",
      aim: 35,
    },
  ]
}

const calibration = calibrate()
console.log(`calibration loop: ${calibration.toFixed(2)} ms\n`)
console.log(["figure".padEnd(52), "value".padStart(12), "aim".padStart(12), "÷ calibration".padStart(14)].join(""))
for (const measure of [start, memory, oneTrace, thousandPods, replay, page]) {
  for (const { name, value, unit, aim } of [measure()].flat()) {
    const milliseconds = unit === "ms" ? value : unit === "µs" ? value / 1000 : undefined
    const ratio = milliseconds === undefined ? "" : (milliseconds / calibration).toPrecision(3)
    const wanted = Number.isNaN(aim) ? "" : `${aim} ${unit}`
    console.log(
      [name.padEnd(52), `${value.toFixed(2)} ${unit}`.padStart(12), wanted.padStart(12), ratio.padStart(14)].join(""),
    )
  }
}
