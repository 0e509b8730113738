import type { EndpointSlice, NetworkPolicy, Service } from "@pilotage/kube-model"
import {
  type ClusterState,
  compile,
  diagnose,
  type RouteRequest,
  type RoutingTable,
  resolve,
  trace,
} from "@pilotage/routing-core"
import { crowdedServices, nodesOf, numbered, podOf, serviceOf, sliceOf, stateWith } from "./crowded-services.ts"
import { computed, type Figure } from "./measure.ts"

/** Clusters that nobody runs but somebody may load: the first answer after `compile`, which has everything still to find out. */

const MANY = 100_000
const CLIENT = podOf(MANY, { namespace: "shop", name: "client", labels: { app: "client" } })
const FROM = { kind: "pod", namespace: "shop", name: "client" } as const

interface Monster {
  readonly state: () => ClusterState
  readonly ask: (table: RoutingTable) => unknown
}

const compiled = (state: ClusterState): RoutingTable => {
  const table = compile(state)
  if (!table.ok) throw new Error(`${table.error.path}: ${table.error.message}`)
  return table.value
}

const pods = (count: number, more: (index: number) => Parameters<typeof podOf>[1] = () => ({})) =>
  Array.from({ length: count }, (_, index) => podOf(index, more(index)))

const asks = (request: Partial<RouteRequest>) => (table: RoutingTable) =>
  trace(table, { from: FROM, to: numbered(11, 0), port: 80, protocol: "TCP", ...request })

const inSlices = (count: number, all: ReturnType<typeof pods>): readonly EndpointSlice[] =>
  Array.from({ length: count }, (_, index) => {
    const size = all.length / count
    return sliceOf(`web-${String(index).padStart(6, "0")}`, "service-0", all.slice(index * size, (index + 1) * size))
  })

/** One Service with all of them behind it. */
const crowd = (slices: (all: ReturnType<typeof pods>) => readonly EndpointSlice[], service: Service = serviceOf(0)) => {
  return (): ClusterState => {
    const all = pods(MANY)
    return stateWith({ pods: [...all, CLIENT], services: [service], endpointSlices: slices(all) })
  }
}

const inOne = (all: ReturnType<typeof pods>) => inSlices(1, all)

const odd = (change: (index: number) => Partial<NonNullable<EndpointSlice["endpoints"]>[number]>) => {
  return (all: ReturnType<typeof pods>): readonly EndpointSlice[] =>
    inOne(all).map((slice) => ({
      ...slice,
      endpoints: (slice.endpoints ?? []).map((endpoint, index) => ({ ...endpoint, ...change(index) })),
    }))
}

const distinct = (index: number) => ({ labels: { app: `web-${index}`, tier: `tier-${index}` } })

const policy = (name: string, spec: NonNullable<NetworkPolicy["spec"]>): NetworkPolicy => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name, namespace: "shop" },
  spec,
})

const guarded = (policies: readonly NetworkPolicy[]) => (): ClusterState => {
  const all = pods(MANY, distinct)
  return stateWith({
    pods: [...all, CLIENT],
    services: [serviceOf(0)],
    endpointSlices: inSlices(100, all),
    networkPolicies: policies,
  })
}

const balanced = (spec: Service["spec"], ipMode: "VIP" | "Proxy") => (): ClusterState => {
  const all = pods(10, (index) => ({ nodeName: `node-${4_000 + index}` }))
  const service = serviceOf(
    0,
    { type: "LoadBalancer", ports: [{ name: "http", port: 80, targetPort: 8080, nodePort: 30_080 }], ...spec },
    { loadBalancer: { ingress: [{ ip: "203.0.113.9", ipMode }] } },
  )
  const state = stateWith({ nodes: nodesOf(5_000), pods: all, services: [service], endpointSlices: inOne(all) })
  return { ...state, config: { ...state.config, loadBalancer: ipMode === "VIP" ? "metallb" : "proxy" } }
}

const fromOutside = asks({ from: { kind: "outside", ip: "198.51.100.7" }, to: "203.0.113.9" })

const named = (count: number, to: string): Monster => ({
  state: () => stateWith({ pods: [CLIENT], services: Array.from({ length: count }, (_, index) => serviceOf(index)) }),
  ask: asks({ to }),
})

const MONSTERS: Readonly<Record<string, Monster>> = {
  "100,000 endpoints in one EndpointSlice": { state: crowd(inOne), ask: asks({}) },
  "100,000 endpoints in 1,000 EndpointSlices": { state: crowd((all) => inSlices(1_000, all)), ask: asks({}) },
  "100,000 EndpointSlices of one endpoint": { state: crowd((all) => inSlices(MANY, all)), ask: asks({}) },
  "100,000 endpoints, all of them twice": {
    state: crowd((all) => [
      ...inOne(all),
      ...inOne(all).map((each) => ({ ...each, metadata: { ...each.metadata, name: "again" } })),
    ]),
    ask: asks({}),
  },
  "100,000 endpoints, each with zone hints": {
    state: crowd(odd((index) => ({ hints: { forZones: [{ name: `zone-${index % 3}` }] } }))),
    ask: asks({}),
  },
  "100,000 endpoints that terminate": {
    state: crowd(odd(() => ({ conditions: { ready: false, serving: true, terminating: true } }))),
    ask: asks({}),
  },
  "100,000 endpoints, none ready": {
    state: crowd(odd(() => ({ conditions: { ready: false, serving: false, terminating: false } }))),
    ask: asks({}),
  },
  "100,000 endpoints with one address": { state: crowd(odd(() => ({ addresses: ["10.128.0.1"] }))), ask: asks({}) },
  "100,000 IPv6 endpoints": {
    state: () => {
      const all = pods(MANY, (index) => ({
        ip: `fd00::${(index >> 16).toString(16)}:${(index & 65_535).toString(16)}`,
      }))
      const ip = "fd11::1"
      const service = serviceOf(0, { clusterIP: ip, clusterIPs: [ip], ipFamilies: ["IPv6"] })
      return stateWith({
        pods: [...all, { ...CLIENT, ip: "fd00::9:9:9" }],
        services: [service],
        endpointSlices: inOne(all).map((each) => ({ ...each, addressType: "IPv6" })),
      })
    },
    ask: asks({ to: "fd11::1" }),
  },
  "100,000 endpoints, policies Local": {
    state: crowd(inOne, serviceOf(0, { internalTrafficPolicy: "Local" })),
    ask: asks({}),
  },
  "100,000 endpoints, headless": {
    state: crowd(inOne, serviceOf(0, { clusterIP: "None" })),
    ask: asks({ to: "service-0" }),
  },
  "100,000 endpoints, nobody listens": {
    state: () => {
      const all = pods(MANY, () => ({ sockets: [] }))
      return stateWith({ pods: [...all, CLIENT], services: [serviceOf(0)], endpointSlices: inOne(all) })
    },
    ask: asks({}),
  },
  "100,000 label sets, one policy lets them in": {
    state: guarded([
      policy("open", { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: "client" } } }] }] }),
    ]),
    ask: asks({}),
  },
  "100,000 label sets, policies that let nobody in": {
    state: guarded(
      Array.from({ length: 10 }, (_, index) =>
        policy(`shut-${index}`, {
          podSelector: {},
          ingress: [{ from: [{ podSelector: { matchLabels: { app: `clients-${index}` } } }] }],
        }),
      ),
    ),
    ask: asks({}),
  },
  "100,000 label sets, a selector that matches none": {
    state: () =>
      stateWith({
        pods: [...pods(MANY, distinct), CLIENT],
        services: [serviceOf(0, { selector: { app: "wed", tier: "tear" } })],
      }),
    ask: asks({}),
  },
  "5,000 nodes behind a proxy load balancer": { state: balanced({}, "Proxy"), ask: fromOutside },
  "5,000 nodes, a proxy load balancer, Local": {
    state: balanced({ externalTrafficPolicy: "Local", healthCheckNodePort: 30_081 }, "Proxy"),
    ask: fromOutside,
  },
  "5,000 nodes that announce an address, Local": {
    state: balanced({ externalTrafficPolicy: "Local" }, "VIP"),
    ask: fromOutside,
  },
  "a pod's address looked up among 100,000 endpoints": {
    state: crowd((all) => inSlices(1_000, all)),
    ask: (table) => resolve(table, FROM, "10.129.134.159", "PTR", { search: false }),
  },
  "an address that nobody has among 100,000 endpoints": {
    state: crowd((all) => inSlices(1_000, all)),
    ask: (table) => resolve(table, FROM, "10.1.1.1", "PTR", { search: false }),
  },
  "a misspelt name among 10,000 Services": named(10_000, "servoce-4711"),
  "a misspelt name among 100,000 Services": named(MANY, "servoce-4711"),
  "a port that none of 100,000 Services has": { state: named(MANY, "").state, ask: asks({ port: 81 }) },
  "a pod's port among 100,000 Services": { state: named(MANY, "").state, ask: asks({ to: CLIENT.ip ?? "", port: 81 }) },
}

const REPEATS = 5

/** The shortest of some runs, each with a table of its own. */
const first = ({ state, ask }: Monster): number => {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < REPEATS; run += 1) {
    const table = compiled(state())
    least = Math.min(
      least,
      computed(() => ask(table)),
    )
  }
  return least
}

const AIM = 100
/** For one look at 10,000 Services. */
const DOCTOR_AIM = 500
const DOCTOR_REPEATS = 2

export const monsterFigures = (): readonly Figure[] => [
  ...Object.entries(MONSTERS).map(([name, monster]): Figure => ({ name, value: first(monster), unit: "ms", aim: AIM })),
  ...Object.entries(crowdedServices).map(([name, state]): Figure => {
    const table = compiled(state())
    const runs = Array.from({ length: DOCTOR_REPEATS }, () => computed(() => diagnose(table)))
    return { name: `doctor: ${name}`, value: Math.min(...runs), unit: "ms", aim: DOCTOR_AIM }
  }),
]
