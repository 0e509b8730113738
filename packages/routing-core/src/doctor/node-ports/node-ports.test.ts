import { describe, expect, test } from "vitest"
import { listens, pod, service } from "../../testing/world.ts"
import { codes, diagnosed, finding } from "../diagnosed.ts"

const pods = [pod("web-1", "10.244.1.11", "web"), pod("web-2", "10.244.2.11", "web")]
const np = (name: string, ip: string, nodePort: number, protocol: "TCP" | "UDP" = "TCP") =>
  service(name, ip, { type: "NodePort", ports: [{ name: "http", port: 80, targetPort: 8080, nodePort, protocol }] })

describe("a number that two Services want (node-port-taken)", () => {
  test("[R18] of one protocol: only one gets the traffic", () => {
    const found = diagnosed({ pods, services: [np("a", "10.96.0.20", 30080), np("b", "10.96.0.21", 30080)] })
    expect(found.map(({ severity, code, object }) => `${severity} ${code} ${object.name}`)).toEqual([
      "error node-port-taken a",
      "error node-port-taken b",
    ])
    expect(found[0]?.message).toContain("wanted by Service shop/b too")
    expect(found[0]?.path).toBe("spec.ports[0].nodePort")
  })

  test("of two protocols: the API server does not give it twice, though packets would not mind", () => {
    const udp = { ...np("b", "10.96.0.21", 30080, "UDP") }
    const listening = pods.map((each) => ({
      ...each,
      sockets: [listens(8080), { ...listens(8080), protocol: "UDP" as const }],
    }))
    expect(codes({ pods: listening, services: [np("a", "10.96.0.20", 30080), udp] })).toEqual([
      "warning node-port-taken",
      "warning node-port-taken",
    ])
  })

  test("one Service may have it for TCP and UDP", () => {
    const both = service("dns", "10.96.0.20", {
      type: "NodePort",
      ports: [
        { name: "tcp", port: 53, targetPort: 8080, nodePort: 30053 },
        { name: "udp", port: 53, targetPort: 8080, nodePort: 30053, protocol: "UDP" },
      ],
    })
    const listening = pods.map((each) => ({
      ...each,
      sockets: [listens(8080), { ...listens(8080), protocol: "UDP" as const }],
    }))
    expect(codes({ pods: listening, services: [both] })).toEqual([])
  })

  test("a healthCheckNodePort counts as well", () => {
    const health = service(
      "lb",
      "10.96.0.21",
      { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 30080 },
      { ip: "172.18.255.200" },
    )
    expect(codes({ pods, services: [np("a", "10.96.0.20", 30080), health] })).toEqual([
      "error node-port-taken",
      "warning node-port-taken",
    ])
  })
})

test("a number outside the range (node-port-out-of-range)", () => {
  expect(finding({ pods, services: [np("a", "10.96.0.20", 8080)] }, "node-port-out-of-range").message).toContain(
    "outside 30000-32767",
  )
})

describe("pods that use a node's ports", () => {
  test("are hidden by a node port of that number (node-port-shadows)", () => {
    const agent = pod("agent", "172.18.0.4", "agent", {
      hostNetwork: true,
      nodeName: "node-3",
      sockets: [listens(30080)],
    })
    expect(
      finding({ pods: [...pods, agent], services: [np("a", "10.96.0.20", 30080)] }, "node-port-shadows").message,
    ).toContain("Pod shop/agent uses 30080 of its node")
    const hostPort = pod("edge", "10.244.3.11", "edge", {
      declaredPorts: [{ port: 80, protocol: "TCP", hostPort: 30080 }],
    })
    expect(
      finding({ pods: [...pods, hostPort], services: [np("a", "10.96.0.20", 30080)] }, "node-port-shadows").message,
    ).toContain("asks for hostPort 30080")
  })

  test("get in each other's way (host-port-conflict)", () => {
    const edge = (name: string, ip: string, hostIP?: string) =>
      pod(name, ip, "edge", {
        declaredPorts: [{ port: 80, protocol: "TCP", hostPort: 80, ...(hostIP ? { hostIP } : {}) }],
      })
    expect(finding({ pods: [edge("a", "10.244.3.11"), edge("b", "10.244.3.12")] }, "host-port-conflict")).toMatchObject(
      {
        severity: "warning",
        object: { kind: "Pod", name: "b" },
        message: expect.stringContaining(
          "Two pods want 80/TCP of node-3: a asks for hostPort 80, and b asks for hostPort 80.",
        ),
      },
    )
    expect(codes({ pods: [edge("a", "10.244.3.11"), edge("b", "10.244.2.12")] })).toEqual([])
    expect(codes({ pods: [edge("a", "10.244.3.11", "172.18.0.4"), edge("b", "10.244.3.12", "127.0.0.1")] })).toEqual([])
  })
})
