import type {
  Endpoint,
  EndpointSlice,
  IPFamily,
  LoadBalancerIngress,
  Protocol,
  Random,
  Service,
  ServicePort,
  ServiceSpec,
  ServiceType,
} from "@pilotage/kube-model"
import type { NodeFacts, PodFacts, ProxyMode } from "../../state.ts"
import { chance } from "./random-network.ts"

/** What all Services of a cluster have in common. */
interface ServiceKind {
  readonly proxyMode: ProxyMode
  /** Both families. */
  readonly dual: boolean
}

const PROTOCOLS = ["TCP", "TCP", "TCP", "UDP", "SCTP"] as const satisfies [Protocol, ...Protocol[]]

/** `number` tells Services apart: each has cluster IPs and node ports of its own, as the API server sees to. */
const randomPorts = (random: Random, number: number, external: boolean): readonly ServicePort[] => {
  const first = random.pick([80, 80, 443, 8000])
  return Array.from({ length: 1 + random.below(2) }, (_, index) => ({
    name: index === 0 && chance(random, 0.3) ? "" : `p${index}`,
    port: first + index,
    protocol: random.pick(PROTOCOLS),
    ...(external && chance(random, 0.85) ? { nodePort: 30_000 + number * 10 + index } : {}),
  }))
}

/** Addresses that several Services may share. */
const SHARED = ["172.18.255.1", "172.18.255.2", "198.51.100.7", "192.168.9.2", "fd00:172::ff01", "2001:db8::7"] as const

/**
 * External IPs may also be a node's own address; not in ipvs mode, where kube-ipvs0 would give that address to every
 * node, and none of them could reach the one that has it.
 */
const externalIP = (random: Random, proxyMode: ProxyMode): string =>
  proxyMode !== "ipvs" && chance(random, 0.15) ? "172.18.0.3" : random.pick(SHARED)

const SOURCE_RANGES: readonly [readonly string[], ...(readonly string[])[]] = [
  ["203.0.113.0/24"],
  ["10.244.0.0/16", " 2001:db8:1::/64"],
  ["172.18.0.0/24", "fd00:172::/64"],
  ["fd00:244::/56"],
  ["0.0.0.0/0", "203.0.113.0/24"],
  ["172.18.255.1/32"],
]

const clusterIPsOf = (random: Random, number: number, dual: boolean): readonly [string, ...string[]] => {
  const four = `10.96.0.${number + 10}`
  const six = `fd00:96::${number + 10}`
  return dual ? random.pick([[four], [six], [four, six], [four, six], [six, four]]) : [four]
}

const ingressOf = (random: Random, number: number): readonly LoadBalancerIngress[] => {
  if (chance(random, 0.15)) return []
  const ipMode = random.pick([undefined, "VIP", "VIP", "Proxy"] as const)
  const ips = chance(random, 0.2) ? [random.pick(SHARED)] : [`172.18.255.${number + 100}`, `fd00:172::fe${number + 10}`]
  return ips.map((ip) => ({ ip, ...(ipMode ? { ipMode } : {}) }))
}

const specOf = (random: Random, number: number, external: boolean, { dual, proxyMode }: ServiceKind): ServiceSpec => {
  const clusterIPs = clusterIPsOf(random, number, dual)
  return {
    clusterIP: clusterIPs[0],
    clusterIPs,
    ports: randomPorts(random, number, external),
    ...(chance(random, 0.35) ? { internalTrafficPolicy: random.pick(["Local", "Cluster"]) } : {}),
    ...(chance(random, 0.2) ? { sessionAffinity: "ClientIP" } : {}),
    ...(chance(random, 0.2) ? { externalIPs: [externalIP(random, proxyMode), externalIP(random, proxyMode)] } : {}),
    ...(chance(random, 0.4) ? { externalTrafficPolicy: "Local" } : {}),
  }
}

export const randomService = (random: Random, number: number, kind: ServiceKind): Service => {
  const type = random.pick<ServiceType>(["ClusterIP", "NodePort", "LoadBalancer"])
  const spec = specOf(random, number, type !== "ClusterIP", kind)
  const isBalanced = type === "LoadBalancer"
  const isSkipped = chance(random, 0.04)
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: `service-${number}`,
      namespace: chance(random, 0.8) ? "shop" : "yard",
      ...(isSkipped ? { labels: { "service.kubernetes.io/service-proxy-name": "other" } } : {}),
    },
    spec: {
      ...spec,
      type,
      ...(isBalanced && chance(random, 0.4) ? { loadBalancerSourceRanges: random.pick(SOURCE_RANGES) } : {}),
      ...(isBalanced && spec.externalTrafficPolicy === "Local" ? { healthCheckNodePort: 32_000 + number } : {}),
    },
    status: { loadBalancer: isBalanced ? { ingress: ingressOf(random, number) } : {} },
  }
}

/** How the endpoints of one Service fare: all well, some of everything, nobody ready, all leaving. */
type Mood = "ready" | "mixed" | "unready" | "leaving"

const conditionsOf = (random: Random, mood: Mood): Endpoint["conditions"] => {
  const each = mood === "mixed" ? random.pick(["ready", "unready", "leaving"] as const) : mood
  if (each === "ready") return chance(random, 0.3) ? {} : { ready: true, serving: true, terminating: false }
  if (each === "unready") return { ready: false, serving: false, terminating: chance(random, 0.3) }
  return { ready: false, serving: chance(random, 0.8), terminating: true }
}

const hintsOf = (random: Random, nodes: readonly NodeFacts[]): Endpoint["hints"] => {
  const zones = chance(random, 0.9) ? { forZones: [{ name: random.pick(["east", "west"]) }] } : {}
  const node = nodes[random.below(nodes.length)]
  return { ...zones, ...(node && chance(random, 0.5) ? { forNodes: [{ name: node.name }] } : {}) }
}

const addressOf = (pod: PodFacts, family: IPFamily): string | undefined =>
  [pod.ip, pod.secondIP].find((ip) => ip !== undefined && ip.includes(":") === (family === "IPv6"))

const MOODS = ["ready", "ready", "ready", "mixed", "unready", "leaving"] as const satisfies [Mood, ...Mood[]]

const endpointsOf = (
  random: Random,
  pods: readonly PodFacts[],
  nodes: readonly NodeFacts[],
  family: IPFamily,
): readonly Endpoint[] => {
  const mood = random.pick(MOODS)
  const hinted = chance(random, 0.25)
  const share = random.next()
  const behind = pods.flatMap((pod): readonly Endpoint[] => {
    const ip = addressOf(pod, family)
    if (ip === undefined || !chance(random, share)) return []
    return [
      {
        addresses: [ip],
        conditions: conditionsOf(random, mood) ?? {},
        ...(pod.nodeName ? { nodeName: pod.nodeName } : {}),
        ...(hinted && chance(random, 0.95) ? { hints: hintsOf(random, nodes) ?? {} } : {}),
        targetRef: { kind: "Pod", namespace: pod.namespace, name: pod.name },
      },
    ]
  })
  // Somebody wrote this one by hand: no pod, no node.
  const byHand = family === "IPv4" ? "192.0.2.9" : "2001:db8::9"
  return chance(random, 0.1) ? [...behind, { addresses: [byHand], conditions: { ready: true } }] : behind
}

/** None, one or two slices per family; the second may tell of an endpoint once more, differently. */
export const randomSlices = (
  random: Random,
  { metadata, spec }: Service,
  pods: readonly PodFacts[],
  nodes: readonly NodeFacts[],
): readonly EndpointSlice[] => {
  if (chance(random, 0.08)) return []
  const targets = (spec.ports ?? []).map(({ name, protocol }, index) => ({
    name: name ?? "",
    port: 8080 + index,
    protocol: protocol ?? "TCP",
  }))
  return (["IPv4", "IPv6"] as const).flatMap((family) =>
    Array.from({ length: chance(random, 0.2) ? 2 : 1 }, (_, index) => ({
      apiVersion: "discovery.k8s.io/v1" as const,
      kind: "EndpointSlice" as const,
      metadata: {
        name: `${metadata.name}-${family}-${index}`.toLowerCase(),
        namespace: metadata.namespace ?? "default",
        labels: { "kubernetes.io/service-name": metadata.name },
      },
      addressType: family,
      ports: targets,
      endpoints: endpointsOf(random, pods, nodes, family),
    })),
  )
}
