import { type KubeEvent, type KubeObject, type Pod, parseTime } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import type { Cluster } from "../cluster.ts"
import { bodyOf, said, startCluster } from "../testing/kube-client.ts"

const SYSTEM = "/api/v1/namespaces/kube-system"
const LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases"
const names = ["kind-control-plane", "kind-worker", "kind-worker2"]
const likeKind = () => startCluster({ topology: { nodes: 3, names, dedicatedControlPlane: true } })
const list = <T extends KubeObject>(cluster: Cluster, path: string) =>
  bodyOf(cluster, "GET", path).items as readonly T[]
const isReady = (pod: Pod) => pod.status?.containerStatuses?.every(({ ready }) => ready)

test("a cluster has the control plane, the proxy and the network of a kind cluster, all of them ready", () => {
  const cluster = likeKind()
  const pods = list<Pod>(cluster, `${SYSTEM}/pods`)
  const owners = pods.map(({ metadata, spec, status }) => {
    const [owner] = metadata.ownerReferences ?? []
    return `${metadata.name.replace(/(coredns-)\w+-\w{5}$|(?<=kindnet-|kube-proxy-)\w{5}$/, "$1")} ${owner?.kind} ${spec.hostNetwork ? status?.podIP : ""}`
  })
  expect(owners.sort()).toEqual([
    "coredns- ReplicaSet ",
    "coredns- ReplicaSet ",
    "etcd-kind-control-plane Node 172.18.0.2",
    "kindnet- DaemonSet 172.18.0.2",
    "kindnet- DaemonSet 172.18.0.3",
    "kindnet- DaemonSet 172.18.0.4",
    "kube-apiserver-kind-control-plane Node 172.18.0.2",
    "kube-controller-manager-kind-control-plane Node 172.18.0.2",
    "kube-proxy- DaemonSet 172.18.0.2",
    "kube-proxy- DaemonSet 172.18.0.3",
    "kube-proxy- DaemonSet 172.18.0.4",
    "kube-scheduler-kind-control-plane Node 172.18.0.2",
  ])
  expect(pods.every(isReady)).toBe(true)
  const [node] = list<KubeEvent>(cluster, "/api/v1/namespaces/default/events")
  expect(node).toMatchObject({
    reason: "RegisteredNode",
    message: "Node kind-control-plane event: Registered Node kind-control-plane in Controller",
    source: { component: "node-controller" },
  })
})

test("who deletes a mirror pod deletes its image in the API: the container goes on, and the pod is shown again", () => {
  const cluster = likeKind()
  const path = `${SYSTEM}/pods/etcd-kind-control-plane`
  const before = bodyOf(cluster, "GET", path) as Pod
  bodyOf(cluster, "DELETE", path)
  cluster.advance(1000)
  const after = bodyOf(cluster, "GET", path) as Pod
  expect(after.metadata.uid).not.toBe(before.metadata.uid)
  expect(after.metadata.deletionTimestamp).toBeUndefined()
  expect(after.status?.containerStatuses?.[0]).toEqual(before.status?.containerStatuses?.[0])
})

test("nodes renew their Leases every ten seconds, at no cost to a cluster that has nothing else to do", () => {
  const cluster = likeKind()
  const renewals = () =>
    list<KubeObject & { spec: { holderIdentity: string; renewTime: string } }>(cluster, LEASES).map(
      ({ spec }) => `${spec.holderIdentity} ${((parseTime(spec.renewTime) ?? 0) - cluster.now()) / 1000}`,
    )
  const ages = renewals()
  expect(ages.map((text) => text.split(" ")[0])).toEqual(names)
  expect(ages.every((text) => Math.abs(Number(text.split(" ")[1])) < 10)).toBe(true)
  const quietFor = (cluster.nextDue() ?? 0) - cluster.now()
  expect(quietFor).toBeGreaterThan(3_000_000)
  const revision = bodyOf(cluster, "GET", LEASES).metadata.resourceVersion
  cluster.advance(60_000)
  expect(renewals()).toEqual(ages)
  expect(bodyOf(cluster, "GET", LEASES).metadata.resourceVersion).toBe(revision)
})

test("a cordon is a taint too until it is lifted", () => {
  const cluster = likeKind()
  const taints = () => (bodyOf(cluster, "GET", "/api/v1/nodes/kind-worker").spec as { taints?: unknown }).taints
  const cordon = (unschedulable: boolean | null) => {
    bodyOf(cluster, "PATCH", "/api/v1/nodes/kind-worker", { spec: { unschedulable } })
    cluster.advance(1000)
  }
  cordon(true)
  expect(taints()).toMatchObject([{ effect: "NoSchedule", key: "node.kubernetes.io/unschedulable" }])
  cordon(null)
  expect(taints()).toBeUndefined()
})

test("the ports of the control plane are open on its node, behind a certificate that nobody outside knows", () => {
  const cluster = likeKind()
  const get = (url: string) =>
    said(cluster.http({ kind: "node", name: "kind-worker" }, { method: "GET", url, maxTimeMs: 3000 }))
  expect(get("https://172.18.0.2:6443/")).toBe("(60) SSL certificate problem: unable to get local issuer certificate")
  expect(get("http://172.18.0.3:10256/healthz")).toBe("ok")
  expect(get("http://172.18.0.2:10257/")).toMatch(/^\(7\)/)
})
