import type { ServiceSpec } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import type { Cluster } from "../../cluster.ts"
import { replayCluster } from "../../create-cluster.ts"
import {
  bodyOf,
  createClient,
  createDeployment,
  curlFromClient,
  getService,
  listEvents,
  said,
  startCluster,
} from "../../testing/kube-client.ts"

const SERVICES = "/api/v1/namespaces/default/services"
const PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"
const OUTSIDE = { kind: "outside", ip: "203.0.113.7" } as const
const SPEC: ServiceSpec = { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] }

const start = (): Cluster => startCluster({ loadBalancerController: "cloud-aws" })

const create = (cluster: Cluster, annotations: object = {}, spec: ServiceSpec = {}, name = "web") =>
  bodyOf(cluster, "POST", SERVICES, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, annotations },
    spec: { ...SPEC, ...spec },
  })

const nameOf = (cluster: Cluster, name = "web"): string | undefined => {
  const ingress = getService(cluster, name).status?.loadBalancer?.ingress
  expect(Object.keys(ingress?.[0] ?? { hostname: "" })).toEqual(["hostname"])
  return ingress?.[0]?.hostname
}

const warnings = (cluster: Cluster): readonly string[] =>
  listEvents(cluster, "web")
    .filter(({ type }) => type === "Warning")
    .map(({ reason, message }) => `${reason} ${message}`)

describe("cloud-aws", () => {
  test.each([
    [{}, /^a[0-9a-f]{31}-\d{10}\.eu-central-1\.elb\.amazonaws\.com$/],
    [{ [`${PREFIX}internal`]: "true" }, /^internal-a[0-9a-f]{31}-\d{10}\.eu-central-1\.elb\.amazonaws\.com$/],
    [{ [`${PREFIX}type`]: "nlb" }, /^a[0-9a-f]{31}-[0-9a-f]{16}\.elb\.eu-central-1\.amazonaws\.com$/],
    [
      { [`${PREFIX}type`]: "external", [`${PREFIX}scheme`]: "internal" },
      /^k8s-default-web-[0-9a-f]{10}-[0-9a-f]{16}\.elb\.eu-central-1\.amazonaws\.com$/,
    ],
  ])("gives a name and no address after some seconds: %o", (annotations, pattern) => {
    const cluster = start()
    create(cluster, annotations)
    cluster.advance(2000)
    expect(nameOf(cluster)).toBeUndefined()
    cluster.advance(5000)
    expect(nameOf(cluster)).toMatch(pattern)
    expect(warnings(cluster)).toEqual([])
  })

  test("lets everybody come in by that name, outside and in pods", () => {
    const cluster = start()
    createDeployment(cluster, "web", 2)
    createClient(cluster)
    create(cluster, { [`${PREFIX}type`]: "nlb" })
    cluster.advance(15_000)
    const hostname = nameOf(cluster) ?? ""
    expect(said(cluster.http(OUTSIDE, { method: "GET", url: `http://${hostname}/hostname` }))).toMatch(/^web-/)
    expect(said(curlFromClient(cluster, `http://${hostname}/hostname`))).toMatch(/^web-/)
    const answer = cluster.resolve({ kind: "pod", namespace: "default", name: "client" }, hostname, "A", true)
    expect(answer.records.map(({ data }) => data.slice(0, 7)).toSorted()).toEqual(["198.18.", "198.19."])
    bodyOf(cluster, "DELETE", `${SERVICES}/web`)
    cluster.advance(2000)
    expect(said(cluster.http(OUTSIDE, { method: "GET", url: `http://${hostname}/` }))).toBe(
      `(6) Could not resolve host: ${hostname}`,
    )
  })

  test("gives another name when another sort of load balancer is asked for, and keeps it otherwise", () => {
    const cluster = start()
    create(cluster)
    cluster.advance(8000)
    const first = nameOf(cluster)
    bodyOf(cluster, "PATCH", `${SERVICES}/web`, { spec: { ports: [{ port: 81, targetPort: 8080 }] } })
    cluster.advance(8000)
    expect(nameOf(cluster)).toBe(first)
    bodyOf(cluster, "PATCH", `${SERVICES}/web`, { metadata: { annotations: { [`${PREFIX}type`]: "nlb" } } })
    cluster.advance(8000)
    expect(nameOf(cluster)).toContain(".elb.eu-central-1.")
  })

  test.each<[object, ServiceSpec, string]>([
    [
      { [`${PREFIX}cross-zone-load-balancing-enabled`]: "yes" },
      {},
      `error parsing service annotation: ${PREFIX}cross-zone-load-balancing-enabled=yes`,
    ],
    [{ [`${PREFIX}healthcheck-interval`]: "10s" }, {}, 'strconv.ParseInt: parsing "10s": invalid syntax'],
    [
      { [`${PREFIX}healthcheck-interval`]: "2" },
      {},
      "ValidationError: Health check interval must be between 5 and 300",
    ],
    [
      { [`${PREFIX}healthcheck-path`]: "health" },
      {},
      "ValidationError: Health check path 'health' must begin with a '/' character",
    ],
    [{}, { sessionAffinity: "ClientIP" }, "unsupported load balancer affinity: ClientIP"],
    [{}, { loadBalancerIP: "198.18.0.1" }, "LoadBalancerIP cannot be specified for AWS ELB"],
    [{}, { ports: [{ port: 53, protocol: "UDP" }] }, "Only TCP LoadBalancer is supported for AWS ELB"],
  ])("makes none, and says why: %o %o", (annotations, spec, why) => {
    const cluster = start()
    create(cluster, annotations, spec)
    cluster.advance(8000)
    expect(nameOf(cluster)).toBeUndefined()
    expect(warnings(cluster)).toEqual([
      `SyncLoadBalancerFailed Error syncing load balancer: failed to ensure load balancer: ${why}`,
    ])
  })

  test("takes the annotations of a production example, and tells which values it does not know", () => {
    const cluster = start()
    create(
      cluster,
      {
        [`${PREFIX}type`]: "nlb",
        [`${PREFIX}cross-zone-load-balancing-enabled`]: "true",
        [`${PREFIX}healthcheck-path`]: "/health",
        [`${PREFIX}healthcheck-interval`]: "10",
      },
      { sessionAffinity: "ClientIP" },
    )
    cluster.advance(8000)
    expect([nameOf(cluster) !== undefined, warnings(cluster)]).toEqual([true, []])
    bodyOf(cluster, "PATCH", `${SERVICES}/web`, {
      metadata: { annotations: { [`${PREFIX}type`]: "clb" } },
      spec: { sessionAffinity: "None" },
    })
    cluster.advance(8000)
    expect(warnings(cluster)).toEqual([
      `AnnotationIgnored annotation ${PREFIX}type: "clb" is none of nlb, nlb-ip, external; it is ignored`,
    ])
    expect(nameOf(cluster)).toContain(".eu-central-1.elb.")
  })

  test("is the same when its log is replayed, names included", () => {
    const cluster = start()
    createDeployment(cluster, "web", 2)
    for (const name of ["one", "two", "three"]) create(cluster, { [`${PREFIX}type`]: "nlb" }, {}, name)
    cluster.advance(10_000)
    cluster.http(OUTSIDE, { method: "GET", url: `http://${nameOf(cluster, "one")}/hostname` })
    const again = replayCluster(cluster.options, cluster.log())
    expect(again.ok && again.value.snapshot()).toEqual(cluster.snapshot())
    expect(new Set(["one", "two", "three"].map((name) => nameOf(cluster, name))).size).toBe(3)
  })
})
