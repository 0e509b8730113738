import type { ServiceSpec } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import { NODES, pod, service } from "../../testing/world.ts"
import { codes, diagnosed, finding } from "../diagnosed.ts"

const pods = [
  pod("web-1", "10.244.1.11", "web"),
  pod("web-2", "10.244.2.11", "web"),
  pod("web-3", "10.244.3.11", "web"),
]
const ports = [{ name: "http", port: 80, targetPort: 8080, nodePort: 31147 }]
const lb = (
  spec: ServiceSpec = {},
  ingress: { ip?: string; hostname?: string; ipMode?: "VIP" | "Proxy" }[] = [{ ip: "172.18.255.200" }],
) => ({
  ...service("web", "10.96.0.20", { type: "LoadBalancer", ports, ...spec }),
  status: { loadBalancer: { ingress } },
})

test("a load balancer with an address has no finding", () => {
  expect(diagnosed({ pods, services: [lb()] })).toEqual([])
})

describe("no address yet (load-balancer-pending)", () => {
  test("because there is no controller", () => {
    const found = finding({ config: { loadBalancer: "none" }, pods, services: [lb({}, [])] }, "load-balancer-pending")
    expect(found.severity).toBe("warning")
    expect(found.message).toContain("has no load balancer controller, so it stays so")
    expect(found.message).toContain("Its cluster IP and node ports answer meanwhile.")
  })

  test("because of a class that nobody serves", () => {
    const found = finding(
      { pods, services: [lb({ loadBalancerClass: "example.com/premium" }, [])] },
      "load-balancer-pending",
    )
    expect(found).toMatchObject({ path: "spec.loadBalancerClass", value: '"example.com/premium"' })
    expect(found.fix).toContain("change the type to NodePort and back")
  })

  test("because it takes a few seconds", () => {
    expect(finding({ pods, services: [lb({}, [])] }, "load-balancer-pending").fix).toContain("a few seconds are normal")
  })
})

describe("a load balancer that is a proxy", () => {
  const proxy = [{ ip: "172.18.255.200", ipMode: "Proxy" as const }]

  test("[R44] needs node ports (load-balancer-no-node-port)", () => {
    const bare = lb(
      { allocateLoadBalancerNodePorts: false, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
      proxy,
    )
    expect(finding({ pods, services: [bare] }, "load-balancer-no-node-port")).toMatchObject({
      severity: "error",
      path: "spec.allocateLoadBalancerNodePorts",
      value: "false",
    })
  })

  test("hides the clients from session affinity (affinity-behind-proxy)", () => {
    expect(codes({ pods, services: [lb({ sessionAffinity: "ClientIP" }, proxy)] })).toEqual([
      "warning affinity-behind-proxy",
    ])
  })

  test("[R45] keeps its clients from kube-proxy's source ranges (source-ranges-not-by-kube-proxy)", () => {
    expect(codes({ pods, services: [lb({ loadBalancerSourceRanges: ["203.0.113.0/24"] }, proxy)] })).toEqual([
      "note source-ranges-not-by-kube-proxy",
    ])
  })
})

test("nodes that are all excluded leave nobody to send to (load-balancer-no-node)", () => {
  const nodes = NODES.map((node) => ({ ...node, excludedFromLoadBalancers: true }))
  expect(codes({ nodes, pods, services: [lb()] })).toEqual(["error load-balancer-no-node"])
})

test("a load balancer with a name only is told (load-balancer-host-name)", () => {
  expect(codes({ pods, services: [lb({}, [{ hostname: "web.elb.example.com" }])] })).toEqual([
    "note load-balancer-host-name",
  ])
})

test("two Services at one address and port (load-balancer-address-taken)", () => {
  const other = {
    ...lb({ ports: [{ name: "http", port: 80, targetPort: 8080, nodePort: 31148 }], clusterIP: "10.96.0.21" }),
    metadata: { name: "web-2", namespace: "shop" },
  }
  expect(codes({ pods, services: [lb(), other] })).toEqual([
    "error load-balancer-address-taken",
    "error load-balancer-address-taken",
  ])
})

describe("[R45] source ranges", () => {
  const ranges = (...loadBalancerSourceRanges: string[]) =>
    codes({ pods, services: [lb({ loadBalancerSourceRanges })] })

  test("that are no blocks (source-range-malformed)", () => {
    expect(ranges("203.0.113.7")).toContain("warning source-range-malformed")
  })

  test("of the other family (source-range-of-other-family)", () => {
    expect(ranges("2001:db8::/64")).toContain("warning source-range-of-other-family")
  })

  test("guard one address only, and shut pods out of it (source-ranges-reach)", () => {
    const service = lb({ loadBalancerSourceRanges: ["203.0.113.0/24"] })
    const { severity, message } = finding({ pods, services: [service] }, "source-ranges-reach")
    expect(severity).toBe("note")
    expect(message).toContain("Node port 31147 and the cluster IP answer everybody; and no pod")
  })

  test("that name pods let those in", () => {
    const service = lb({ loadBalancerSourceRanges: ["10.244.1.11/32"] })
    expect(finding({ pods, services: [service] }, "source-ranges-reach").message).not.toContain("no pod")
  })

  test("of length 0 are none", () => {
    expect(ranges("0.0.0.0/0")).toEqual([])
  })
})
