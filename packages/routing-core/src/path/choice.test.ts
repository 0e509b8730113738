import { describe, expect, test } from "vitest"
import { ask, shop, shopTable } from "../testing/shop.ts"
import { listens, NODES, origin, pod, service, slice, slicesFor, summary, tableOf } from "../testing/world.ts"
import { decide } from "./trace.ts"

const zoned = NODES.map((node, index) => ({ ...node, zone: index === 0 ? "east" : "west" }))

test("[R20] each pick chooses its share of the endpoints, and odd picks choose the first", () => {
  const chosen = (pick: number) => ask(shopTable, "frontend", "web:80", { picks: [pick] }).chosen?.pod
  expect([0, 0.49, 0.5, 0.99, -1, 7, Number.NaN].map(chosen)).toEqual([
    "web-1",
    "web-1",
    "web-2",
    "web-2",
    "web-1",
    "web-1",
    "web-1",
  ])
})

test("[R50] who brings an external IP beyond the nodes' network to a node is the environment's affair", () => {
  const table = tableOf({
    pods: [pod("web-1", "10.244.1.11", "web")],
    services: [service("web", "10.96.0.20", { externalIPs: ["198.51.100.7", "172.18.255.220"] })],
  })
  const far = ask(table, "outside", "198.51.100.7:80")
  expect([far.verdict, far.certainty]).toEqual(["delivered", "environment"])
  expect(far.notes.map(({ code }) => code)).toContain("external-ip-route")
  expect(decide(table, { from: origin("outside"), to: "198.51.100.7", port: 80, protocol: "TCP" }).certainty).toBe(
    "environment",
  )
  expect(ask(table, "outside", "172.18.255.220:80").certainty).toBe("certain")
})

test("[R20] a load balancer address takes the first pick for the node, the second for the endpoint", () => {
  const trace = ask(shopTable, "outside", "172.18.255.200:80", { picks: [0.9, 0.9] })
  expect(trace.hops.map((hop) => hop.at)).toContainEqual({ kind: "node", name: "node-3" })
  expect(trace.chosen).toMatchObject({ pod: "web-2", sourceSeen: "172.18.0.4" })
})

test("[R21] pods that terminate but still serve are used while nobody is ready, and only then", () => {
  const web = service("web", "10.96.0.20")
  const ending = pod("ending", "10.244.1.11", "web", { terminating: true })
  const table = tableOf({ pods: [pod("client", "10.244.1.10", "x"), ending], services: [web] })
  expect(summary(ask(table, "client", "web:80"))).toBe("delivered: ending sees 10.244.1.10")
  const both = tableOf({
    pods: [pod("client", "10.244.1.10", "x"), ending, pod("fresh", "10.244.2.11", "web")],
    services: [web],
  })
  expect(summary(ask(both, "client", "web:80"))).toBe("delivered: fresh sees 10.244.1.10")
})

test("[R21] for a Local policy the fallback is decided on the node alone", () => {
  const local = service("web", "10.96.0.20", {
    type: "NodePort",
    externalTrafficPolicy: "Local",
    ports: [{ port: 80, targetPort: 8080, nodePort: 30036 }],
  })
  const table = tableOf({
    pods: [pod("ending", "10.244.1.11", "web", { terminating: true }), pod("fresh", "10.244.2.11", "web")],
    services: [local],
  })
  expect(summary(ask(table, "outside", "172.18.0.2:30036"))).toBe("delivered: ending sees 203.0.113.7")
  expect(summary(ask(table, "node-1", "172.18.0.2:30036"))).toBe("delivered: fresh sees 172.18.0.2")
})

test("[R22] zone hints keep traffic in the zone; one endpoint without a hint switches them off", () => {
  const web = service("web", "10.96.0.20")
  const pods = [pod("client", "10.244.1.10", "x"), pod("east", "10.244.1.11", "web"), pod("west", "10.244.2.11", "web")]
  const [plain] = slicesFor([web], pods)
  const hinted = (plain?.endpoints ?? []).map((endpoint, index) => ({
    ...endpoint,
    hints: { forZones: [{ name: index === 0 ? "east" : "west" }] },
  }))
  const inZone = tableOf({ nodes: zoned, pods, services: [web], slices: [slice(web, hinted)] })
  expect(summary(ask(inZone, "client", "web:80"))).toBe("delivered: east sees 10.244.1.10")
  const [first, second] = hinted
  if (!first || !second) throw new Error("two endpoints expected")
  const oneWithout = tableOf({
    nodes: zoned,
    pods,
    services: [web],
    slices: [slice(web, [first, { ...second, hints: {} }])],
  })
  expect(ask(oneWithout, "client", "web:80").backends).toHaveLength(2)
})

test("[R27] [R28] [R29] who sees which source", () => {
  const seen = (from: string, to: string) => ask(shopTable, from, to).backends.map((each) => each.sourceSeen)
  expect(seen("node-1", "10.96.0.20:80")).toEqual(["10.244.1.1", "172.18.0.2"])
  expect(seen("frontend", "10.96.0.20:80")).toEqual(["10.244.1.10", "10.244.1.10"])
  expect(seen("web-1", "10.96.0.20:80")).toEqual(["10.244.1.1", "10.244.1.11"])
  const hairpin = ask(shopTable, "web-1", "10.96.0.20:80")
  expect(hairpin.hops.at(-2)).toMatchObject({ action: "dnat+snat", exit: { source: { ip: "10.244.1.1" } } })
  expect(hairpin.notes.map((note) => note.code)).toEqual(["source-rewritten"])
})

test("[R31] a backend on the addressed node's own network sees the client", () => {
  expect(summary(ask(shopTable, "outside", "172.18.0.4:30040"))).toBe("delivered: agent sees 203.0.113.7")
  expect(summary(ask(shopTable, "default/probe", "172.18.0.4:30040"))).toBe("delivered: agent sees 10.244.3.10")
  expect(summary(ask(shopTable, "outside", "172.18.0.2:30040"))).toBe("delivered: agent sees 172.18.0.2")
})

test("[R30] a pod reaches a hostNetwork backend elsewhere with its node's address", () => {
  expect(summary(ask(shopTable, "frontend", "10.96.0.30:80"))).toBe("delivered: agent sees 172.18.0.2")
  const plain = tableOf({ ...shop, config: { podMasquerade: "none" } })
  expect(summary(ask(plain, "frontend", "10.96.0.30:80"))).toBe("delivered: agent sees 10.244.1.10")
})

test("[R26] without the pod network's masquerade a pod is still a pod at another node's Local port", () => {
  const plain = tableOf({ ...shop, config: { podMasquerade: "none" } })
  expect(summary(ask(plain, "frontend", "172.18.0.4:30037"))).toBe(
    "delivered: web-1 sees 10.244.1.10, web-2 sees 10.244.1.10",
  )
})

test("[R37] nftables rejects another port of a cluster IP and drops addresses that nobody has", () => {
  const table = tableOf({ ...shop, config: { proxyMode: "nftables" } })
  expect(summary(ask(table, "frontend", "10.96.0.20:8080"))).toBe("refused: wrong-service-port")
  expect(summary(ask(table, "frontend", "10.96.99.99:80"))).toBe("timeout: unknown-address")
  expect(ask(table, "frontend", "10.96.0.20:8080").hops.at(-1)?.rule).toBe("R37")
})

test("[R52] a node port on 127.0.0.1 answers in iptables mode on the node, in nftables mode not", () => {
  expect(summary(ask(shopTable, "node-3", "127.0.0.1:30036"))).toBe(
    "delivered: web-1 sees 172.18.0.4, web-2 sees 172.18.0.4",
  )
  expect(summary(ask(shopTable, "agent", "localhost:30037"))).toBe(
    "delivered: web-1 sees 172.18.0.4, web-2 sees 172.18.0.4",
  )
  const nftables = tableOf({ ...shop, config: { proxyMode: "nftables" } })
  expect(summary(ask(nftables, "node-3", "127.0.0.1:30036"))).toBe("refused: wrong-node-port")
})

test("[R42] the picks choose the proxy's node, and an excluded or stopped node is never chosen", () => {
  const nodes = NODES.map((node, index) =>
    index === 0 ? { ...node, excludedFromLoadBalancers: true } : index === 2 ? { ...node, stopped: true } : node,
  )
  const table = tableOf({ ...shop, nodes })
  for (const pick of [0, 0.5, 0.99])
    expect(ask(table, "outside", "172.18.255.202:80", { picks: [pick] }).hops[1]?.exit?.destination).toEqual({
      ip: "172.18.0.3",
      port: 31149,
    })
})

test("[R44] what fails behind a proxy is a connection closed without an answer", () => {
  const proxied = (more: object, endpoints = true) =>
    tableOf({
      pods: endpoints ? [pod("web-1", "10.244.1.11", "web")] : [],
      services: [
        service(
          "web",
          "10.96.0.20",
          { type: "LoadBalancer", ports: [{ port: 80, targetPort: 8080, nodePort: 31147 }], ...more },
          { ip: "172.18.255.200", ipMode: "Proxy" },
        ),
      ],
    })
  const wrong = proxied({ ports: [{ port: 80, targetPort: 9, nodePort: 31147 }] })
  expect(summary(ask(wrong, "outside", "172.18.255.200:80"))).toBe("empty-reply (environment): wrong-target-port")
  expect(ask(wrong, "outside", "172.18.255.200:80").curl).toEqual({ exitCode: 52, message: "Empty reply from server" })
  const none = proxied({ externalTrafficPolicy: "Local" }, false)
  expect(summary(ask(none, "outside", "172.18.255.200:80"))).toBe(
    "empty-reply (environment): no-endpoints-selector-mismatch",
  )
  const closed = proxied({ ports: [{ port: 80, targetPort: 8080 }] })
  expect(summary(ask(closed, "outside", "172.18.255.200:80"))).toBe("empty-reply (environment): load-balancer-no-node")
  expect(ask(closed, "outside", "172.18.255.200:80").hops.at(-1)?.rule).toBe("R44")
})

test("[R42] with externalTrafficPolicy Local a proxy only uses nodes with an endpoint, which see the proxy's address", () => {
  const table = tableOf({
    pods: [pod("web-2", "10.244.2.11", "web")],
    services: [
      service(
        "web",
        "10.96.0.20",
        {
          type: "LoadBalancer",
          externalTrafficPolicy: "Local",
          ports: [{ port: 80, targetPort: 8080, nodePort: 31147 }],
        },
        { ip: "172.18.255.200", ipMode: "Proxy" },
      ),
    ],
  })
  expect(summary(ask(table, "outside", "172.18.255.200:80", { picks: [0.9] }))).toBe(
    "delivered: web-2 sees 172.18.255.200",
  )
})

test("[R38] an address that a proxy should hold, without any load balancer", () => {
  const table = tableOf({ ...shop, config: { loadBalancer: "none" } })
  expect(summary(ask(table, "outside", "172.18.255.202:80"))).toBe(
    "unreachable (environment): load-balancer-nobody-home",
  )
})

test("[R41] no node left for the load balancer", () => {
  const table = tableOf({ ...shop, nodes: NODES.map((node) => ({ ...node, excludedFromLoadBalancers: true })) })
  expect(summary(ask(table, "outside", "172.18.255.200:80"))).toBe("unreachable (environment): load-balancer-no-node")
})

test("[R45] source ranges bind the load balancer address, not the node port", () => {
  expect(summary(ask(shopTable, "outside", "172.18.255.203:80"))).toContain("delivered")
  expect(summary(ask(shopTable, "container", "172.18.255.203:80"))).toBe("timeout: source-not-allowed")
  expect(summary(ask(shopTable, "container", "172.18.0.2:31150"))).toContain("delivered")
  expect(ask(shopTable, "container", "172.18.255.203:80").failure?.command).toBe(
    `kubectl patch service web-ranges -n shop -p '{"spec":{"loadBalancerSourceRanges":["203.0.113.0/24","172.18.0.99/32"]}}'`,
  )
})

test("[R46] affinity brings a client back to its endpoint while that one is usable", () => {
  const back = ask(shopTable, "frontend", "web-sticky:80", { affinity: "10.244.2.11:8080" })
  expect(back.chosen?.pod).toBe("web-2")
  expect(back.notes.map((note) => note.code)).toContain("session-affinity")
  expect(ask(shopTable, "frontend", "web-sticky:80", { affinity: "10.244.9.9:8080" }).chosen?.pod).toBe("web-1")
  expect(ask(shopTable, "frontend", "web:80", { affinity: "10.244.2.11:8080" }).chosen?.pod).toBe("web-1")
})

test("[R34] [R48] a stopped node is silent, and so are the backends on it", () => {
  const table = tableOf({
    ...shop,
    nodes: NODES.map((node) => (node.name === "node-2" ? { ...node, stopped: true } : node)),
  })
  expect(summary(ask(table, "outside", "172.18.0.3:30036"))).toBe("timeout: node-stopped")
  expect(summary(ask(table, "frontend", "web:80", { picks: [0.9] }))).toBe("timeout: node-stopped")
  expect(summary(ask(table, "frontend", "10.244.2.11:8080"))).toBe("timeout: node-stopped")
  const lucky = ask(table, "frontend", "web:80")
  expect(lucky.verdict).toBe("delivered")
  expect(lucky.backends.map((each) => each.silent ?? false)).toEqual([false, true])
  expect(lucky.notes.map((note) => note.code)).toContain("some-backends-fail")
})

test("[R34] an EndpointSlice that still lists a pod that is gone", () => {
  const web = service("web", "10.96.0.20")
  const table = tableOf({
    pods: [pod("client", "10.244.1.10", "x")],
    services: [web],
    slices: slicesFor([web], [pod("gone", "10.244.2.99", "web")]),
  })
  const trace = ask(table, "client", "web:80")
  expect(summary(trace)).toBe("timeout (environment): pod-gone")
  expect(trace.failure?.cause?.object).toEqual({ kind: "EndpointSlice", namespace: "shop", name: "web-1" })
})

test("[R53] a client that is not there cannot send", () => {
  expect(summary(ask(shopTable, "ghost", "web:80"))).toBe("unreachable: client-not-running")
  expect(summary(ask(shopTable, "node-9", "10.96.0.20:80"))).toBe("unreachable: client-not-running")
  const { ip: _, ...pending } = pod("waiting", "10.244.1.9", "x")
  expect(summary(ask(tableOf({ pods: [pending] }), "waiting", "web:80"))).toBe("unreachable: client-not-running")
})

test("[R32] sockets that nobody told us of are taken to be there", () => {
  const { sockets: _, ...unknown } = pod("web-1", "10.244.1.11", "web")
  const table = tableOf({
    pods: [pod("client", "10.244.1.10", "x"), unknown],
    services: [service("web", "10.96.0.20")],
  })
  expect(summary(ask(table, "client", "web:80"))).toBe("delivered: web-1 sees 10.244.1.10")
})

describe("[R90] a pod of whose sockets nobody told us", () => {
  const { sockets: _, ...unknown } = pod("web-1", "10.244.1.11", "web")
  const declaring = { ...unknown, declaredPorts: [{ name: "http", port: 8080, protocol: "TCP" as const }] }
  const table = tableOf({
    pods: [
      pod("client", "10.244.1.10", "x"),
      declaring,
      { ...declaring, name: "agent", ip: "172.18.0.4", nodeName: "node-3", hostNetwork: true, labels: {} },
    ],
    services: [
      service("web", "10.96.0.20"),
      service("closed", "10.96.0.21", { ports: [{ port: 80, targetPort: 9999 }] }),
    ],
  })

  test("surely answers on the port that it declares, and perhaps on another one", () => {
    expect(ask(table, "client", "web:80")).toMatchObject({ certainty: "certain", notes: [] })
    const { certainty, notes } = ask(table, "client", "closed:80")
    expect(certainty).toBe("environment")
    expect(notes.map(({ message }) => message)).toContain(
      "The containers of pod web-1 declare 8080, not 9999: unless a program listens there all the same, the connection is refused.",
    )
    expect(ask(table, "client", "10.244.1.11:8080").certainty).toBe("certain")
    expect(ask(table, "client", "10.244.1.11:9999").certainty).toBe("environment")
  })

  test("is decided as surely as it is traced", () => {
    const request = { from: origin("client"), to: "10.96.0.21", port: 80, protocol: "TCP" } as const
    expect(decide(table, request).certainty).toBe("environment")
  })

  test("listens in its node's network on what it declares", () => {
    expect(summary(ask(table, "client", "172.18.0.4:8080"))).toContain("delivered: agent")
    expect(summary(ask(table, "client", "172.18.0.4:9999"))).toContain("refused")
  })
})

test("[R19] protocols are told apart: the same number over UDP is another port", () => {
  const both = service("web", "10.96.0.20", {
    ports: [
      { name: "a", port: 80, targetPort: 8080 },
      { name: "b", port: 80, protocol: "UDP", targetPort: 53 },
    ],
  })
  const table = tableOf({
    pods: [pod("client", "10.244.1.10", "x"), pod("web-1", "10.244.1.11", "web", { sockets: [listens(8080)] })],
    services: [both],
  })
  expect(ask(table, "client", "web:80").verdict).toBe("delivered")
  expect(summary(ask(table, "client", "web:80", { protocol: "UDP" }))).toBe("refused: wrong-target-port")
  expect(summary(ask(table, "client", "web:80", { protocol: "SCTP" }))).toBe(
    "timeout (environment): wrong-service-port",
  )
})
