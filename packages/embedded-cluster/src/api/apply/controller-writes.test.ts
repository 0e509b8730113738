import { isStream, type JsonValue, type KubeObject } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { createDeployment, deploymentOf, getDeployment, startCluster } from "../../testing/kube-client.ts"

const DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments"

const send = (cluster: ReturnType<typeof startCluster>, method: "POST" | "PUT", path: string, object: KubeObject) => {
  const headers = { "content-type": "application/json", "user-agent": "kubectl/v1.36.3 (linux/amd64)" }
  const answer = cluster.request({ method, path, headers, body: object as unknown as JsonValue })
  if (isStream(answer)) throw new Error("a stream")
  return answer.body as KubeObject
}

test("what controllers write into a client's object is theirs, and through its status", () => {
  const cluster = startCluster()
  const web = deploymentOf("web", 2)
  const noted = { ...web, metadata: { ...web.metadata, annotations: { note: "hi" } } }
  send(cluster, "POST", DEPLOYMENTS, noted)
  cluster.advance(5000)
  const { managedFields = [] } = getDeployment(cluster, "web").metadata
  expect(managedFields.map(({ manager, operation, subresource }) => [manager, operation, subresource])).toEqual([
    ["kubectl", "Update", undefined],
    ["kube-controller-manager", "Update", "status"],
  ])
  expect(managedFields[1]?.fieldsV1).toMatchObject({
    "f:metadata": { "f:annotations": { "f:deployment.kubernetes.io/revision": {} } },
    "f:status": { "f:availableReplicas": {}, "f:conditions": { 'k:{"type":"Available"}': { "f:reason": {} } } },
  })
})

test("an object that nobody owns stays so", () => {
  const cluster = startCluster()
  createDeployment(cluster, "web", 2)
  cluster.advance(5000)
  expect(getDeployment(cluster, "web").metadata.managedFields).toBeUndefined()
})

test("a dry run shows the generation that the change would have", () => {
  const cluster = startCluster()
  const dry = `${DEPLOYMENTS}?dryRun=All`
  expect(send(cluster, "POST", dry, deploymentOf("web", 2)).metadata).toMatchObject({ generation: 1 })
  send(cluster, "POST", DEPLOYMENTS, deploymentOf("web", 2))
  const put = (replicas: number) =>
    send(cluster, "PUT", `${DEPLOYMENTS}/web?dryRun=All`, deploymentOf("web", replicas)).metadata.generation
  expect([put(2), put(3), getDeployment(cluster, "web").metadata.generation]).toEqual([1, 2, 1])
})
