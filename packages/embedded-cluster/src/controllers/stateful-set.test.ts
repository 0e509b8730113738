import type { KubeObject, Pod } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { AGNHOST, bodyOf, createService, listEvents, listPods, startCluster } from "../testing/kube-client.ts"

const SETS = "/apis/apps/v1/namespaces/default/statefulsets"
type Cluster = ReturnType<typeof startCluster>

const create = (cluster: Cluster, spec: object = {}) =>
  bodyOf(cluster, "POST", SETS, {
    metadata: { name: "db" },
    spec: {
      replicas: 3,
      serviceName: "db",
      selector: { matchLabels: { app: "db" } },
      template: {
        metadata: { labels: { app: "db" } },
        spec: { terminationGracePeriodSeconds: 2, containers: [{ name: "db", image: AGNHOST, args: ["netexec"] }] },
      },
      ...spec,
    },
  })
const patch = (cluster: Cluster, spec: object) => bodyOf(cluster, "PATCH", `${SETS}/db`, { spec })
const statusOf = (cluster: Cluster) => bodyOf(cluster, "GET", `${SETS}/db`).status as Readonly<Record<string, unknown>>
const names = (cluster: Cluster) => listPods(cluster, "db").map(({ metadata }) => metadata.name)
const revisionOf = (pod: Pod) => pod.metadata.labels?.["controller-revision-hash"]
const args = (pod: Pod) => pod.spec.containers[0]?.args?.[0]

/** The sets of names that were there, one after another. */
const watch = (cluster: Cluster, seconds: number): readonly string[] => {
  const seen: string[] = []
  for (let step = 0; step < seconds * 10; step += 1) {
    cluster.advance(100)
    const now = names(cluster).join(" ")
    if (now !== seen.at(-1)) seen.push(now)
  }
  return seen
}

test("pods come one after another, each when the one before is ready, and go in the other order", () => {
  const cluster = startCluster()
  create(cluster)
  expect(watch(cluster, 10)).toEqual(["db-0", "db-0 db-1", "db-0 db-1 db-2"])
  expect(statusOf(cluster)).toMatchObject({ replicas: 3, readyReplicas: 3, availableReplicas: 3, currentReplicas: 3 })
  const [pod] = listPods(cluster, "db")
  expect(pod?.spec).toMatchObject({ hostname: "db-0", subdomain: "db" })
  expect(pod?.metadata.labels).toEqual({
    app: "db",
    "apps.kubernetes.io/pod-index": "0",
    "controller-revision-hash": statusOf(cluster).updateRevision,
    "statefulset.kubernetes.io/pod-name": "db-0",
  })
  expect(listEvents(cluster, "db").map(({ message }) => message)).toContain(
    "create Pod db-1 in StatefulSet db successful",
  )
  patch(cluster, { replicas: 1 })
  expect(watch(cluster, 15)).toEqual(["db-0 db-1 db-2", "db-0 db-1", "db-0"])
})

test("in parallel they come at once", () => {
  const cluster = startCluster()
  create(cluster, { podManagementPolicy: "Parallel" })
  cluster.advance(100)
  expect(names(cluster)).toEqual(["db-0", "db-1", "db-2"])
})

test("an update goes from the last pod to the partition, and the rest keep what they were even when deleted", () => {
  const cluster = startCluster()
  create(cluster, { updateStrategy: { rollingUpdate: { partition: 1 } } })
  cluster.advance(10_000)
  const template = { spec: { containers: [{ name: "db", image: AGNHOST, args: ["pause"] }] } }
  patch(cluster, { template })
  watch(cluster, 30)
  expect(listPods(cluster, "db").map(args)).toEqual(["netexec", "pause", "pause"])
  expect(statusOf(cluster)).toMatchObject({ currentReplicas: 1, updatedReplicas: 2 })
  bodyOf(cluster, "DELETE", "/api/v1/namespaces/default/pods/db-0")
  watch(cluster, 10)
  expect(listPods(cluster, "db").map(args)).toEqual(["netexec", "pause", "pause"])
  patch(cluster, { updateStrategy: { rollingUpdate: { partition: 0 } } })
  watch(cluster, 20)
  const { currentRevision, updateRevision } = statusOf(cluster)
  expect(currentRevision).toBe(updateRevision)
  expect(listPods(cluster, "db").map(revisionOf)).toEqual([updateRevision, updateRevision, updateRevision])
})

test("each pod has claims of its own, which outlive it, and a name below its headless Service", () => {
  const cluster = startCluster()
  createService(cluster, "db", { clusterIP: "None", selector: { app: "db" }, ports: [{ port: 8080 }] })
  create(cluster, {
    replicas: 2,
    volumeClaimTemplates: [
      {
        metadata: { name: "data" },
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
      },
    ],
  })
  cluster.advance(10_000)
  const claims = () =>
    (bodyOf(cluster, "GET", "/api/v1/namespaces/default/persistentvolumeclaims").items as readonly KubeObject[]).map(
      ({ metadata }) => metadata.name,
    )
  expect(claims()).toEqual(["data-db-0", "data-db-1"])
  expect(listPods(cluster, "db")[1]?.spec.volumes).toMatchObject([
    { name: "data", persistentVolumeClaim: { claimName: "data-db-1" } },
    {},
  ])
  const [pod] = listPods(cluster, "db")
  const found = cluster.resolve({ kind: "pod", namespace: "default", name: "db-1" }, "db-0.db", "A", true)
  expect(found.records.map(({ data }) => data)).toEqual([pod?.status?.podIP])
  patch(cluster, { replicas: 0 })
  cluster.advance(20_000)
  expect(names(cluster)).toEqual([])
  expect(claims()).toEqual(["data-db-0", "data-db-1"])
})
