import type { KubeEvent, Service, ServiceSpec } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import type { Cluster } from "../../cluster.ts"
import { bodyOf, createDeployment, getService, listEvents, said, startCluster } from "../../testing/kube-client.ts"

const SERVICES = "/api/v1/namespaces/default/services"
const OUTSIDE = { kind: "outside", ip: "203.0.113.7" } as const
const SPEC: ServiceSpec = { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] }

const create = (cluster: Cluster, annotations: object = {}, spec: ServiceSpec = {}) =>
  bodyOf(cluster, "POST", SERVICES, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", annotations },
    spec: { ...SPEC, ...spec },
  })

const annotate = (cluster: Cluster, annotations: object) =>
  bodyOf(cluster, "PATCH", `${SERVICES}/web`, { metadata: { annotations } })

const ingressOf = (cluster: Cluster): NonNullable<Service["status"]>["loadBalancer"] =>
  getService(cluster, "web").status?.loadBalancer

/** Events of a Service, in the order in which they happened. */
const eventsOf = (cluster: Cluster, name: string): readonly KubeEvent[] =>
  listEvents(cluster, name)
    .filter(({ involvedObject }) => involvedObject.kind === "Service")
    .toSorted((left, right) => Number(left.metadata.resourceVersion) - Number(right.metadata.resourceVersion))

const lines = (cluster: Cluster): readonly string[] =>
  eventsOf(cluster, "web").map(({ type, reason, message }) => `${type} ${reason} ${message}`)

const ENSURING = "Normal EnsuringLoadBalancer Ensuring load balancer"
const ENSURED = "Normal EnsuredLoadBalancer Ensured load balancer"

describe.each(["cloud-gcp", "cloud-azure"] as const)("%s", (name) => {
  test("takes its time, then there is a public address that leads to the pods", () => {
    const cluster = startCluster({ loadBalancerController: name })
    createDeployment(cluster, "web", 2)
    create(cluster)
    cluster.advance(10_000)
    expect(ingressOf(cluster)).toEqual({})
    expect(lines(cluster)).toEqual([ENSURING])
    cluster.advance(50_000)
    expect(ingressOf(cluster)).toEqual({ ingress: [{ ip: "198.51.100.10", ipMode: "VIP" }] })
    expect(lines(cluster)).toEqual([ENSURING, ENSURED])
    expect(said(cluster.http(OUTSIDE, { method: "GET", url: "198.51.100.10/hostname" }))).toMatch(/^web-/)
  })

  test("gives every Service an address of its own and takes it back in the end", () => {
    const cluster = startCluster({ loadBalancerController: name })
    create(cluster)
    bodyOf(cluster, "POST", SERVICES, { apiVersion: "v1", kind: "Service", metadata: { name: "other" }, spec: SPEC })
    cluster.advance(60_000)
    const ips = ["web", "other"].map((each) => getService(cluster, each).status?.loadBalancer?.ingress?.[0]?.ip)
    expect(ips.toSorted()).toEqual(["198.51.100.10", "198.51.100.11"])
    bodyOf(cluster, "DELETE", `${SERVICES}/web`)
    cluster.advance(1000)
    expect(() => getService(cluster, "web")).toThrow("404")
  })
})

test("a Service that was exported from a cloud, finalizer and all, gets its load balancer too", () => {
  const cluster = startCluster({ loadBalancerController: "cloud-gcp" })
  bodyOf(cluster, "POST", SERVICES, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", finalizers: ["service.kubernetes.io/load-balancer-cleanup"] },
    spec: SPEC,
  })
  cluster.advance(60_000)
  expect(ingressOf(cluster)?.ingress).toHaveLength(1)
})

describe("cloud-gcp", () => {
  test.each(["networking.gke.io/load-balancer-type", "cloud.google.com/load-balancer-type"])(
    "makes an internal load balancer when %s says so, also afterwards",
    (key) => {
      const cluster = startCluster({ loadBalancerController: "cloud-gcp" })
      create(cluster)
      cluster.advance(60_000)
      annotate(cluster, { [key]: "Internal" })
      cluster.advance(60_000)
      expect(ingressOf(cluster)).toEqual({ ingress: [{ ip: "172.18.200.10", ipMode: "VIP" }] })
    },
  )

  test("refuses an address that nobody has reserved, again and again", () => {
    const cluster = startCluster({ loadBalancerController: "cloud-gcp" })
    create(cluster, {}, { loadBalancerIP: "192.0.2.1" })
    cluster.advance(180_000)
    expect(lines(cluster)).toContain(
      'Warning SyncLoadBalancerFailed Error syncing load balancer: failed to ensure load balancer: requested ip "192.0.2.1" is neither static nor assigned to the LB',
    )
    expect(eventsOf(cluster, "web").find(({ type }) => type === "Warning")?.count).toBeGreaterThan(1)
  })

  test("tells which annotations have no effect", () => {
    const cluster = startCluster({ loadBalancerController: "cloud-gcp" })
    create(cluster, {
      "cloud.google.com/load-balancer-type": "Intern",
      "networking.gke.io/load-balancer-tipe": "Internal",
      "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
      "example.org/own": "anything",
    })
    cluster.advance(60_000)
    expect(lines(cluster).filter((line) => line.startsWith("Warning"))).toEqual([
      'Warning AnnotationIgnored annotation cloud.google.com/load-balancer-type: "Intern" is none of Internal, internal, External; it is ignored',
      'Warning AnnotationIgnored annotation networking.gke.io/load-balancer-tipe: "Internal" is not known here; it is ignored',
      'Warning AnnotationIgnored annotation service.beta.kubernetes.io/azure-load-balancer-internal: "true" is meant for Azure; it is ignored',
    ])
    expect(ingressOf(cluster)?.ingress?.[0]?.ip).toBe("198.51.100.10")
  })
})

describe("cloud-azure", () => {
  const internal = "service.beta.kubernetes.io/azure-load-balancer-internal"
  const pip = "service.beta.kubernetes.io/azure-pip-name"

  test.each([
    [{ [internal]: "true" }, "172.18.200.10"],
    [{ [internal]: "true", [`${internal}-subnet`]: "apps-subnet" }, "172.18.201.10"],
    [{ [pip]: "myPublicIP" }, "198.51.100.250"],
  ])("takes the address from where the annotations say: %o", (annotations, ip) => {
    const cluster = startCluster({ loadBalancerController: "cloud-azure" })
    create(cluster, annotations)
    cluster.advance(40_000)
    expect(ingressOf(cluster)).toEqual({ ingress: [{ ip, ipMode: "VIP" }] })
  })

  test.each([
    [
      { [internal]: "true", [`${internal}-subnet`]: "app-subnet" },
      "ensure(default/web): lb(kubernetes-internal) - failed to get subnet: pilotage-vnet/app-subnet",
    ],
    [
      { [pip]: "yourPublicIP" },
      "PublicIP from annotation azure-pip-name(-IPv6)=yourPublicIP for service default/web doesn't exist",
    ],
  ])("says what it does not find, and goes on when that is put right: %o", (annotations, why) => {
    const cluster = startCluster({ loadBalancerController: "cloud-azure" })
    create(cluster, annotations)
    cluster.advance(40_000)
    expect(lines(cluster)).toContain(
      `Warning SyncLoadBalancerFailed Error syncing load balancer: failed to ensure load balancer: ${why}`,
    )
    annotate(cluster, { [`${internal}-subnet`]: null, [pip]: null })
    cluster.advance(40_000)
    expect(ingressOf(cluster)?.ingress).toHaveLength(1)
    expect(lines(cluster)).toContain(ENSURED)
  })
})
