import type { KubeObject, Pod } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { AGNHOST, bodyOf, listEvents, listPods, startCluster } from "../testing/kube-client.ts"

const SETS = "/apis/apps/v1/namespaces/default/daemonsets"
const REVISIONS = "/apis/apps/v1/namespaces/default/controllerrevisions"
type Cluster = ReturnType<typeof startCluster>

const create = (cluster: Cluster, spec: object = {}, updateStrategy?: object) =>
  bodyOf(cluster, "POST", SETS, {
    metadata: { name: "agent" },
    spec: {
      selector: { matchLabels: { app: "agent" } },
      template: {
        metadata: { labels: { app: "agent" } },
        spec: { containers: [{ name: "agent", image: AGNHOST, args: ["pause"] }], ...spec },
      },
      ...(updateStrategy ? { updateStrategy } : {}),
    },
  })
const statusOf = (cluster: Cluster) => bodyOf(cluster, "GET", `${SETS}/agent`).status
const nodesOf = (cluster: Cluster) =>
  listPods(cluster, "agent")
    .map((pod) => pod.spec.nodeName)
    .sort()
const isGoing = (pod: Pod) => pod.metadata.deletionTimestamp !== undefined
const settle = (cluster: Cluster, seconds: number) => {
  for (let second = 0; second < seconds; second += 1) cluster.advance(1000)
}

test("every node gets one pod, bound by affinity and with what makes it stay through a node's trouble", () => {
  const cluster = startCluster()
  create(cluster)
  cluster.advance(3000)
  expect(nodesOf(cluster)).toEqual(["node-1", "node-2", "node-3"])
  expect(statusOf(cluster)).toEqual({
    currentNumberScheduled: 3,
    desiredNumberScheduled: 3,
    numberAvailable: 3,
    numberMisscheduled: 0,
    numberReady: 3,
    observedGeneration: 1,
    updatedNumberScheduled: 3,
  })
  const [pod] = listPods(cluster, "agent")
  expect(pod?.spec.tolerations).toEqual(
    [
      ["not-ready", "NoExecute"],
      ["unreachable", "NoExecute"],
      ["disk-pressure", "NoSchedule"],
      ["memory-pressure", "NoSchedule"],
      ["pid-pressure", "NoSchedule"],
      ["unschedulable", "NoSchedule"],
    ].map(([key, effect]) => ({ key: `node.kubernetes.io/${key}`, operator: "Exists", effect })),
  )
  expect(pod?.metadata.labels).toMatchObject({ app: "agent", "pod-template-generation": "1" })
  expect(listEvents(cluster, "agent").map(({ reason, type }) => `${type} ${reason}`)).toEqual([
    "Normal SuccessfulCreate",
    "Normal SuccessfulCreate",
    "Normal SuccessfulCreate",
  ])
})

test("a cordoned node keeps its pod, a deleted pod comes back, and labels decide where pods are", () => {
  const cluster = startCluster()
  bodyOf(cluster, "PATCH", "/api/v1/nodes/node-1", { spec: { unschedulable: true } })
  create(cluster, { nodeSelector: { disk: "ssd" } })
  cluster.advance(3000)
  expect(nodesOf(cluster)).toEqual([])
  for (const node of ["node-1", "node-2"])
    bodyOf(cluster, "PATCH", `/api/v1/nodes/${node}`, { metadata: { labels: { disk: "ssd" } } })
  cluster.advance(3000)
  expect(nodesOf(cluster)).toEqual(["node-1", "node-2"])
  const [first] = listPods(cluster, "agent")
  bodyOf(cluster, "DELETE", `/api/v1/namespaces/default/pods/${first?.metadata.name}`)
  settle(cluster, 40)
  expect(nodesOf(cluster)).toEqual(["node-1", "node-2"])
  bodyOf(cluster, "PATCH", "/api/v1/nodes/node-2", { metadata: { labels: { disk: null } } })
  settle(cluster, 40)
  expect(nodesOf(cluster)).toEqual(["node-1"])
  expect(statusOf(cluster)).toMatchObject({ desiredNumberScheduled: 1, numberMisscheduled: 0, numberReady: 1 })
})

const image = (cluster: Cluster, args: readonly string[]) =>
  bodyOf(cluster, "PATCH", `${SETS}/agent`, {
    spec: { template: { spec: { containers: [{ name: "agent", image: AGNHOST, args }] } } },
  })

test("a changed template goes round one node after another, and going back makes the first revision the third", () => {
  const cluster = startCluster()
  create(cluster, { terminationGracePeriodSeconds: 2 })
  cluster.advance(3000)
  const before = listPods(cluster, "agent").map(({ metadata }) => metadata.name)
  image(cluster, ["netexec"])
  cluster.advance(200)
  expect(listPods(cluster, "agent").filter(isGoing)).toHaveLength(1)
  settle(cluster, 40)
  expect(listPods(cluster, "agent").filter(({ metadata }) => before.includes(metadata.name))).toEqual([])
  expect(statusOf(cluster)).toMatchObject({ numberAvailable: 3, observedGeneration: 2, updatedNumberScheduled: 3 })
  image(cluster, ["pause"])
  settle(cluster, 40)
  const revisions = bodyOf(cluster, "GET", REVISIONS).items as readonly (KubeObject & { revision: number })[]
  expect(revisions.map(({ revision }) => revision).sort()).toEqual([2, 3])
})

test("with a surge the new pod is there before the old one goes", () => {
  const cluster = startCluster()
  create(cluster, { terminationGracePeriodSeconds: 2 }, { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } })
  cluster.advance(3000)
  image(cluster, ["netexec"])
  let fewest = 3
  for (let step = 0; step < 300; step += 1) {
    cluster.advance(100)
    const ready = listPods(cluster, "agent").filter(
      (pod) =>
        !isGoing(pod) && pod.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True"),
    )
    fewest = Math.min(fewest, ready.length)
  }
  expect(fewest).toBe(3)
  expect(statusOf(cluster)).toMatchObject({ numberAvailable: 3, updatedNumberScheduled: 3 })
})

test("a pod that is evicted or ends is replaced, and the set says so", () => {
  const cluster = startCluster({ topology: { nodes: 1 } })
  create(cluster)
  cluster.advance(3000)
  const [pod] = listPods(cluster, "agent")
  const path = `/api/v1/namespaces/default/pods/${pod?.metadata.name}/status`
  bodyOf(cluster, "PATCH", path, { status: { phase: "Failed", reason: "Evicted" } })
  settle(cluster, 5)
  expect(listPods(cluster, "agent").map(({ metadata }) => metadata.name)).not.toContain(pod?.metadata.name)
  expect(nodesOf(cluster)).toEqual(["node-1"])
  expect(listEvents(cluster, "agent").map(({ reason }) => reason)).toContain("FailedDaemonPod")
})
