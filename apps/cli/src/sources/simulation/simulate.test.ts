import type { KubeObject } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { inventoryOf } from "../inventory.ts"
import { needsSimulation, type Simulated, simulate } from "./simulate.ts"

const template = (app: string, spec: Readonly<Record<string, unknown>>) => ({
  metadata: { labels: { app } },
  spec: {
    containers: [{ name: "main", image: "ghcr.io/shop/unknown:1", ports: [{ name: "http", containerPort: 8080 }] }],
    ...spec,
  },
})

const workload = (
  kind: string,
  name: string,
  replicas: number,
  spec: Readonly<Record<string, unknown>> = {},
): KubeObject => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name, namespace: "shop" },
  spec: { replicas, serviceName: name, selector: { matchLabels: { app: name } }, template: template(name, spec) },
})

const service = (name: string, spec: Readonly<Record<string, unknown>>, more: object = {}): KubeObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: "shop", resourceVersion: "77", uid: "old" },
  spec: { selector: { app: name }, ports: [{ port: 80, targetPort: "http" }], ...spec },
  ...more,
})

const run = (objects: readonly KubeObject[], nodes?: number): Simulated => {
  const simulated = simulate(inventoryOf(objects), {}, nodes)
  if (!simulated.ok) throw new Error(simulated.error.message)
  return simulated.value
}

const podsOf = ({ inventory }: Simulated, app: string) =>
  inventory.pods.filter(({ metadata }) => metadata.labels?.app === app)

test("programs that are not known run, are ready, and what they listen on is left open", () => {
  const simulated = run([workload("Deployment", "web", 2)])
  expect([...simulated.unknown]).toEqual(["ghcr.io/shop/unknown:1"])
  const pods = podsOf(simulated, "web")
  expect(pods.map(({ status }) => status?.conditions?.find(({ type }) => type === "Ready")?.status)).toEqual([
    "True",
    "True",
  ])
  expect(pods[0]?.spec.containers[0]).toMatchObject({
    image: "ghcr.io/shop/unknown:1",
    ports: [{ containerPort: 8080 }],
  })
  expect([...simulated.sockets.keys()].filter((name) => name.startsWith("shop/"))).toEqual([])
})

test("StatefulSets have numbered pods with names in DNS, DaemonSets one pod a node", () => {
  const simulated = run([
    workload("StatefulSet", "db", 2),
    workload("DaemonSet", "agent", 1),
    service("db", { clusterIP: "None" }),
  ])
  expect(podsOf(simulated, "db").map(({ metadata, spec }) => [metadata.name, spec.hostname, spec.subdomain])).toEqual([
    ["db-0", "db-0", "db"],
    ["db-1", "db-1", "db"],
  ])
  expect(podsOf(simulated, "agent").map(({ spec }) => spec.nodeName)).toEqual(["node-1", "node-2", "node-3"])
  const slice = simulated.inventory.endpointSlices.find(
    ({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === "db",
  )
  expect(slice?.endpoints?.map(({ hostname }) => hostname)).toEqual(["db-0", "db-1"])
})

test("nodes keep the names, zones and number that the input has for them", () => {
  const node = (name: string, zone: string): KubeObject => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { "topology.kubernetes.io/zone": zone } },
  })
  const simulated = run([
    node("alpha", "west"),
    node("beta", "east"),
    workload("Deployment", "web", 1, { nodeName: "beta" }),
    workload("Deployment", "late", 1, { nodeName: "gamma" }),
    workload("Deployment", "last", 1, { nodeName: "delta" }),
    service("web", { trafficDistribution: "PreferSameZone" }),
  ])
  expect(simulated.inventory.nodes.map(({ metadata }) => metadata.name)).toEqual(["alpha", "beta", "gamma", "delta"])
  expect(podsOf(simulated, "web").map(({ spec }) => spec.nodeName)).toEqual(["beta"])
  const slice = simulated.inventory.endpointSlices.find(
    ({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === "web",
  )
  expect(slice?.endpoints).toMatchObject([{ nodeName: "beta", zone: "east", hints: { forZones: [{ name: "east" }] } }])
  expect(run([workload("Deployment", "web", 1)], 7).inventory.nodes).toHaveLength(7)
})

test("what controllers and the API server added is made anew; addresses that Services have stay", () => {
  const ingress = { loadBalancer: { ingress: [{ ip: "198.51.100.7" }] } }
  const simulated = run([
    workload("Deployment", "web", 1),
    {
      ...workload("ReplicaSet", "web-abc", 1),
      metadata: {
        name: "web-abc",
        namespace: "shop",
        ownerReferences: [{ apiVersion: "apps/v1", kind: "Deployment", name: "web", uid: "u", controller: true }],
      },
    },
    service("web", { type: "LoadBalancer", clusterIP: "10.96.7.7" }, { status: ingress }),
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "kubernetes", namespace: "default" },
      spec: { clusterIP: "10.43.0.1", ports: [{ port: 443 }] },
    },
  ])
  expect(podsOf(simulated, "web")).toHaveLength(1)
  const web = simulated.inventory.services.find(({ metadata }) => metadata.name === "web")
  expect([web?.spec.clusterIP, web?.status]).toEqual(["10.96.7.7", ingress])
})

test("pods that never become ready end the waiting, and are shown as they are", () => {
  const simulated = run([workload("Deployment", "web", 1, { nodeSelector: { disk: "fast" } })])
  expect(podsOf(simulated, "web").map(({ status }) => status?.phase)).toEqual(["Pending"])
})

test("a cluster without pods is not simulated when it has nodes and nothing to run", () => {
  const node = {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: "a" },
    status: { addresses: [{ type: "InternalIP", address: "10.0.0.1" }] },
  }
  expect(needsSimulation(inventoryOf([node]))).toBe(false)
  expect(needsSimulation(inventoryOf([node, workload("Deployment", "web", 1)]))).toBe(true)
  expect(needsSimulation(inventoryOf([service("web", {})]))).toBe(true)
})
