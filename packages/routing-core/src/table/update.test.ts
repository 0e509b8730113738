import { createRandom, type EndpointSlice, type Service } from "@pilotage/kube-model"
import fc from "fast-check"
import { expect, test } from "vitest"
import type { Change } from "../state.ts"
import { ask, shop, shopTable } from "../testing/shop.ts"
import { NODES, pod, service, slice, slicesFor, stateOf, tableOf } from "../testing/world.ts"
import { compile, update } from "./compile.ts"
import type { RoutingTable } from "./table.ts"

const FROM = ["frontend", "default/probe", "agent", "node-2", "outside"]
const TO = [
  ...["web:80", "web-headless:8080", "web.shop:80", "moved:80", "10.96.0.20:80", "10.96.0.20:8080", "10.96.0.35:80"],
  ...[
    "172.18.0.2:30036",
    "172.18.0.4:30037",
    "172.18.255.200:80",
    "172.18.255.201:80",
    "10.244.2.11:8080",
    "172.18.0.4:9100",
  ],
]
const everyAnswer = (table: RoutingTable) => FROM.flatMap((from) => TO.map((to) => ask(table, from, to)))

const pods = [...shop.pods, pod("web-3", "10.244.3.11", "web"), pod("web-4", "10.244.2.11", "web")]
const services = [...shop.services, service("moved", "10.96.0.20"), service("web-np", "10.96.0.77")]

/** One random change to the shop: an object appears, changes or goes. */
const change = (number: number): Change => {
  const random = createRandom(number)
  const gone = random.next() < 0.3
  const kind = random.below(4)
  if (kind === 0) {
    const node = NODES[random.below(NODES.length)] ?? NODES[0]
    if (!node) throw new Error("no nodes")
    const value = { ...node, stopped: random.next() < 0.3, excludedFromLoadBalancers: random.next() < 0.3 }
    return { kind: "node", name: node.name, value: gone ? undefined : value }
  }
  if (kind === 1) {
    const one = pods[random.below(pods.length)]
    if (!one) throw new Error("no pods")
    const value = {
      ...one,
      ready: random.next() < 0.5,
      terminating: random.next() < 0.3,
      labels: { app: random.next() < 0.5 ? "web" : "x" },
    }
    return { kind: "pod", namespace: one.namespace, name: one.name, value: gone ? undefined : value }
  }
  const one = services[random.below(services.length)]
  if (!one) throw new Error("no services")
  const { namespace = "shop", name } = one.metadata
  if (kind === 2) return { kind: "service", namespace, name, value: gone ? undefined : one }
  const endpoints = slicesFor([one], random.next() < 0.5 ? pods : shop.pods)[0]?.endpoints ?? []
  const value = slice(
    one,
    endpoints.filter(() => random.next() < 0.7),
    1 + random.below(2),
  )
  return { kind: "endpointSlice", namespace, name: value.metadata.name, value: gone ? undefined : value }
}

test("after any changes an updated table answers as one that was compiled from scratch", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 40 }), (numbers) => {
      let table = shopTable
      for (const number of numbers) {
        const next = update(table, change(number))
        if (!next.ok) throw new Error(next.error.message)
        table = next.value
      }
      const fresh = compile(table.state)
      if (!fresh.ok) throw new Error(fresh.error.message)
      expect(table.state).toEqual(fresh.value.state)
      expect(everyAnswer(table)).toEqual(everyAnswer(fresh.value))
    }),
    { seed: 45, numRuns: 60 },
  )
})

test("an old table goes on answering as before", () => {
  const before = everyAnswer(shopTable)
  let table = shopTable
  for (let number = 0; number < 200; number += 1) {
    const next = update(table, change(number))
    if (next.ok) table = next.value
  }
  expect(everyAnswer(table)).not.toEqual(before)
  expect(everyAnswer(shopTable)).toEqual(before)
})

test("objects come in any order: endpoints before their Service, pods before their node", () => {
  const { nodes, pods: all, services: them, endpointSlices } = stateOf(shop)
  let table = tableOf({ nodes: [] })
  const changes: Change[] = [
    ...endpointSlices.map(
      (value): Change => ({ kind: "endpointSlice", namespace: "shop", name: value.metadata.name, value }),
    ),
    ...all.map((value): Change => ({ kind: "pod", namespace: value.namespace, name: value.name, value })),
    ...them.map((value): Change => ({ kind: "service", namespace: "shop", name: value.metadata.name, value })),
    ...nodes.map((value): Change => ({ kind: "node", name: value.name, value })),
  ]
  for (const each of changes) {
    const next = update(table, each)
    if (next.ok) table = next.value
  }
  expect(everyAnswer(table)).toEqual(everyAnswer(shopTable))
})

test("malformed input is an error with its path", () => {
  const broken = (world: Parameters<typeof stateOf>[0]) => {
    const table = compile(stateOf(world))
    return table.ok ? undefined : table.error.path
  }
  expect(broken({ config: { clusterCIDR: "10.244.0.0" } })).toBe("config.clusterCIDR")
  expect(broken({ config: { serviceCIDR: "x/16" } })).toBe("config.serviceCIDR")
  expect(broken({ config: { nodeCIDR: "172.18.0.0/99" } })).toBe("config.nodeCIDR")
  expect(broken({ config: { proxyMode: "userspace" as "ipvs" } })).toBe("config.proxyMode")
  expect(broken({ nodes: [{ name: "n", internalIP: "172.18.0.300", podCIDR: "" }] })).toBe("nodes[0].internalIP")
  expect(broken({ nodes: [...NODES, { name: "n", internalIP: "", podCIDR: "10.244/24" }] })).toBe("nodes[3].podCIDR")
  const noSpec: unknown = { apiVersion: "v1", kind: "Service", metadata: { name: "web" } }
  const noNumber = service("web", "10.96.0.1", { ports: [{ port: Number.NaN }] })
  const noAddresses: unknown = { ...slice(service("web", "10.96.0.1"), []), endpoints: [{}] }
  expect(broken({ services: [noSpec as Service], slices: [] })).toBe("services[0].spec")
  expect(broken({ services: [noNumber], slices: [] })).toBe("services[0].spec.ports[0].port")
  const noPort = service("web", "10.96.0.20", { ports: [{ port: 80, nodePort: 70000 }] })
  expect(broken({ services: [noPort], slices: [] })).toBe("services[0].spec.ports[0].nodePort")
  expect(broken({ slices: [noAddresses as EndpointSlice] })).toBe("endpointSlices[0].endpoints[0].addresses")
  expect(broken({ pods: [pod("web-1", "10.244.1", "web")] })).toBe("pods[0].ip")
  const change = update(shopTable, {
    kind: "node",
    name: "n",
    value: { name: "n", internalIP: "nowhere", podCIDR: "" },
  })
  expect(change).toEqual({ ok: false, error: { path: "value.internalIP", message: '"nowhere" is not an IP address' } })
})
