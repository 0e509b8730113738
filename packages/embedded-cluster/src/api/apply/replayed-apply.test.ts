import type { KubeRequest } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { replayCluster } from "../../create-cluster.ts"
import { bodyOf, deploymentOf, startCluster } from "../../testing/kube-client.ts"

const PATH = "/apis/apps/v1/namespaces/default/deployments/web"

const applying = (manager: string, replicas: number): KubeRequest => ({
  method: "PATCH",
  path: `${PATH}?fieldManager=${manager}&force=true`,
  headers: { "content-type": "application/apply-patch+yaml" },
  body: { apiVersion: "apps/v1", kind: "Deployment", ...JSON.parse(JSON.stringify(deploymentOf("web", replicas))) },
})

test("applies are part of the log, and a replay tells the same owners at the same times", () => {
  const cluster = startCluster({ topology: { nodes: 2 } })
  cluster.request(applying("ann", 2))
  cluster.advance(5000)
  cluster.request(applying("bob", 3))
  cluster.advance(5000)
  const owners = (bodyOf(cluster, "GET", PATH).metadata.managedFields ?? []).map(({ manager }) => manager)
  expect(owners).toEqual(["ann", "bob", "kube-controller-manager"])
  const replayed = replayCluster(cluster.options, JSON.parse(JSON.stringify(cluster.log())))
  if (!replayed.ok) throw new Error(replayed.error.message)
  expect(JSON.stringify(replayed.value.snapshot())).toBe(JSON.stringify(cluster.snapshot()))
})

test("what controllers make is not tracked: pods and ReplicaSets stay small", () => {
  const cluster = startCluster({ topology: { nodes: 2 } })
  cluster.request(applying("ann", 2))
  cluster.advance(20_000)
  const pods = bodyOf(cluster, "GET", "/api/v1/namespaces/default/pods").items as readonly object[]
  expect(pods).toHaveLength(2)
  expect(JSON.stringify(pods)).not.toContain("managedFields")
})
