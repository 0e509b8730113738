import { expect, test } from "vitest"
import { ask, shop, shopTable } from "../testing/shop.ts"
import { pod, service, slice, summary, tableOf } from "../testing/world.ts"
import { announcingNode } from "./announcer.ts"

test("[R54] a TCP connection goes on with its pod after the pod has left the Service", () => {
  const gone = tableOf({ ...shop, slices: shop.services.map((each) => slice(each, [])) })
  expect(summary(ask(gone, "frontend", "10.96.0.20:80"))).toBe("refused: no-endpoints-not-yet")
  const old = ask(gone, "frontend", "10.96.0.20:80", { established: "10.244.2.11:8080" })
  expect(summary(old)).toBe("delivered: web-2 sees 10.244.1.10")
  expect(old.hops.find((hop) => hop.action === "dnat")?.rule).toBe("R54")
  expect(old.notes.map((note) => note.code)).toContain("established")
  expect(summary(ask(gone, "outside", "172.18.0.2:30036", { established: "10.244.2.11:8080" }))).toBe(
    "delivered: web-2 sees 172.18.0.2",
  )
})

test("[R54] with its pod the connection ends too", () => {
  const table = tableOf({ ...shop, pods: shop.pods.filter((each) => each.name !== "web-2") })
  expect(summary(ask(table, "frontend", "10.96.0.20:80", { established: "10.244.2.11:8080" }))).toBe(
    "timeout (environment): pod-gone",
  )
})

const dns = service("dns", "10.96.0.90", { ports: [{ port: 53, targetPort: 5353, protocol: "UDP" }] })
const servers = [pod("web-1", "10.244.1.11", "web"), pod("web-2", "10.244.2.11", "web")].map((each) => ({
  ...each,
  sockets: [{ address: "0.0.0.0", port: 5353, protocol: "UDP" }] as const,
}))
const flow = (endpoints: number) => {
  const table = tableOf({
    pods: [pod("client", "10.244.1.10", "x"), ...servers],
    services: [dns],
    slices: [
      slice(
        dns,
        servers.slice(0, endpoints).map((each) => ({ addresses: [each.ip ?? ""], conditions: { ready: true } })),
      ),
    ],
  })
  return ask(table, "client", "10.96.0.90:53", { protocol: "UDP", established: "10.244.2.11:5353" })
}

test("[R55] a UDP flow moves to another endpoint when its own is gone, and stays with it when none is left", () => {
  expect(flow(2).chosen?.pod).toBe("web-2")
  expect(flow(1).chosen?.pod).toBe("web-1")
  expect(flow(0).chosen?.pod).toBe("web-2")
  expect(flow(0).hops.find((hop) => hop.action === "dnat")?.rule).toBe("R55")
})

test("[R59] a hostPort reaches its pod on the pod's own node, with the client's address", () => {
  const table = tableOf({
    ...shop,
    pods: [
      ...shop.pods,
      pod("proxy", "10.244.2.40", "web", { declaredPorts: [{ port: 8080, protocol: "TCP", hostPort: 8088 }] }),
      pod("local", "10.244.2.41", "web", {
        declaredPorts: [{ port: 8080, protocol: "TCP", hostPort: 8089, hostIP: "127.0.0.1" }],
      }),
      pod("clash", "10.244.2.42", "web", { declaredPorts: [{ port: 8080, protocol: "TCP", hostPort: 30036 }] }),
    ],
  })
  const found = ask(table, "outside", "172.18.0.3:8088")
  expect(summary(found)).toBe("delivered: proxy sees 203.0.113.7")
  expect(found.hops.map((hop) => hop.rule)).toContain("R59")
  expect(summary(ask(table, "outside", "172.18.0.2:8088"))).toBe("refused: wrong-node-port")
  expect(summary(ask(table, "outside", "172.18.0.3:8089"))).toBe("refused: wrong-node-port")
  expect(summary(ask(table, "node-2", "127.0.0.1:8089"))).toBe("delivered: local sees 10.244.2.1")
  expect(ask(table, "outside", "172.18.0.3:30036").route.kind).toBe("NodePort")
})

test("[R61] MetalLB: of the nodes with a ready endpoint the elected one announces a Local address, and nobody does without any", () => {
  const table = tableOf({ ...shop, config: { loadBalancer: "metallb" } })
  for (const pick of [0, 0.99]) {
    const found = ask(table, "container", "172.18.255.201:80", { picks: [pick] })
    expect(found.hops[1]?.rule).toBe("R61")
    expect(found.hops[2]?.at).toEqual({ kind: "node", name: announcingNode(["node-1", "node-2"], "172.18.255.201") })
    expect(summary(found)).toContain("delivered: web-")
  }
  expect(summary(ask(table, "container", "172.18.255.204:80"))).toBe(
    "unreachable (environment): no-endpoints-selector-mismatch",
  )
  expect(summary(ask(shopTable, "container", "172.18.255.204:80"))).toBe("refused: no-endpoints-selector-mismatch")
})

test("[R65] a machine with a route through a node reaches what the node knows, cluster IPs too", () => {
  const table = tableOf({
    ...shop,
    config: {
      outsideRoutes: [
        { to: "10.96.0.0/16", via: "node-2" },
        { to: "172.18.255.200", via: "node-3" },
      ],
    },
  })
  expect(summary(ask(table, "container", "10.96.0.20:80"))).toBe(
    "delivered: web-1 sees 172.18.0.3, web-2 sees 10.244.2.1",
  )
  expect(ask(table, "container", "172.18.255.200:80").hops[1]).toMatchObject({
    rule: "R65",
    at: { kind: "node", name: "node-3" },
  })
  expect(summary(ask(table, "container", "10.96.0.20:99"))).toBe("timeout (environment): wrong-service-port")
})

test("[R66] a Service that another proxy serves, and slices of headless Services, are not kube-proxy's", () => {
  const other = service("web", "10.96.0.20")
  const labelled = {
    ...other,
    metadata: { ...other.metadata, labels: { "service.kubernetes.io/service-proxy-name": "x" } },
  }
  const client = pod("client", "10.244.1.10", "x")
  const web = pod("web-1", "10.244.1.11", "web")
  expect(summary(ask(tableOf({ pods: [client, web], services: [labelled] }), "client", "10.96.0.20:80"))).toBe(
    "timeout (environment): unknown-address",
  )
  const own = slice(other, [{ addresses: ["10.244.1.11"] }])
  const headless = {
    ...own,
    metadata: { ...own.metadata, labels: { ...own.metadata.labels, "service.kubernetes.io/headless": "" } },
  }
  const table = tableOf({ pods: [client, web], services: [other], slices: [headless] })
  expect(summary(ask(table, "client", "10.96.0.20:80"))).toBe("refused: no-endpoints-not-yet")
})

test("[R67] a node's external address leads to its node ports, as far as we can know", () => {
  const nodes = shop.nodes.map((node, index) => ({ ...node, externalIP: `198.51.100.${index + 1}` }))
  const table = tableOf({ ...shop, nodes })
  const found = ask(table, "outside", "198.51.100.3:30036")
  expect(summary(found)).toContain("delivered (environment): web-1 sees 172.18.0.4")
  expect(found.hops.map((hop) => hop.rule)).toContain("R67")
})

test("[R68] an endpoint outside the cluster is reached from a node's address, and is local to no node", () => {
  const machine = {
    name: "database",
    ip: "172.18.0.77",
    sockets: [{ address: "0.0.0.0", port: 5432, protocol: "TCP" }],
  } as const
  const db = service("db", "10.96.0.91", { ports: [{ port: 5432, targetPort: 5432 }] })
  const local = service("db-local", "10.96.0.92", { internalTrafficPolicy: "Local", ports: [{ port: 5432 }] })
  const elsewhere = service("db-wrong", "10.96.0.93", { ports: [{ port: 5432, targetPort: 9 }] })
  const endpoint = [{ addresses: [machine.ip], conditions: { ready: true } }]
  const table = tableOf({
    config: { machines: [machine] },
    pods: [pod("client", "10.244.1.10", "x")],
    services: [db, local, elsewhere],
    slices: [db, local, elsewhere].map((each) => slice(each, endpoint)),
  })
  expect(summary(ask(table, "client", "10.96.0.91:5432"))).toBe("delivered: 172.18.0.77 sees 172.18.0.2")
  expect(summary(ask(table, "client", "172.18.0.77:5432"))).toBe("delivered: 172.18.0.77 sees 172.18.0.2")
  expect(summary(ask(table, "client", "10.96.0.92:5432"))).toBe("timeout: policy-local-no-endpoint")
  expect(summary(ask(table, "client", "10.96.0.93:5432"))).toBe("refused: machine-port-closed")
  expect(ask(table, "client", "10.96.0.91:5432").hops.at(-1)?.rule).toBe("R68")
})
