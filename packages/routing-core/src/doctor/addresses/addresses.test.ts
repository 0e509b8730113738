import { describe, expect, test } from "vitest"
import { listens, pod, service } from "../../testing/world.ts"
import { codes, finding } from "../diagnosed.ts"

const pods = [pod("web-1", "10.244.1.11", "web")]
const external = (name: string, ip: string, externalIPs: readonly string[], port = 80) =>
  service(name, ip, { externalIPs, ports: [{ name: "http", port, targetPort: 8080 }] })

describe("cluster IPs", () => {
  test("that two Services want (cluster-ip-taken)", () => {
    expect(codes({ pods, services: [service("a", "10.96.0.20"), service("b", "10.96.0.20")] })).toEqual([
      "error cluster-ip-taken",
      "error cluster-ip-taken",
    ])
    const other = service("b", "10.96.0.20", { ports: [{ name: "http", port: 81, targetPort: 8080 }] })
    expect(codes({ pods, services: [service("a", "10.96.0.20"), other] })).toEqual([
      "warning cluster-ip-taken",
      "warning cluster-ip-taken",
    ])
  })

  test("outside the service range (cluster-ip-outside-range), unless the range itself cannot be right", () => {
    const odd = service("a", "10.100.0.20")
    expect(codes({ pods, services: [odd] })).toEqual(["warning cluster-ip-outside-range"])
    const api = { ...service("kubernetes", "10.100.0.1"), metadata: { name: "kubernetes", namespace: "default" } }
    expect(
      codes({ pods: [...pods, { ...(pods[0] ?? pod("", "", "")), namespace: "default" }], services: [odd, api] }),
    ).toEqual([])
  })
})

describe("external IPs", () => {
  test("[R50] that two Services want on one port (external-ip-taken)", () => {
    const a = external("a", "10.96.0.20", ["172.18.255.220"])
    expect(codes({ pods, services: [a, external("b", "10.96.0.21", ["172.18.255.220"])] })).toEqual([
      "error external-ip-taken",
      "error external-ip-taken",
    ])
    expect(codes({ pods, services: [a, external("b", "10.96.0.21", ["172.18.255.220"], 81)] })).toEqual([])
  })

  test("that belong to the Services or the pods (external-ip-inside-cluster)", () => {
    const found = (ip: string) =>
      finding({ pods, services: [external("a", "10.96.0.20", [ip])] }, "external-ip-inside-cluster").message
    expect(found("10.96.0.20")).toContain("the cluster IP of Service shop/a")
    expect(found("10.244.1.11")).toContain("the address of pod shop/web-1")
    expect(found("10.244.9.9")).toContain("an address of the pod network")
    expect(found("10.96.9.9")).toContain("an address of the service range")
  })

  test("that take a port away from a node (external-ip-of-node)", () => {
    const kubelet = external("a", "10.96.0.20", ["172.18.0.2"], 10250)
    expect(finding({ pods, services: [kubelet] }, "external-ip-of-node").message).toContain("the address of node-1")
    expect(codes({ pods, services: [external("a", "10.96.0.20", ["172.18.0.2"])] })).toEqual([
      "note external-ip-of-node",
    ])
    const agent = pod("agent", "172.18.0.2", "agent", { hostNetwork: true, nodeName: "node-1", sockets: [listens(80)] })
    expect(codes({ pods: [...pods, agent], services: [external("a", "10.96.0.20", ["172.18.0.2"])] })).toEqual([
      "warning external-ip-of-node",
    ])
  })
})

test("addresses of a family that the Service lacks are nobody's (address-of-other-family)", () => {
  expect(
    finding({ pods, services: [external("a", "10.96.0.20", ["2001:db8::1"])] }, "address-of-other-family"),
  ).toMatchObject({
    severity: "warning",
    path: "spec.externalIPs[0]",
  })
})
