import { expect, test } from "vitest"
import {
  bodyOf,
  createDeployment,
  createPod,
  getPod,
  listEvents,
  listPods,
  patchDeployment,
  startCluster,
} from "../testing/kube-client.ts"

const BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets"
const image = "registry.k8s.io/pause:3.10"
type Cluster = ReturnType<typeof startCluster>

const taint = (cluster: Cluster, node: string, effect: string) =>
  bodyOf(cluster, "PATCH", `/api/v1/nodes/${node}`, { spec: { taints: [{ key: "down", value: "yes", effect }] } })

test("a NoExecute taint drives away who does not tolerate it, at once or when patience ends", () => {
  const cluster = startCluster({ topology: { nodes: 1 } })
  const tolerating = (more: object) => ({ tolerations: [{ key: "down", operator: "Exists", ...more }] })
  createPod(cluster, "calm", { image }, tolerating({}))
  createPod(cluster, "patient", { image }, tolerating({ effect: "NoExecute", tolerationSeconds: 20 }))
  createPod(cluster, "weak", { image })
  cluster.advance(5000)
  taint(cluster, "node-1", "NoExecute")
  cluster.advance(10_000)
  expect(listPods(cluster).map(({ metadata }) => metadata.name)).toEqual(["calm", "patient"])
  expect(listEvents(cluster, "weak").map(({ reason, message }) => `${reason}: ${message}`)).toContain(
    "TaintManagerEviction: Marking for deletion Pod default/weak",
  )
  cluster.advance(20_000)
  expect(listPods(cluster).map(({ metadata }) => metadata.name)).toEqual(["calm"])
  expect(getPod(cluster, "calm").metadata.deletionTimestamp).toBeUndefined()
  const system = bodyOf(cluster, "GET", "/api/v1/namespaces/kube-system/pods").items as readonly object[]
  expect(JSON.stringify(system)).toContain("kube-proxy-")
})

test("a budget knows how many of its pods may go, as they come and go", () => {
  const cluster = startCluster()
  createDeployment(cluster, "web", 3)
  const budget = (name: string, spec: object) =>
    bodyOf(cluster, "POST", BUDGETS, {
      metadata: { name },
      spec: { selector: { matchLabels: { app: "web" } }, ...spec },
    })
  budget("least", { minAvailable: 2 })
  budget("most", { maxUnavailable: "34%" })
  const status = (name: string) => bodyOf(cluster, "GET", `${BUDGETS}/${name}`).status
  cluster.advance(100)
  expect(status("least")).toMatchObject({
    currentHealthy: 0,
    desiredHealthy: 2,
    disruptionsAllowed: 0,
    expectedPods: 3,
    conditions: [{ type: "DisruptionAllowed", status: "False", reason: "InsufficientPods" }],
  })
  cluster.advance(5000)
  expect(status("least")).toMatchObject({ currentHealthy: 3, disruptionsAllowed: 1, observedGeneration: 1 })
  expect(status("most")).toMatchObject({ currentHealthy: 3, desiredHealthy: 1, disruptionsAllowed: 2 })
  patchDeployment(cluster, "web", { spec: { replicas: 2 } })
  cluster.advance(5000)
  expect(status("least")).toMatchObject({
    disruptionsAllowed: 0,
    conditions: [{ status: "False", reason: "InsufficientPods" }],
  })
})
