import { createRandom, type Random } from "@pilotage/kube-model"
import type { NodeFacts, Origin, PodFacts, RouteRequest } from "@pilotage/routing-core"
import type { PlacedService, RoutingWorld, ServiceKind } from "./routing-world.ts"

/** What a request goes to. The crowd, a Service with 5,000 endpoints, is measured on its own. */
export type Destination =
  | "cluster-ip"
  | "short-name"
  | "node-port"
  | "load-balancer"
  | "wrong-port"
  | "unknown-name"
  | "no-endpoints"
  | "headless"
  | "sticky"
  | "crowd"

const FROM_INSIDE: readonly Destination[] = [
  ...(["cluster-ip", "cluster-ip", "cluster-ip", "cluster-ip", "cluster-ip", "cluster-ip"] as const),
  ...(["short-name", "short-name", "short-name", "short-name", "short-name", "short-name"] as const),
  ...(["node-port", "node-port", "load-balancer", "load-balancer", "wrong-port", "wrong-port"] as const),
  ...(["unknown-name", "no-endpoints", "headless", "sticky"] as const),
]

const FROM_OUTSIDE: readonly Destination[] = ["node-port", "load-balancer", "load-balancer", "wrong-port"]

/** Requests of one seed, endless. `only`: nothing but this destination, from pods. */
export const requestsOf = (world: RoutingWorld, seed: number, only?: Destination): (() => RouteRequest) => {
  const { state } = world
  const random = createRandom(seed)
  const kinds = grouped(world.services, (each) => each.kind)
  const callable = world.services.filter(({ kind }) => kind !== "crowd" && kind !== "empty" && kind !== "headless")
  const byNamespace = grouped(callable, (each) => each.namespace)
  const of = (...wanted: readonly ServiceKind[]): PlacedService =>
    one(random, kinds.get(wanted[random.below(wanted.length)] ?? "plain") ?? [])
  const origin = (): Origin => {
    const pod = one<PodFacts>(random, state.pods)
    return random.next() < 0.1
      ? { kind: "node", name: one<NodeFacts>(random, state.nodes).name }
      : { kind: "pod", namespace: pod.namespace, name: pod.name }
  }
  const target = (destination: Destination, from: Origin): readonly [string, number] => {
    const node = one<NodeFacts>(random, state.nodes)
    switch (destination) {
      case "cluster-ip":
        return [of("plain", "node-port", "load-balancer", "sticky").clusterIP, 80]
      case "short-name": {
        if (from.kind === "pod" && random.next() < 0.5)
          return [one(random, byNamespace.get(from.namespace) ?? []).name, 80]
        const { name, namespace } = of("plain", "node-port", "load-balancer")
        return [`${name}.${namespace}`, 80]
      }
      case "node-port":
        return [node.internalIP, of("node-port", "load-balancer").nodePort]
      case "load-balancer":
        return [of("load-balancer").loadBalancerIP, 80]
      case "wrong-port":
        return from.kind === "outside" ? [node.internalIP, 19_999] : [of("plain", "sticky").clusterIP, 8080]
      case "unknown-name": {
        const { name, namespace } = of("plain", "node-port")
        return [random.next() < 0.5 ? `${name}s` : `${name}.${namespace}s`, 80]
      }
      case "no-endpoints":
        return [of("empty").clusterIP, 80]
      case "headless": {
        const { name, namespace } = of("headless")
        return [`${name}.${namespace}`, 8080]
      }
      case "sticky":
        return [of("sticky").clusterIP, 80]
      case "crowd":
        return [of("crowd").clusterIP, 80]
    }
  }
  return () => {
    const outside = only === undefined && random.next() < 0.1
    const from: Origin = outside ? { kind: "outside", ip: `203.0.113.${random.below(256)}` } : origin()
    const destination = only ?? one(random, outside ? FROM_OUTSIDE : FROM_INSIDE)
    const [to, port] = target(destination, from)
    // Texts of its own, as a request has that somebody sends: those of the world may be anywhere in memory.
    return structuredClone({ from, to, port, protocol: "TCP", picks: [random.next(), random.next()] })
  }
}

function one<T>(random: Random, items: readonly T[]): T {
  const item = items[random.below(items.length)]
  if (item === undefined) throw new Error("the world has nothing to pick from")
  return item
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
