import type { EndpointSlice, Endpoints, KubeObject } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import type { Cluster } from "../cluster.ts"
import {
  AGNHOST,
  bodyOf,
  createDeployment,
  createPod,
  createService,
  getPod,
  listPods,
  patchDeployment,
  startCluster,
} from "../testing/kube-client.ts"

const slicesOf = (cluster: Cluster, service: string): readonly EndpointSlice[] =>
  bodyOf(
    cluster,
    "GET",
    `/apis/discovery.k8s.io/v1/namespaces/default/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3D${service}`,
  ).items as readonly EndpointSlice[]

const endpointsOf = (cluster: Cluster, service: string) =>
  bodyOf(cluster, "GET", `/api/v1/namespaces/default/endpoints/${service}`) as Endpoints

const addresses = (slice: EndpointSlice | undefined) => (slice?.endpoints ?? []).flatMap((each) => each.addresses)

const web = { selector: { app: "web" }, ports: [{ port: 80, targetPort: "http" }] }

describe("the slices of a Service", () => {
  test("are one empty placeholder while no pod is selected, which the first pods take over", () => {
    const cluster = startCluster()
    createService(cluster, "web", web)
    cluster.advance(1000)
    const [placeholder, ...others] = slicesOf(cluster, "web")
    expect(others).toEqual([])
    expect(placeholder).toMatchObject({ endpoints: null, ports: null, addressType: "IPv4" })
    expect(placeholder?.metadata.labels).toEqual({
      "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
      "kubernetes.io/service-name": "web",
    })
    createDeployment(cluster, "web", 2)
    cluster.advance(3000)
    const [slice] = slicesOf(cluster, "web")
    expect(slice?.metadata.name).toBe(placeholder?.metadata.name)
    expect(slice?.ports).toEqual([{ name: "", protocol: "TCP", port: 8080 }])
    expect(addresses(slice).sort()).toEqual(
      listPods(cluster, "web")
        .map((pod) => pod.status?.podIP)
        .sort(),
    )
  })

  test("say of each endpoint whether it is ready, serving and terminating", () => {
    const cluster = startCluster()
    createService(cluster, "web", web)
    const readinessProbe = { httpGet: { path: "/healthz", port: 8080 } }
    const slow = {
      command: ["sh", "-c", "sleep 5; exec /agnhost netexec --http-port=8080"],
      readinessProbe,
      lifecycle: { preStop: { sleep: { seconds: 5 } } },
    }
    createDeployment(cluster, "web", 1, slow)
    cluster.advance(3000)
    const conditions = () => slicesOf(cluster, "web")[0]?.endpoints?.[0]?.conditions
    expect(conditions()).toEqual({ ready: false, serving: false, terminating: false })
    expect(endpointsOf(cluster, "web").subsets?.[0]).toMatchObject({ notReadyAddresses: [{}], ports: [{ port: 8080 }] })
    cluster.advance(20_000)
    expect(conditions()).toEqual({ ready: true, serving: true, terminating: false })
    patchDeployment(cluster, "web", { spec: { replicas: 0 } })
    cluster.advance(1000)
    expect(conditions()).toEqual({ ready: false, serving: true, terminating: true })
    expect(endpointsOf(cluster, "web").subsets).toBeUndefined()
    cluster.advance(10_000)
    expect(slicesOf(cluster, "web")[0]?.endpoints).toBeNull()
  })

  test("are apart for pods whose port of that name has another number", () => {
    const cluster = startCluster()
    createService(cluster, "web", web)
    createDeployment(cluster, "web", 1)
    createPod(
      cluster,
      "other",
      { image: AGNHOST, args: ["netexec", "--http-port=9090"], ports: [{ name: "http", containerPort: 9090 }] },
      {},
      { app: "web" },
    )
    createPod(cluster, "nameless", { image: AGNHOST, args: ["netexec"] }, {}, { app: "web" })
    cluster.advance(3000)
    const ports = slicesOf(cluster, "web").map((slice) => slice.ports?.map((port) => port.port) ?? [])
    expect(ports.sort()).toEqual([[], [8080], [9090]].sort())
    expect(
      endpointsOf(cluster, "web")
        .subsets?.flatMap((subset) => subset.ports?.map((port) => port.port))
        .sort(),
    ).toEqual([8080, 9090])
  })

  test("hold a hundred endpoints at most", () => {
    const cluster = startCluster({ topology: { nodes: 4 } })
    createService(cluster, "web", web)
    createDeployment(cluster, "web", 250)
    cluster.advance(4000)
    const sizes = slicesOf(cluster, "web").map((slice) => slice.endpoints?.length ?? 0)
    expect(sizes).toHaveLength(3)
    expect(Math.max(...sizes)).toBe(100)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(250)
  })

  test("go with the Service, and so do its Endpoints", () => {
    const cluster = startCluster()
    createDeployment(cluster, "web", 1)
    createService(cluster, "web", web)
    cluster.advance(3000)
    bodyOf(cluster, "DELETE", "/api/v1/namespaces/default/services/web")
    cluster.advance(1000)
    expect(slicesOf(cluster, "web")).toEqual([])
    expect(() => endpointsOf(cluster, "web")).toThrow("404")
  })

  test("are mirrored from Endpoints that somebody made for a Service without a selector", () => {
    const cluster = startCluster()
    createService(cluster, "db", { ports: [{ name: "sql", port: 5432 }] })
    const made: KubeObject = {
      apiVersion: "v1",
      kind: "Endpoints",
      metadata: { name: "db" },
      subsets: [{ addresses: [{ ip: "172.18.0.99" }], ports: [{ name: "sql", port: 5432, protocol: "TCP" }] }],
    }
    bodyOf(cluster, "POST", "/api/v1/namespaces/default/endpoints", made)
    cluster.advance(1000)
    const [slice] = slicesOf(cluster, "db")
    expect(addresses(slice)).toEqual(["172.18.0.99"])
    expect(slice?.metadata.labels?.["endpointslice.kubernetes.io/managed-by"]).toBe(
      "endpointslicemirroring-controller.k8s.io",
    )
    bodyOf(cluster, "DELETE", "/api/v1/namespaces/default/endpoints/db")
    cluster.advance(1000)
    expect(slicesOf(cluster, "db")).toEqual([])
  })
})

describe("a pod that loses its label", () => {
  test("leaves the Service but goes on answering, and its ReplicaSet makes another", () => {
    const cluster = startCluster()
    createDeployment(cluster, "web", 2)
    createService(cluster, "web", web)
    cluster.advance(3000)
    const [first] = listPods(cluster, "web")
    const name = first?.metadata.name ?? ""
    bodyOf(cluster, "PATCH", `/api/v1/namespaces/default/pods/${name}`, { metadata: { labels: { app: "aside" } } })
    cluster.advance(3000)
    expect(listPods(cluster, "web")).toHaveLength(2)
    expect(addresses(slicesOf(cluster, "web")[0])).not.toContain(first?.status?.podIP)
    expect(getPod(cluster, name).metadata.ownerReferences).toBeUndefined()
    const direct = cluster.http(
      { kind: "node", name: "node-1" },
      { method: "GET", url: `${first?.status?.podIP}:8080/hostname` },
    )
    expect(direct.outcome).toMatchObject({ body: name })
  })
})
