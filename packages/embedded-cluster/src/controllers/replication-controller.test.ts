import { expect, test } from "vitest"
import { bodyOf, startCluster } from "../testing/kube-client.ts"

const CORE = "/api/v1/namespaces/default"

const webOf = (replicas: number) => ({
  metadata: { name: "web" },
  spec: {
    replicas,
    selector: { app: "web" },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "c", image: "nginx" }] } },
  },
})

const podsOf = (cluster: ReturnType<typeof startCluster>) =>
  bodyOf(cluster, "GET", `${CORE}/pods?labelSelector=app%3Dweb`).items as readonly {
    metadata: { name: string; ownerReferences?: readonly object[] }
  }[]

test("a ReplicationController adopts a pod that fits, makes the others, and says how far it is", () => {
  const cluster = startCluster()
  const pod = { metadata: { name: "alone", labels: { app: "web" } }, spec: webOf(1).spec.template.spec }
  bodyOf(cluster, "POST", `${CORE}/pods`, pod)
  bodyOf(cluster, "POST", `${CORE}/replicationcontrollers`, webOf(3))
  cluster.advance(10_000)
  const web = bodyOf(cluster, "GET", `${CORE}/replicationcontrollers/web`)
  expect(web.status).toEqual({
    replicas: 3,
    fullyLabeledReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    observedGeneration: 1,
  })
  expect(web.spec).toMatchObject({ selector: { app: "web" } })
  const owner = { apiVersion: "v1", kind: "ReplicationController", name: "web", controller: true }
  expect(podsOf(cluster).map(({ metadata }) => metadata.ownerReferences)).toEqual(
    Array.from({ length: 3 }, () => [expect.objectContaining(owner)]),
  )
  expect(podsOf(cluster).map(({ metadata }) => metadata.name)).toContain("alone")
})

test("it is scaled, lets go of a pod that no longer fits, and takes its pods along", () => {
  const cluster = startCluster()
  bodyOf(cluster, "POST", `${CORE}/replicationcontrollers`, webOf(2))
  cluster.advance(5000)
  const scale = `${CORE}/replicationcontrollers/web/scale`
  expect(bodyOf(cluster, "GET", scale).status).toEqual({ replicas: 2, selector: "app=web" })
  bodyOf(cluster, "PATCH", scale, { spec: { replicas: 1 } })
  cluster.advance(5000)
  const [kept] = podsOf(cluster)
  expect(podsOf(cluster)).toHaveLength(1)
  bodyOf(cluster, "PATCH", `${CORE}/pods/${kept?.metadata.name}`, { metadata: { labels: { app: "free" } } })
  cluster.advance(5000)
  expect(bodyOf(cluster, "GET", `${CORE}/pods/${kept?.metadata.name}`).metadata.ownerReferences).toBeUndefined()
  expect(podsOf(cluster)).toHaveLength(1)
  bodyOf(cluster, "DELETE", `${CORE}/replicationcontrollers/web?propagationPolicy=Background`)
  cluster.advance(60_000)
  expect(podsOf(cluster)).toEqual([])
})
