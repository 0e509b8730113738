import { describe, expect, test } from "vitest"
import { NODES, pod, service, slice } from "../../testing/world.ts"
import { codes, finding } from "../diagnosed.ts"

const pods = [pod("web-1", "10.244.1.11", "web"), pod("probe", "10.244.3.10", "probe")]
const ports = [{ name: "http", port: 80, targetPort: 8080, nodePort: 30037 }]
const nodePort = service("web", "10.96.0.20", { type: "NodePort", externalTrafficPolicy: "Local", ports })
const balanced = (spec: object = { healthCheckNodePort: 32000 }) =>
  service(
    "web",
    "10.96.0.20",
    { type: "LoadBalancer", externalTrafficPolicy: "Local", ports, ...spec },
    { ip: "172.18.255.200" },
  )
const inside = service("web", "10.96.0.20", { internalTrafficPolicy: "Local" })

describe("externalTrafficPolicy Local", () => {
  test("[R25] names the nodes that stay silent (policy-local-no-endpoint)", () => {
    const found = finding({ pods, services: [nodePort] }, "policy-local-no-endpoint")
    expect(found).toMatchObject({ severity: "warning", path: "spec.externalTrafficPolicy", value: '"Local"' })
    expect(found.message).toContain("2 nodes of 3 have no endpoint: node-2 and node-3.")
    expect(found.message).toContain("node port 30037")
  })

  test("is nothing to speak of behind a load balancer that asks for health", () => {
    expect(codes({ pods, services: [balanced()] })).toEqual([])
  })

  test("[R49] needs a healthCheckNodePort there (health-check-node-port-missing)", () => {
    expect(codes({ pods, services: [balanced({})] })).toEqual(["warning health-check-node-port-missing"])
  })

  test("keeps the traffic on nodes that the load balancer does not use (local-policy-nodes-excluded)", () => {
    const nodes = NODES.map((node) => (node.name === "node-1" ? { ...node, excludedFromLoadBalancers: true } : node))
    expect(codes({ nodes, pods, services: [balanced()] })).toEqual(["warning local-policy-nodes-excluded"])
  })

  test("is never met by endpoints that name no node (local-policy-without-node-name)", () => {
    const { selector: _, ...spec } = nodePort.spec
    const byHand = { ...nodePort, spec }
    const slices = [slice(byHand, [{ addresses: ["192.0.2.7"] }])]
    expect(codes({ services: [byHand], slices })).toEqual(["error local-policy-without-node-name"])
    const { selector: __, ...internal } = inside.spec
    expect(codes({ services: [{ ...inside, spec: internal }], slices })).toEqual([
      "error local-policy-without-node-name",
    ])
  })
})

describe("internalTrafficPolicy Local", () => {
  test("[R24] names the nodes whose pods get no answer (internal-local-no-endpoint)", () => {
    const { severity, message } = finding({ pods, services: [inside] }, "internal-local-no-endpoint")
    expect(severity).toBe("warning")
    expect(message).toContain("1 node with pods has no endpoint: node-3. 1 pod there gets no answer")
  })

  test("is fine where every node with pods has an endpoint", () => {
    expect(codes({ pods: pods.slice(0, 1), services: [inside] })).toEqual([])
  })
})
