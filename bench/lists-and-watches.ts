import { type Cluster, jsonText, restoreCluster } from "@pilotage/embedded-cluster"
import { isStream, type KubeObject } from "@pilotage/kube-model"
import { DEPLOYMENTS, deployment, post, startCluster, untilReady } from "./cluster.ts"
import { type Figure, median, timed } from "./measure.ts"

const PODS = "/api/v1/pods"
const CONFIG_MAPS = "/api/v1/namespaces/default/configmaps"

const listText = (cluster: Cluster, path: string): string => {
  const answer = cluster.request({ method: "GET", path })
  if (isStream(answer)) throw new Error("a list is no stream")
  return jsonText(answer.body as object)
}

interface Contents {
  readonly store: { readonly objects: { readonly pods: readonly KubeObject[] } }
}

/** A cluster with so many pods, all like one that runs: starting them is another figure. */
const withPods = (count: number): Cluster => {
  const cluster = startCluster(1)
  post(cluster, DEPLOYMENTS, deployment("web", 1))
  untilReady(cluster, "web", 1)
  const snapshot = cluster.snapshot()
  const data = snapshot.data as Contents
  const { objects } = data.store
  const like = objects.pods.find(({ metadata }) => metadata.name.startsWith("web-"))
  if (!like) throw new Error("there is no pod to copy")
  const pods = Array.from({ length: count }, (_, index) => {
    const name = `web-${100_000 + index}`
    return { ...like, metadata: { ...like.metadata, name, uid: `${like.metadata.uid}-${index}` } }
  })
  const contents = { ...data, store: { ...data.store, objects: { ...objects, pods } } }
  const restored = restoreCluster(cluster.options, { ...snapshot, data: JSON.parse(JSON.stringify(contents)) })
  if (!restored.ok) throw new Error(restored.error.message)
  return restored.value
}

/** The same objects asked for again, as bytes to be sent. */
const warmList = (): Figure => {
  const cluster = withPods(10_000)
  const value = median(15, () => timed(() => Buffer.from(listText(cluster, PODS))))
  return { name: "LIST of 10,000 pods, warm, to bytes", value, unit: "ms", aim: 50 }
}

const WATCHERS = 1_000

/** One write that a thousand watchers are told, each as a line of text; the 99th percentile. */
const fanOut = (): Figure => {
  const cluster = startCluster(1)
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "noticed", namespace: "default" } }
  post(cluster, CONFIG_MAPS, object)
  let bytes = 0
  for (let index = 0; index < WATCHERS; index += 1) {
    const stream = cluster.request({ method: "GET", path: `${CONFIG_MAPS}?watch=1&resourceVersion=0` })
    if (!isStream(stream)) throw new Error("a watch is a stream")
    stream.subscribe(
      (chunk) => {
        bytes += typeof chunk === "string" ? 0 : jsonText(chunk.object).length
      },
      () => {},
    )
  }
  const headers = { "content-type": "application/merge-patch+json" }
  const times = Array.from({ length: 300 }, (_, index) =>
    timed(() =>
      cluster.request({ method: "PATCH", path: `${CONFIG_MAPS}/noticed`, headers, body: { data: { n: `${index}` } } }),
    ),
  )
  if (bytes < WATCHERS * times.length) throw new Error("not all watchers were told")
  const value = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN
  return { name: "one write to 1,000 watchers, p99", value, unit: "ms", aim: 50 }
}

/** What clients that list and watch wait for. */
export const listAndWatchFigures = (): readonly Figure[] => [warmList(), fanOut()]
