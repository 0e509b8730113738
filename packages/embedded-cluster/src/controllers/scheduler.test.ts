import { describe, expect, test } from "vitest"
import {
  bodyOf,
  createDeployment,
  createPod,
  getPod,
  listEvents,
  listPods,
  startCluster,
} from "../testing/kube-client.ts"

const image = "registry.k8s.io/pause:3.10"
const cordon = (cluster: Parameters<typeof bodyOf>[0], node: string, unschedulable: boolean) =>
  bodyOf(cluster, "PATCH", `/api/v1/nodes/${node}`, { spec: { unschedulable } })

describe("the scheduler", () => {
  test("spreads the pods of one owner evenly over the nodes", () => {
    const cluster = startCluster({ topology: { nodes: 3 } })
    createDeployment(cluster, "web", 9)
    cluster.advance(2000)
    const counts = new Map<string, number>()
    for (const pod of listPods(cluster, "web"))
      counts.set(pod.spec.nodeName ?? "", (counts.get(pod.spec.nodeName ?? "") ?? 0) + 1)
    expect([...counts.values()]).toEqual([3, 3, 3])
  })

  test("says why no node takes a pod, and tries again when a node changes", () => {
    const cluster = startCluster({ topology: { nodes: 3 } })
    cordon(cluster, "node-1", true)
    bodyOf(cluster, "PATCH", "/api/v1/nodes/node-2", {
      spec: { taints: [{ key: "a", value: "b", effect: "NoSchedule" }] },
    })
    createPod(cluster, "picky", { image }, { nodeSelector: { disk: "ssd" } })
    cluster.advance(1000)
    const message =
      "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable. " +
      "no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling."
    expect(listEvents(cluster, "picky")[0]).toMatchObject({ type: "Warning", reason: "FailedScheduling", message })
    expect(getPod(cluster, "picky").status?.conditions).toMatchObject([
      { type: "PodScheduled", status: "False", reason: "Unschedulable", message },
    ])
    bodyOf(cluster, "PATCH", "/api/v1/nodes/node-3", { metadata: { labels: { disk: "ssd" } } })
    cluster.advance(2000)
    expect(getPod(cluster, "picky").spec.nodeName).toBe("node-3")
  })

  test("puts pods that tolerate a taint on the node that has it, and nobody on a cordoned one", () => {
    const cluster = startCluster({ topology: { nodes: 2 } })
    cordon(cluster, "node-1", true)
    bodyOf(cluster, "PATCH", "/api/v1/nodes/node-2", {
      spec: { taints: [{ key: "a", value: "b", effect: "NoSchedule" }] },
    })
    createPod(
      cluster,
      "one",
      { image },
      { tolerations: [{ key: "a", operator: "Equal", value: "b", effect: "NoSchedule" }] },
    )
    cluster.advance(2000)
    expect(getPod(cluster, "one").spec.nodeName).toBe("node-2")
  })
})
