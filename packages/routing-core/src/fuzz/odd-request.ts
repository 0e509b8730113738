import { isIP, type JsonValue, type Protocol, type Random } from "@pilotage/kube-model"
import type { Origin, RouteRequest } from "../trace-types.ts"
import { listOf, maybe, once, oneOf } from "./chance.ts"
import { ADDRESSES, NAMES, ODD_ADDRESSES, ODD_NUMBERS, ODD_STRINGS, PORTS } from "./odd-values.ts"

/** What a world speaks of: requests that never meet it would show nothing. */
export interface Mentioned {
  readonly addresses: readonly string[]
  readonly numbers: readonly number[]
  /** Addresses of Services and nodes, with ports that they have there. */
  readonly targets: readonly { readonly to: string; readonly port: number; readonly protocol: Protocol }[]
  /** `[namespace, name]`. */
  readonly pods: readonly (readonly [string, string])[]
  readonly services: readonly (readonly [string, string])[]
}

const scalars = (value: JsonValue): readonly (string | number)[] => {
  if (typeof value === "string" || typeof value === "number") return [value]
  if (value === null || typeof value !== "object") return []
  return Object.values(value).flatMap(scalars)
}

const identity = (value: JsonValue): readonly [string, string] => {
  const { metadata } = value as unknown as { metadata: { name: string; namespace?: string | null } }
  return [metadata.namespace ?? "default", metadata.name]
}

/** The parts of a Service that make up addresses; anything may be missing, or null. */
interface Addressed {
  readonly spec?: {
    readonly clusterIP?: string | null
    readonly externalIPs?: readonly (string | null)[] | null
    readonly ports?:
      | readonly ({ readonly port?: number; readonly nodePort?: number; readonly protocol?: Protocol } | null)[]
      | null
  } | null
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly ({ readonly ip?: string } | null)[] | null } | null
  } | null
}

const targetsOf = (service: JsonValue, nodes: readonly string[]): Mentioned["targets"] => {
  const { spec, status } = service as unknown as Addressed
  const own = [
    spec?.clusterIP,
    ...(spec?.externalIPs ?? []),
    ...(status?.loadBalancer?.ingress ?? []).map((ingress) => ingress?.ip),
  ].filter((ip) => typeof ip === "string")
  return (spec?.ports ?? []).flatMap((each) => {
    const { port, nodePort, protocol } = each ?? {}
    const known = protocol ?? "TCP"
    return [
      ...(typeof port === "number" ? own.map((to) => ({ to, port, protocol: known })) : []),
      ...(typeof nodePort === "number" ? nodes.map((to) => ({ to, port: nodePort, protocol: known })) : []),
    ]
  })
}

export const mentionedIn = (world: {
  readonly nodes: readonly JsonValue[]
  readonly pods: readonly JsonValue[]
  readonly services: readonly JsonValue[]
}): Mentioned => {
  const all = [...world.nodes, ...world.pods, ...world.services].flatMap(scalars)
  return {
    addresses: all.flatMap((each) => (typeof each === "string" && isIP(each) ? [each] : [])),
    numbers: all.flatMap((each) => (typeof each === "number" ? [each] : [])),
    targets: world.services.flatMap((service) => targetsOf(service, ["172.18.0.2", "172.18.0.3", "127.0.0.1"])),
    pods: world.pods.map(identity),
    services: world.services.map(identity),
  }
}

const NAMESPACES = ["shop", "kube-system", "default", "nowhere"] as const

const anyText = (random: Random): string =>
  oneOf(random, oneOf(random, [ADDRESSES, ADDRESSES, NAMES, ODD_ADDRESSES, ODD_STRINGS]) ?? NAMES) ?? ""

const oddOrigin = (random: Random, { pods }: Mentioned): Origin => {
  switch (random.below(6)) {
    case 0:
      return { kind: "outside", ip: once(random, 2) ? "203.0.113.7" : anyText(random) }
    case 1:
      return { kind: "node-network", ip: once(random, 2) ? "172.18.0.99" : anyText(random) }
    case 2:
      return { kind: "node", name: once(random, 10) ? anyText(random) : `node-${1 + random.below(3)}` }
    default: {
      const [namespace, name] = (once(random, 10) ? undefined : oneOf(random, pods)) ?? ["shop", anyText(random)]
      return { kind: "pod", namespace, name }
    }
  }
}

const typedName = (random: Random, { services }: Mentioned): string => {
  const [namespace, name] = (once(random, 8) ? undefined : oneOf(random, services)) ?? [
    oneOf(random, NAMESPACES),
    "web",
  ]
  const forms = [name, `${name}.${namespace}`, `${name}.${namespace}.svc.cluster.local`, `${name}.${namespace}.svc`]
  return oneOf(random, forms) ?? name
}

const destination = (random: Random, mentioned: Mentioned): string => {
  if (once(random, 6)) return anyText(random)
  return once(random, 3) ? typedName(random, mentioned) : (oneOf(random, mentioned.addresses) ?? anyText(random))
}

const ANY_NUMBER = [...ODD_NUMBERS, Number.NaN, Number.POSITIVE_INFINITY, ...PORTS]

const oddPort = (random: Random, { numbers }: Mentioned): number =>
  (once(random, 8) ? undefined : oneOf(random, numbers)) ?? oneOf(random, ANY_NUMBER) ?? 80

const oddProtocol = (random: Random): Protocol =>
  oneOf(random, [
    "TCP",
    "TCP",
    "TCP",
    "UDP",
    "SCTP",
    ...(once(random, 10) ? (["X", ""] as unknown as Protocol[]) : []),
  ]) ?? "TCP"

const endpointText = (random: Random): string =>
  once(random, 4) ? anyText(random) : `${oneOf(random, ADDRESSES)}:${oneOf(random, PORTS)}`

const PICKS = [0, 0.2, 0.5, 0.99, 1, -1, 2, Number.NaN, Number.POSITIVE_INFINITY] as const

export const oddRequest = (random: Random, mentioned: Mentioned): RouteRequest => ({
  from: oddOrigin(random, mentioned),
  to: destination(random, mentioned),
  port: oddPort(random, mentioned),
  protocol: oddProtocol(random),
  ...(once(random, 2) ? oneOf(random, mentioned.targets) : undefined),
  ...maybe(random, 2, () => ({ picks: listOf(random, 4, () => oneOf(random, PICKS) ?? 0) })),
  ...maybe(random, 5, () => ({ affinity: endpointText(random) })),
  ...maybe(random, 5, () => ({ established: endpointText(random) })),
})
