import type { KubeEvent, Service, ServiceSpec } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import type { Cluster } from "../../cluster.ts"
import {
  bodyOf,
  createDeployment,
  getService,
  listEvents,
  listPods,
  said,
  startCluster,
} from "../../testing/kube-client.ts"

const SERVICES = "/api/v1/namespaces/default/services"
const OUTSIDE = { kind: "node-network", ip: "172.18.0.99" } as const
const SPEC: ServiceSpec = { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] }

const start = (): Cluster =>
  startCluster({
    loadBalancerController: "metallb",
    topology: { nodes: 3, names: ["kind-control-plane", "kind-worker", "kind-worker2"], dedicatedControlPlane: true },
  })

const create = (cluster: Cluster, name: string, spec: ServiceSpec = {}, annotations: object = {}) =>
  bodyOf(cluster, "POST", SERVICES, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, annotations },
    spec: { ...SPEC, ...spec },
  })

const patch = (cluster: Cluster, name: string, body: object) => bodyOf(cluster, "PATCH", `${SERVICES}/${name}`, body)

/** Events of a Service, in the order in which they happened. */
const eventsOf = (cluster: Cluster, name: string): readonly KubeEvent[] =>
  listEvents(cluster, name)
    .filter(({ involvedObject }) => involvedObject.kind === "Service")
    .toSorted((left, right) => Number(left.metadata.resourceVersion) - Number(right.metadata.resourceVersion))

const lines = (cluster: Cluster, name: string): readonly string[] =>
  eventsOf(cluster, name).map(
    ({ type, reason, source, message }) => `${type} ${reason} ${source?.component} ${message}`,
  )

const ipsOf = ({ status }: Service): readonly unknown[] =>
  (status?.loadBalancer?.ingress ?? []).map(({ ip, ipMode }) => `${ip} ${ipMode}`)

const assigned = (ip: string): string => `Normal IPAllocated metallb-controller Assigned IP ["${ip}"]`
const announced = (node: string): string =>
  `Normal nodeAssigned metallb-speaker announcing from node "${node}" with protocol "layer2"`

const refusal = (cluster: Cluster, name: string): string | undefined =>
  lines(cluster, name).find((line) => line.startsWith("Warning AllocationFailed metallb-controller"))

describe("MetalLB", () => {
  test("gives the first addresses of its pool, and the nodes of the recorded cluster announce them", () => {
    const cluster = start()
    createDeployment(cluster, "web", 2)
    cluster.advance(5000)
    const found = ["lb-local", "lb-pending", "lb"].map((name) => {
      create(cluster, name)
      cluster.advance(2000)
      return [ipsOf(getService(cluster, name)), lines(cluster, name)]
    })
    expect(found).toEqual([
      [["172.18.254.1 VIP"], [assigned("172.18.254.1"), announced("kind-worker")]],
      [["172.18.254.2 VIP"], [assigned("172.18.254.2"), announced("kind-worker")]],
      [["172.18.254.3 VIP"], [assigned("172.18.254.3"), announced("kind-worker2")]],
    ])
    const { metadata } = getService(cluster, "lb")
    expect(metadata.annotations).toMatchObject({ "metallb.io/ip-allocated-from-pool": "kind" })
    expect(metadata.finalizers).toBeUndefined()
    expect(said(cluster.http(OUTSIDE, { method: "GET", url: "172.18.254.3/hostname" }))).toMatch(/^web-/)
  })

  test("announces nothing while there is no endpoint", () => {
    const cluster = start()
    create(cluster, "lb")
    cluster.advance(3000)
    expect(lines(cluster, "lb")).toEqual([assigned("172.18.254.1")])
    createDeployment(cluster, "web", 1)
    cluster.advance(5000)
    expect(lines(cluster, "lb")).toEqual([assigned("172.18.254.1"), announced("kind-worker")])
  })

  test("lets another node announce when the announcing one may not any more", () => {
    const cluster = start()
    createDeployment(cluster, "web", 2)
    create(cluster, "lb")
    cluster.advance(5000)
    bodyOf(cluster, "PATCH", "/api/v1/nodes/kind-worker", {
      metadata: { labels: { "node.kubernetes.io/exclude-from-external-load-balancers": "" } },
    })
    cluster.advance(1000)
    expect(lines(cluster, "lb").at(-1)).toBe(announced("kind-worker2"))
  })

  test("lets another node announce when the announcing one is not ready, and says so once", () => {
    const cluster = start()
    createDeployment(cluster, "web", 2)
    create(cluster, "lb")
    cluster.advance(5000)
    const conditions = [{ type: "Ready", status: "Unknown", reason: "NodeStatusUnknown" }]
    bodyOf(cluster, "PATCH", "/api/v1/nodes/kind-worker/status", { status: { conditions } })
    cluster.advance(1000)
    expect(lines(cluster, "lb").filter((line) => line === announced("kind-worker2"))).toHaveLength(1)
  })

  test("lets the nodes with endpoints announce under externalTrafficPolicy Local, wherever those move", () => {
    const cluster = start()
    createDeployment(cluster, "web", 1, {}, {})
    create(cluster, "lb", { externalTrafficPolicy: "Local" })
    cluster.advance(5000)
    const home = listPods(cluster, "web")[0]?.spec.nodeName ?? ""
    expect(lines(cluster, "lb")).toEqual([assigned("172.18.254.1"), announced(home)])
    const other = home === "kind-worker" ? "kind-worker2" : "kind-worker"
    bodyOf(cluster, "PATCH", `/api/v1/nodes/${home}`, { spec: { unschedulable: true } })
    bodyOf(cluster, "DELETE", `/api/v1/namespaces/default/pods/${listPods(cluster, "web")[0]?.metadata.name}`)
    cluster.advance(40_000)
    expect(lines(cluster, "lb").at(-1)).toBe(announced(other))
    expect(said(cluster.http(OUTSIDE, { method: "GET", url: "172.18.254.1/clientip" }))).toContain("172.18.0.99")
  })

  test("honours an address that is asked for, by annotation or field, and moves when the wish changes", () => {
    const cluster = start()
    create(cluster, "noted", {}, { "metallb.io/loadBalancerIPs": "172.18.254.7" })
    create(cluster, "field", { loadBalancerIP: "172.18.254.8" })
    cluster.advance(1000)
    expect([ipsOf(getService(cluster, "noted")), ipsOf(getService(cluster, "field"))]).toEqual([
      ["172.18.254.7 VIP"],
      ["172.18.254.8 VIP"],
    ])
    patch(cluster, "noted", { metadata: { annotations: { "metallb.io/loadBalancerIPs": "172.18.254.9" } } })
    cluster.advance(1000)
    expect(ipsOf(getService(cluster, "noted"))).toEqual(["172.18.254.9 VIP"])
  })

  test.each([
    [{ "metallb.io/loadBalancerIPs": "10.1.2.3" }, {}, '["10.1.2.3"] is not allowed in config'],
    [{ "metallb.io/loadBalancerIPs": "10.1.2" }, {}, 'invalid metallb.io/loadBalancerIPs: "10.1.2"'],
    [
      { "metallb.io/loadBalancerIPs": "172.18.254.4" },
      { loadBalancerIP: "172.18.254.4" },
      "service can not have both metallb.io/loadBalancerIPs and svc.Spec.LoadBalancerIP",
    ],
    [{ "metallb.io/address-pool": "big" }, {}, 'unknown pool "big"'],
    [
      {},
      { loadBalancerIP: "172.18.254.1" },
      `can't change sharing key for "default/x", address also in use by default/lb`,
    ],
  ])("says why it gives no address: %o %o", (annotations, spec, why) => {
    const cluster = start()
    create(cluster, "lb")
    cluster.advance(1000)
    create(cluster, "x", spec, annotations)
    cluster.advance(1000)
    expect(ipsOf(getService(cluster, "x"))).toEqual([])
    expect(refusal(cluster, "x")).toBe(
      `Warning AllocationFailed metallb-controller Failed to allocate IP for "default/x": ${why}`,
    )
  })

  test("lets Services share an address that say so, unless they use the same port", () => {
    const cluster = start()
    const shared = { "metallb.io/allow-shared-ip": "one" }
    create(cluster, "http", {}, shared)
    create(cluster, "https", { ports: [{ port: 443 }] }, shared)
    cluster.advance(1000)
    expect(ipsOf(getService(cluster, "https"))).toEqual(["172.18.254.1 VIP"])
    create(cluster, "again", { loadBalancerIP: "172.18.254.1" }, shared)
    cluster.advance(1000)
    expect(refusal(cluster, "again")).toContain(': port TCP/80 is already in use on "172.18.254.1"')
  })

  test("takes an address back with the Service or its type, and gives it to who waits for it", () => {
    const cluster = start()
    create(cluster, "first")
    cluster.advance(1000)
    create(cluster, "second", { loadBalancerIP: "172.18.254.1" })
    cluster.advance(1000)
    expect(ipsOf(getService(cluster, "second"))).toEqual([])
    patch(cluster, "first", { spec: { type: "ClusterIP" } })
    cluster.advance(1000)
    expect(getService(cluster, "first").metadata.annotations ?? {}).toEqual({})
    expect(ipsOf(getService(cluster, "first"))).toEqual([])
    expect(ipsOf(getService(cluster, "second"))).toEqual(["172.18.254.1 VIP"])
    bodyOf(cluster, "DELETE", `${SERVICES}/second`)
    expect(() => getService(cluster, "second")).toThrow("404")
  })
})
