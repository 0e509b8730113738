import { isPodReady, type KubeObject } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import {
  bodyOf,
  createClient,
  createDeployment,
  createService,
  curlFromClient,
  getDeployment,
  getService,
  listEvents,
  listPods,
  patchDeployment,
  said,
  startCluster,
} from "./testing/kube-client.ts"

const OUTSIDE = { kind: "outside", ip: "203.0.113.7" } as const

describe("a new cluster", () => {
  test("has settled: nothing is due before the Events grow old, and CoreDNS runs", () => {
    const cluster = startCluster()
    expect(cluster.now()).toBe(1_767_603_600_000)
    expect((cluster.nextDue() ?? 0) - cluster.now()).toBeGreaterThan(60_000)
    const dns = bodyOf(cluster, "GET", "/apis/apps/v1/namespaces/kube-system/deployments/coredns")
    expect(dns.status).toMatchObject({ readyReplicas: 2, availableReplicas: 2 })
  })

  test("has nodes of the given names, the first with the control plane", () => {
    const names = ["rec-control-plane", "rec-worker", "rec-worker2"]
    const cluster = startCluster({ topology: { nodes: 3, names } })
    const { items } = bodyOf(cluster, "GET", "/api/v1/nodes") as { items?: readonly KubeObject[] }
    expect(items?.map(({ metadata }) => metadata.name)).toEqual(names)
    expect(items?.[0]?.metadata.labels).toMatchObject({ "node-role.kubernetes.io/control-plane": "" })
    expect(() => startCluster({ topology: { nodes: 2, names } })).toThrow("3 names for 2 nodes")
    expect(() => startCluster({ topology: { nodes: 2, names: ["a", "a"] } })).toThrow("topology.names[1]")
    expect(() => startCluster({ topology: { nodes: 1, names: ["A"] } })).toThrow("RFC 1123")
  })

  test("may keep the first node to the control plane, which only pods that tolerate its taint come to", () => {
    const cluster = startCluster({ topology: { nodes: 2, dedicatedControlPlane: true } })
    createDeployment(cluster, "web", 3)
    cluster.advance(10_000)
    const { items } = bodyOf(cluster, "GET", "/api/v1/nodes") as { items?: readonly KubeObject[] }
    expect(items?.map(({ spec }) => spec)).toMatchObject([
      { podCIDR: "10.244.0.0/24", taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] },
      { podCIDR: "10.244.1.0/24" },
    ])
    expect(listPods(cluster, "web").map(({ spec }) => spec.nodeName)).toEqual(["node-2", "node-2", "node-2"])
    expect(() => startCluster({ topology: { nodes: 1, dedicatedControlPlane: true } })).toThrow("leaves no node")
  })

  test("refuses options that make no sense, and says where", () => {
    expect(() => startCluster({ topology: { nodes: 0 } })).toThrow("topology.nodes")
    expect(() => startCluster({ config: { serviceCIDR: "10.96.0.0/99" } })).toThrow("config.serviceCIDR")
    expect(() => startCluster({ config: { proxyMode: "userspace" as "ipvs" } })).toThrow("config.proxyMode")
    expect(() => startCluster({ objects: [{ apiVersion: "v1", kind: "Ship", metadata: { name: "x" } }] })).toThrow(
      "objects[0].kind",
    )
  })
})

describe("a Service", () => {
  test("leads to the pods of a Deployment within seconds, and every pod answers in the end", () => {
    const cluster = startCluster()
    createClient(cluster)
    createDeployment(cluster, "web", 3)
    createService(cluster, "web", { selector: { app: "web" }, ports: [{ port: 80, targetPort: "http" }] })
    cluster.advance(2000)
    const names = listPods(cluster, "web").map((pod) => pod.metadata.name)
    const answers = new Set(Array.from({ length: 40 }, () => said(curlFromClient(cluster, "web/hostname"))))
    expect([...answers].sort()).toEqual(names)
  })

  test("whose selector matches no pod refuses the connection", () => {
    const cluster = startCluster()
    createClient(cluster)
    createDeployment(cluster, "web", 2)
    createService(cluster, "web", { selector: { app: "wep" }, ports: [{ port: 80, targetPort: 8080 }] })
    cluster.advance(3000)
    const exchange = curlFromClient(cluster, "web")
    expect(exchange.outcome).toMatchObject({ exitCode: 7 })
    expect(said(exchange)).toMatch(/^\(7\) Failed to connect to web port 80 after \d+ ms: Couldn't connect to server$/)
    expect(exchange.trace.failure?.cause?.object).toMatchObject({ kind: "Service", name: "web" })
  })

  test("of type NodePort answers outside clients at every node", () => {
    const cluster = startCluster()
    createDeployment(cluster, "web", 1)
    createService(cluster, "web", {
      type: "NodePort",
      selector: { app: "web" },
      ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
    })
    cluster.advance(3000)
    for (const node of ["172.18.0.2", "172.18.0.3", "172.18.0.4"]) {
      const exchange = cluster.http(OUTSIDE, { method: "GET", url: `http://${node}:30080/hostname` })
      expect(said(exchange)).toBe(listPods(cluster, "web")[0]?.metadata.name)
    }
  })

  test("that remembers its clients sends one client to one pod until the time is over", () => {
    const cluster = startCluster()
    createClient(cluster)
    createDeployment(cluster, "web", 3)
    createService(cluster, "web", {
      selector: { app: "web" },
      ports: [{ port: 80, targetPort: 8080 }],
      sessionAffinity: "ClientIP",
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } },
    })
    cluster.advance(3000)
    const ask = () => said(curlFromClient(cluster, "web/hostname"))
    const first = ask()
    for (let index = 0; index < 10; index += 1) {
      cluster.advance(8000)
      expect(ask()).toBe(first)
    }
    const later = new Set<string>()
    for (let index = 0; index < 20; index += 1) {
      cluster.advance(11_000)
      later.add(ask())
    }
    expect(later.size).toBe(3)
  })
})

describe("a Service of type LoadBalancer", () => {
  const spec = { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] } as const

  test("stays pending without a controller, and says nothing about it", () => {
    const cluster = startCluster()
    createService(cluster, "web", spec)
    cluster.advance(600_000)
    expect(getService(cluster, "web").status).toEqual({ loadBalancer: {} })
  })

  test("gets the next free address after two seconds, gives it back, and goes", () => {
    const cluster = startCluster({ loadBalancerController: "vip" })
    createDeployment(cluster, "web", 2)
    createService(cluster, "web", spec)
    cluster.advance(1000)
    expect(getService(cluster, "web").status?.loadBalancer).toEqual({})
    cluster.advance(1500)
    expect(getService(cluster, "web").status?.loadBalancer?.ingress).toEqual([{ ip: "172.18.255.200", ipMode: "VIP" }])
    expect(said(cluster.http(OUTSIDE, { method: "GET", url: "172.18.255.200/hostname" }))).toMatch(/^web-/)
    createService(cluster, "other", spec)
    cluster.advance(3000)
    expect(getService(cluster, "other").status?.loadBalancer?.ingress?.[0]?.ip).toBe("172.18.255.201")
    bodyOf(cluster, "DELETE", "/api/v1/namespaces/default/services/web")
    cluster.advance(1000)
    expect(() => getService(cluster, "web")).toThrow("404")
    createService(cluster, "third", spec)
    cluster.advance(3000)
    expect(getService(cluster, "third").status?.loadBalancer?.ingress?.[0]?.ip).toBe("172.18.255.200")
  })

  test("of kind proxy is marked so, and its pods see the load balancer's own node", () => {
    const cluster = startCluster({ loadBalancerController: "proxy" })
    createDeployment(cluster, "web", 1)
    createService(cluster, "web", spec)
    cluster.advance(4000)
    expect(getService(cluster, "web").status?.loadBalancer?.ingress?.[0]?.ipMode).toBe("Proxy")
    expect(said(cluster.http(OUTSIDE, { method: "GET", url: "172.18.255.200/clientip" }))).not.toContain("203.0.113.7")
  })
})

describe("a rolling update", () => {
  test("never has fewer ready pods or more pods than its bounds allow, and ends with the new template alone", () => {
    const cluster = startCluster()
    createDeployment(cluster, "web", 8)
    cluster.advance(3000)
    patchDeployment(cluster, "web", { spec: { template: { metadata: { annotations: { version: "2" } } } } })
    let fewest = Number.POSITIVE_INFINITY
    let most = 0
    for (let step = 0; step < 400; step += 1) {
      cluster.advance(50)
      const pods = listPods(cluster, "web").filter((pod) => pod.metadata.deletionTimestamp === undefined)
      fewest = Math.min(fewest, pods.filter(isPodReady).length)
      most = Math.max(most, pods.length)
    }
    expect(fewest).toBeGreaterThanOrEqual(6)
    expect(most).toBeLessThanOrEqual(10)
    expect(listPods(cluster, "web").every((pod) => pod.metadata.annotations?.version === "2")).toBe(true)
    const { status, metadata } = getDeployment(cluster, "web")
    expect(status).toMatchObject({ replicas: 8, updatedReplicas: 8, availableReplicas: 8 })
    expect(metadata.annotations?.["deployment.kubernetes.io/revision"]).toBe("2")
  })

  test("to an image that does not exist gets stuck with the old pods serving, and says so after its deadline", () => {
    const cluster = startCluster()
    createDeployment(cluster, "web", 2, {}, { progressDeadlineSeconds: 30 })
    cluster.advance(3000)
    patchDeployment(cluster, "web", {
      spec: { template: { spec: { containers: [{ name: "web", image: "nginx:9.99" }] } } },
    })
    cluster.advance(60_000)
    const { status } = getDeployment(cluster, "web")
    expect(status).toMatchObject({ replicas: 3, updatedReplicas: 1, availableReplicas: 2, unavailableReplicas: 1 })
    expect(status?.conditions?.find((each) => each.type === "Progressing")?.reason).toBe("ProgressDeadlineExceeded")
  })

  test("of a Recreate Deployment waits until the last old pod is gone", () => {
    const cluster = startCluster()
    createDeployment(cluster, "web", 2, {}, { strategy: { type: "Recreate", rollingUpdate: null } })
    cluster.advance(3000)
    const before = listPods(cluster, "web").map((pod) => pod.metadata.uid)
    patchDeployment(cluster, "web", { spec: { template: { metadata: { annotations: { version: "2" } } } } })
    for (let step = 0; step < 200; step += 1) {
      cluster.advance(50)
      const pods = listPods(cluster, "web")
      const old = pods.filter((pod) => before.includes(pod.metadata.uid)).length
      expect(old === 0 || old === pods.length).toBe(true)
    }
    expect(listPods(cluster, "web").filter(isPodReady)).toHaveLength(2)
  })
})

describe("scaling", () => {
  test("to a thousand pods makes all of them ready", () => {
    const cluster = startCluster({ topology: { nodes: 10 } })
    createDeployment(cluster, "web", 1000)
    cluster.advance(3000)
    expect(getDeployment(cluster, "web").status?.readyReplicas).toBe(1000)
  })

  test("to a million pods is refused beyond what the cluster bears, and can be taken back", () => {
    const cluster = startCluster({ topology: { nodes: 1 } })
    createDeployment(cluster, "web", 1_000_000)
    cluster.advance(5000)
    expect(listPods(cluster)).toHaveLength(4992)
    const [rs] = bodyOf(cluster, "GET", "/apis/apps/v1/namespaces/default/replicasets").items as readonly KubeObject[]
    expect(listEvents(cluster, rs?.metadata.name ?? "").find((event) => event.type === "Warning")?.message).toBe(
      `Error creating: pods "${rs?.metadata.name}-" is forbidden: exceeded quota: cluster, requested: pods=1, used: pods=5000, limited: pods=5000`,
    )
    patchDeployment(cluster, "web", { spec: { replicas: 2 } })
    cluster.advance(5000)
    expect(getDeployment(cluster, "web").status).toMatchObject({ replicas: 2, readyReplicas: 2 })
  }, 30_000)

  test("to nothing leaves a Service that refuses", () => {
    const cluster = startCluster()
    createClient(cluster)
    createDeployment(cluster, "web", 2)
    createService(cluster, "web", { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] })
    cluster.advance(3000)
    patchDeployment(cluster, "web", { spec: { replicas: 0 } })
    cluster.advance(3000)
    expect(listPods(cluster, "web")).toEqual([])
    expect(curlFromClient(cluster, "web").outcome).toMatchObject({ exitCode: 7 })
  })
})

describe("deletion", () => {
  test("of a Deployment takes its ReplicaSets and pods along", () => {
    const cluster = startCluster()
    createDeployment(cluster, "web", 2)
    cluster.advance(3000)
    bodyOf(cluster, "DELETE", "/apis/apps/v1/namespaces/default/deployments/web")
    cluster.advance(3000)
    expect(listPods(cluster)).toEqual([])
    expect(bodyOf(cluster, "GET", "/apis/apps/v1/namespaces/default/replicasets").items).toEqual([])
  })

  test("of a namespace takes everything in it along", () => {
    const cluster = startCluster()
    const inhabitants = bodyOf(cluster, "GET", "/api/v1/pods").items as readonly KubeObject[]
    bodyOf(cluster, "POST", "/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } })
    bodyOf(cluster, "POST", "/api/v1/namespaces/shop/pods", {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "one" },
      spec: { containers: [{ name: "one", image: "nginx" }] },
    })
    cluster.advance(3000)
    bodyOf(cluster, "DELETE", "/api/v1/namespaces/shop")
    cluster.advance(10_000)
    expect(() => bodyOf(cluster, "GET", "/api/v1/namespaces/shop")).toThrow("404")
    expect(bodyOf(cluster, "GET", "/api/v1/pods").items).toHaveLength(inhabitants.length)
  })
})
