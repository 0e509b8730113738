import { expect, test } from "vitest"
import type { NodeFacts, PodFacts } from "../state.ts"
import { ask, shop } from "../testing/shop.ts"
import { NODES, pod, service, slice, summary, tableOf } from "../testing/world.ts"

const settings = (config: NonNullable<Parameters<typeof tableOf>[0]["config"]>) => tableOf({ ...shop, config })

test("[R56] node ports answer on the addresses that --nodeport-addresses names", () => {
  const nodes = NODES.map((node, index) => ({ ...node, otherIPs: [`192.168.7.${index + 1}`] }))
  const on = (config: Parameters<typeof settings>[0], to: string) =>
    summary(ask(tableOf({ ...shop, nodes, config }), "outside", to))
  expect(on({}, "192.168.7.1:30036")).toContain("delivered")
  expect(on({ proxyMode: "nftables" }, "192.168.7.1:30036")).toBe("refused: wrong-node-port")
  expect(on({ nodePortAddresses: ["192.168.7.0/24"] }, "192.168.7.1:30036")).toContain("delivered")
  expect(on({ nodePortAddresses: ["192.168.7.0/24"] }, "172.18.0.2:30036")).toBe("refused: wrong-node-port")
  expect(on({ nodePortAddresses: ["primary"] }, "192.168.7.1:30036")).toBe("refused: wrong-node-port")
  const loopback = (config: Parameters<typeof settings>[0]) =>
    summary(ask(settings(config), "node-3", "127.0.0.1:30036"))
  expect(loopback({ localhostNodePorts: false })).toBe("refused: wrong-node-port")
  expect(loopback({ nodePortAddresses: ["172.18.0.0/16"] })).toBe("refused: wrong-node-port")
})

test("[R56] iptables refuses a node port without endpoints on every address of the node", () => {
  const table = settings({ nodePortAddresses: ["192.168.7.0/24"] })
  const found = ask(table, "outside", "172.18.0.2:30050")
  expect(summary(found)).toBe("refused: no-endpoints-selector-mismatch")
  expect(
    summary(
      ask(settings({ nodePortAddresses: ["192.168.7.0/24"], proxyMode: "nftables" }), "outside", "172.18.0.2:30050"),
    ),
  ).toBe("refused: wrong-node-port")
})

test("[R57] --masquerade-all hides pods from backends", () => {
  expect(summary(ask(settings({ masqueradeAll: true }), "frontend", "10.96.0.20:80"))).toBe(
    "delivered: web-1 sees 10.244.1.1, web-2 sees 172.18.0.2",
  )
})

test("[R58] without a local detector nobody is a pod", () => {
  const table = settings({ localDetector: "none" })
  expect(summary(ask(table, "node-3", "10.96.0.20:80"))).toBe("delivered: web-1 sees 172.18.0.4, web-2 sees 172.18.0.4")
  expect(ask(table, "node-3", "10.96.0.20:80").hops[1]?.action).toBe("dnat")
  expect(summary(ask(table, "frontend", "172.18.255.201:80"))).toBe("delivered: web-1 sees 10.244.1.10")
  expect(summary(ask(table, "default/probe", "172.18.255.201:80"))).toBe("timeout: policy-local-no-endpoint")
})

const dual: readonly NodeFacts[] = NODES.map((node, index) => ({
  ...node,
  secondIP: `fd00:172::${index + 2}`,
  secondPodCIDR: `fd00:244:${index + 1}::/64`,
}))
const both = (name: string, ip: string, app: string, more: Partial<PodFacts> = {}): PodFacts =>
  pod(name, ip, app, { secondIP: `fd00:244:${ip.split(".")[2]}::${ip.split(".")[3]}`, ...more })
const dualConfig = {
  clusterCIDR: "10.244.0.0/16,fd00:244::/32",
  serviceCIDR: "10.96.0.0/16,fd00:96::/112",
  nodeCIDR: "172.18.0.0/16,fd00:172::/64",
}
const web = service("web", "10.96.0.20", {
  type: "NodePort",
  clusterIPs: ["10.96.0.20", "fd00:96::20"],
  ports: [{ name: "http", port: 80, targetPort: 8080, nodePort: 30036 }],
})
const old = service("old", "10.96.0.21")
const pods = [
  both("client", "10.244.1.10", "x"),
  both("web-1", "10.244.1.11", "web"),
  both("web-2", "10.244.2.11", "web"),
]
const six = (each: typeof web, addresses: readonly string[]) => ({
  ...slice(
    each,
    addresses.map((ip) => ({ addresses: [ip], conditions: { ready: true } })),
    2,
  ),
  addressType: "IPv6" as const,
})
const dualTable = tableOf({
  config: dualConfig,
  nodes: dual,
  pods: [...pods, pod("four", "10.244.1.12", "x")],
  services: [web, old],
  slices: [
    slice(web, [{ addresses: ["10.244.1.11"], conditions: { ready: true } }]),
    six(web, ["fd00:244:1::11", "fd00:244:2:0::11"]),
    slice(old, [{ addresses: ["10.244.2.11"], conditions: { ready: true } }]),
  ],
})

test("[R60] each family has its own addresses and endpoints", () => {
  expect(summary(ask(dualTable, "client", "10.96.0.20:80"))).toBe("delivered: web-1 sees 10.244.1.10")
  expect(summary(ask(dualTable, "client", "fd00:96::20:80"))).toBe(
    "delivered: web-1 sees fd00:244:1::10, web-2 sees fd00:244:1::10",
  )
  expect(summary(ask(dualTable, "node-1", "fd00:172::4:30036"))).toBe(
    "delivered: web-1 sees fd00:172::4, web-2 sees fd00:172::4",
  )
  expect(ask(dualTable, "client", "FD00:96:0::20:80").destination).toBe("fd00:96::20")
  expect(summary(ask(dualTable, "node-1", "::1:30036"))).toBe("refused: wrong-node-port")
})

test("[R60] a client without an address of the family cannot send, and takes the other one when a name has both", () => {
  const found = ask(dualTable, "four", "fd00:96::20:80")
  expect(summary(found)).toBe("unreachable: no-address-of-family")
  expect(found.curl.exitCode).toBe(7)
  expect(found.hops.at(-1)?.rule).toBe("R60")
  expect(summary(ask(dualTable, "four", "web:80"))).toBe("delivered: web-1 sees 10.244.1.12")
  expect(ask(dualTable, "client", "web:80").destination).toBe("fd00:96::20")
  expect(ask(dualTable, "client", "old:80").destination).toBe("10.96.0.21")
})

test("[R60] over the other family a program gets through when the first one is refused", () => {
  const none = tableOf({
    config: dualConfig,
    nodes: dual,
    pods,
    services: [web],
    slices: [slice(web, [{ addresses: ["10.244.1.11"], conditions: { ready: true } }])],
  })
  expect(summary(ask(none, "client", "fd00:96::20:80"))).toContain("refused")
  const found = ask(none, "client", "web:80")
  expect(summary(found)).toBe("delivered: web-1 sees 10.244.1.10")
  expect(found.notes.map((note) => note.code)).toContain("other-family")
})

test("[R29] a pod that comes back to itself through another node is masqueraded by iptables alone", () => {
  const odd = service("web", "10.96.0.20", {
    type: "NodePort",
    externalTrafficPolicy: "Local",
    ports: [{ port: 80, targetPort: 8080, nodePort: 30037 }],
  })
  const web = pod("web-1", "10.244.1.11", "web")
  const found = (proxyMode: "iptables" | "nftables") =>
    summary(
      ask(
        tableOf({ config: { proxyMode, podMasquerade: "none" }, pods: [web], services: [odd] }),
        "web-1",
        "172.18.0.3:30037",
      ),
    )
  expect(found("iptables")).toBe("delivered: web-1 sees 172.18.0.3")
  expect(found("nftables")).toBe("timeout: answer-lost")
})

test("[R17] of two Services on one address the one with endpoints answers", () => {
  const first = service("a", "10.96.0.40", { selector: { app: "nobody" }, externalIPs: ["172.18.255.220"] })
  const second = service("b", "10.96.0.41", { externalIPs: ["172.18.255.220"] })
  const pods = [pod("client", "10.244.1.10", "x"), pod("web-1", "10.244.1.11", "web")]
  const found = ask(tableOf({ pods, services: [first, second] }), "client", "172.18.255.220:80")
  expect([found.route.service?.name, found.verdict]).toEqual(["b", "delivered"])
})
