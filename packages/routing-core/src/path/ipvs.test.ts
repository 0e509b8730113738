import { expect, test } from "vitest"
import { nodeVerdict } from "../proxy/node-verdict.ts"
import { ask, shop } from "../testing/shop.ts"
import { service, summary, tableOf } from "../testing/world.ts"

const table = tableOf({ ...shop, config: { proxyMode: "ipvs" } })

test("[R17] [R18] [R27] ipvs translates as the other modes do, and masquerades the same clients", () => {
  expect(summary(ask(table, "frontend", "web:80"))).toBe("delivered: web-1 sees 10.244.1.10, web-2 sees 10.244.1.10")
  expect(summary(ask(table, "node-3", "10.96.0.20:80"))).toBe("delivered: web-1 sees 172.18.0.4, web-2 sees 172.18.0.4")
  expect(summary(ask(table, "outside", "172.18.0.2:30036"))).toBe(
    "delivered: web-1 sees 10.244.1.1, web-2 sees 172.18.0.2",
  )
  expect(summary(ask(table, "node-3", "127.0.0.1:30036"))).toBe("refused: wrong-node-port")
})

test("[R62] a virtual server without real servers refuses, and so do other ports of a Service's addresses", () => {
  expect(summary(ask(table, "frontend", "10.96.0.36:80"))).toBe("refused: no-endpoints-selector-mismatch")
  expect(ask(table, "frontend", "10.96.0.36:80").hops.at(-1)?.rule).toBe("R62")
  expect(summary(ask(table, "frontend", "10.96.0.20:8080"))).toBe("refused: wrong-service-port")
  expect(summary(ask(table, "frontend", "172.18.255.200:8080"))).toBe("refused: load-balancer-wrong-port")
  expect(summary(ask(table, "frontend", "10.96.99.99:80"))).toBe("timeout (environment): unknown-address")
  expect(summary(ask(table, "node-1", "172.18.255.204:80"))).toBe("refused: no-endpoints-selector-mismatch")
})

test("[R63] internalTrafficPolicy Local refuses without a local endpoint, unless the Service is open to the outside", () => {
  expect(summary(ask(table, "default/probe", "10.96.0.21:80"))).toBe("refused: policy-local-no-endpoint")
  expect(summary(ask(table, "frontend", "10.96.0.21:80"))).toBe("delivered: web-1 sees 10.244.1.10")
  const open = service("open", "10.96.0.81", {
    type: "NodePort",
    internalTrafficPolicy: "Local",
    ports: [{ name: "http", port: 80, targetPort: 8080, nodePort: 30081 }],
  })
  const wide = tableOf({ ...shop, services: [...shop.services, open], config: { proxyMode: "ipvs" } })
  expect(summary(ask(wide, "default/probe", "10.96.0.81:80"))).toBe(
    "delivered: web-1 sees 10.244.3.10, web-2 sees 10.244.3.10",
  )
})

test("[R64] externalTrafficPolicy Local holds for everybody where an endpoint is; elsewhere the answer is lost outside", () => {
  expect(summary(ask(table, "outside", "172.18.0.2:30037"))).toBe("delivered: web-1 sees 203.0.113.7")
  expect(summary(ask(table, "frontend", "172.18.0.2:30037"))).toBe("delivered: web-1 sees 10.244.1.10")
  const lost = ask(table, "outside", "172.18.0.4:30037")
  expect(summary(lost)).toBe("timeout: answer-lost")
  expect(lost.hops.at(-1)?.rule).toBe("R64")
  expect(summary(ask(table, "default/probe", "172.18.0.4:30037"))).toBe(
    "delivered: web-1 sees 10.244.3.10, web-2 sees 10.244.3.10",
  )
})

test("[R45] source ranges hold without endpoints too", () => {
  const packet = { source: "172.18.0.99", destination: "172.18.255.203", port: 80, protocol: "TCP" } as const
  expect(nodeVerdict(table, "node-1", packet).kind).toBe("drop")
  expect(nodeVerdict(table, "node-1", { ...packet, source: "203.0.113.9" })).toEqual({
    kind: "translate",
    endpoints: ["10.244.1.11:8080", "10.244.2.11:8080"],
    masquerade: true,
  })
})

test("[R62] a healthCheckNodePort answers at every address of a Service: each node holds them all", () => {
  const found = ask(table, "frontend", "10.96.0.20:32000")
  expect(found.verdict).toBe("delivered")
  expect(found.chosen?.healthCheck).toEqual({
    service: { kind: "Service", namespace: "shop", name: "web-lb-local" },
    status: 200,
    localEndpoints: 1,
  })
})
