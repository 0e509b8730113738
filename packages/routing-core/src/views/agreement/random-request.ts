import type { Protocol, Random, Service } from "@pilotage/kube-model"
import type { ClusterState } from "../../state.ts"
import type { Origin, RouteRequest } from "../../trace-types.ts"
import { chance } from "./random-network.ts"

const PROTOCOLS = ["TCP", "UDP", "SCTP"] as const satisfies [Protocol, ...Protocol[]]

const OUTSIDE = ["203.0.113.7", "198.51.100.99", "2001:db8:1::7"] as const

const itemOf = <T>(random: Random, items: readonly T[]): T | undefined => items[random.below(items.length)]

const originOf = (random: Random, { pods, nodes }: ClusterState): Origin => {
  const draw = random.next()
  const pod = itemOf(random, pods)
  if (pod && draw < 0.5) return { kind: "pod", namespace: pod.namespace, name: pod.name }
  const node = itemOf(random, nodes)
  if (node && draw < 0.75) return { kind: "node", name: node.name }
  if (draw < 0.85) return { kind: "node-network", ip: chance(random, 0.8) ? "172.18.0.99" : "fd00:172::99" }
  return { kind: "outside", ip: random.pick(OUTSIDE) }
}

const serviceAddresses = ({ spec, status }: Service): readonly string[] => [
  ...(spec.clusterIPs ?? []),
  ...(spec.externalIPs ?? []),
  ...(status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []),
]

const nodeIPs = ({ nodes }: ClusterState): readonly string[] =>
  nodes.flatMap(({ internalIP, secondIP, otherIPs, podCIDR }) => [
    internalIP,
    ...(secondIP ? [secondIP] : []),
    ...(otherIPs ?? []),
    podCIDR.replace("0/24", "1"),
  ])

/** An address that may be the wrong one: loopback, nobody's, a pod's. */
const oddAddress = (random: Random, { pods }: ClusterState): string => {
  const pod = itemOf(random, pods)
  return random.pick(["127.0.0.1", "127.0.0.1", "::1", "10.96.0.250", "fd00:96::fafa", "172.18.255.250", pod?.ip ?? ""])
}

const withOdds = (random: Random, probability: number, usual: () => number, odd: () => number): number =>
  chance(random, probability) ? odd() : usual()

/** Mostly to an address and port that a Service has, now and then with the wrong port, protocol or address. */
export const randomRequest = (random: Random, state: ClusterState): RouteRequest => {
  const from = originOf(random, state)
  const service = itemOf(random, state.services)
  const port = itemOf(random, service?.spec.ports ?? [])
  const draw = random.next()
  const isNodePort = draw < 0.4
  const to =
    draw > 0.93
      ? oddAddress(random, state)
      : isNodePort
        ? itemOf(random, chance(random, 0.1) ? ["127.0.0.1"] : nodeIPs(state))
        : service && itemOf(random, serviceAddresses(service))
  const number = withOdds(
    random,
    0.08,
    () => (isNodePort || draw > 0.93 ? (port?.nodePort ?? 30_999) : (port?.port ?? 80)),
    () => random.pick([80, 81, 8080, 32_001, port?.nodePort ?? 443]),
  )
  return {
    from,
    to: to || "10.96.0.251",
    port: number,
    protocol: chance(random, 0.95) ? (port?.protocol ?? "TCP") : random.pick(PROTOCOLS),
    picks: [random.next(), random.next()],
  }
}
