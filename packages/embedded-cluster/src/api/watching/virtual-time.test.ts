import { isStream, type KubeObject } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { type Cluster, createCluster } from "../../index.ts"
import { deploymentOf } from "../../testing/kube-client.ts"

const started = (): Cluster => {
  const cluster = createCluster({ seed: 7 })
  if (!cluster.ok) throw new Error(cluster.error.message)
  return cluster.value
}

/** What a watch of the pods tells in 80 seconds while a Deployment starts, and what comes due meanwhile. */
const watchedPods = (cluster: Cluster, step: number): readonly string[] => {
  const told: string[] = []
  const path = "/api/v1/namespaces/default/pods?watch=1&allowWatchBookmarks=true&timeoutSeconds=70"
  const stream = cluster.request({ method: "GET", path })
  if (!isStream(stream)) throw new Error("a watch is a stream")
  stream.subscribe(
    (chunk) => {
      if (typeof chunk === "string") return
      told.push(`${chunk.type} ${(chunk.object as KubeObject).metadata.resourceVersion}`)
    },
    () => told.push(`end at ${cluster.now()}`),
  )
  const patch = (replicas: number): void => {
    cluster.request({
      method: "PATCH",
      path: "/apis/apps/v1/namespaces/default/deployments/web",
      headers: { "content-type": "application/merge-patch+json" },
      body: { spec: { replicas } },
    })
  }
  const wait = (milliseconds: number): void => {
    for (let passed = 0; passed < milliseconds; passed += step) cluster.advance(step)
  }
  const body = JSON.parse(JSON.stringify(deploymentOf("web", 2)))
  cluster.request({ method: "POST", path: "/apis/apps/v1/namespaces/default/deployments", body })
  wait(65_000)
  patch(1)
  wait(15_000)
  return told
}

test("bookmarks and the end of a watch come in virtual time, whatever the steps in which it passes", () => {
  const told = watchedPods(started(), 5000)
  const kinds = told.map((each) => each.replace(/ .*/, ""))
  // At 60 s, and 2 s before the end at 70 s; the pod that goes is told of in between.
  expect(kinds.filter((kind) => kind === "BOOKMARK")).toHaveLength(2)
  expect(kinds.indexOf("BOOKMARK")).toBeLessThan(kinds.lastIndexOf("MODIFIED"))
  expect(kinds.at(-1)).toBe("end")
  const withoutEnd = (list: readonly string[]) => list.slice(0, -1)
  expect(withoutEnd(watchedPods(started(), 100))).toEqual(withoutEnd(told))
})

test("an open watch has its next bookmark and its end among what is due", () => {
  const cluster = started()
  const before = cluster.nextDue() ?? Number.POSITIVE_INFINITY
  const path = "/api/v1/pods?watch=1&timeoutSeconds=1"
  const stream = cluster.request({ method: "GET", path })
  if (!isStream(stream)) throw new Error("a watch is a stream")
  expect(cluster.nextDue()).toBe(Math.min(before, cluster.now() + 1000))
  stream.close()
  expect(cluster.nextDue() ?? Number.POSITIVE_INFINITY).toBe(before)
})
