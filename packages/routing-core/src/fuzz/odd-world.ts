import type {
  EndpointSlice,
  JsonValue,
  Namespace,
  NetworkPolicy,
  Node,
  Pod,
  Random,
  Service,
} from "@pilotage/kube-model"
import { defaultNetworkConfig } from "../network-config.ts"
import type { Change, ClusterState, ListeningSocket, NetworkConfig } from "../state.ts"
import { nodeFacts, podFacts, stateFromObjects } from "../state-from-objects.ts"
import {
  json,
  nameServer,
  namespaceObject,
  nodeObject,
  podObject,
  policyObject,
  serviceObject,
  sliceObject,
} from "./api-objects.ts"
import { listOf, maybe, once, oneOf } from "./chance.ts"
import { mutated } from "./mutation.ts"
import { ADDRESSES, BLOCKS, ODD_ADDRESSES, ODD_STRINGS, PORTS } from "./odd-values.ts"

/** A cluster as files would hold it. What is JSON here can be kept and read again. */
export interface OddWorld {
  readonly config: Partial<NetworkConfig>
  readonly nodes: readonly JsonValue[]
  readonly pods: readonly JsonValue[]
  readonly services: readonly JsonValue[]
  readonly endpointSlices: readonly JsonValue[]
  readonly networkPolicies: readonly JsonValue[]
  readonly namespaces: readonly JsonValue[]
  /** By `namespace/name`. */
  readonly sockets: Readonly<Record<string, readonly ListeningSocket[]>>
  readonly stoppedNodes: readonly string[]
}

const oddConfig = (random: Random): Partial<NetworkConfig> => ({
  proxyMode: oneOf(random, ["iptables", "nftables", "ipvs"] as const) ?? "iptables",
  loadBalancer: oneOf(random, ["none", "vip", "metallb", "proxy"] as const) ?? "vip",
  unknownAddress: oneOf(random, ["drop", "unreachable"] as const) ?? "drop",
  podMasquerade: oneOf(random, ["non-pod-destinations", "none"] as const) ?? "none",
  localDetector: oneOf(random, ["ClusterCIDR", "none"] as const) ?? "none",
  networkPolicies: once(random, 5) ? "ignored" : "enforced",
  masqueradeAll: once(random, 4),
  localhostNodePorts: once(random, 2),
  ...maybe(random, 3, () => ({ clusterCIDR: "10.244.0.0/16,fd00:10:244::/56" })),
  ...maybe(random, 3, () => ({ serviceCIDR: "10.96.0.0/16,fd00:10:96::/112" })),
  ...maybe(random, 20, () => ({ clusterCIDR: oneOf(random, BLOCKS) ?? "" })),
  ...maybe(random, 20, () => ({ nodeCIDR: oneOf(random, [...BLOCKS, ...ODD_STRINGS]) ?? "" })),
  ...maybe(random, 4, () => ({
    nodePortAddresses: listOf(random, 2, () => oneOf(random, [...BLOCKS, "primary"]) ?? ""),
  })),
  ...maybe(random, 4, () => ({
    outsideRoutes: listOf(random, 2, () => ({
      to: oneOf(random, [...ADDRESSES, ...ODD_ADDRESSES]) ?? "",
      via: oneOf(random, [...ADDRESSES, "node-1"]) ?? "",
    })),
  })),
  ...maybe(random, 6, () => ({ dnsServiceIP: oneOf(random, [...ADDRESSES, ...ODD_STRINGS]) ?? "" })),
  ...maybe(random, 6, () => ({ clusterDomain: oneOf(random, ODD_STRINGS) ?? "" })),
  ...maybe(random, 6, () => ({ curlVersion: oneOf(random, ["8.9.1", "8", "", "x.y", "7.88.1"]) ?? "" })),
})

const bentList = (
  random: Random,
  bends: number,
  keep: readonly string[],
  list: readonly JsonValue[],
): readonly JsonValue[] =>
  list.map((value) => {
    let bent = value
    for (let count = random.below(bends + 1); count > 0; count -= 1) bent = mutated(random, bent, keep)
    return bent
  })

/** What everybody reads an object by: kind and name are there in whatever parses as an API object. */
const KEPT = ["apiVersion", "kind", "metadata.name"]

const makers = {
  nodes: { least: 2, most: 3, make: nodeObject, keep: KEPT },
  pods: { least: 1, most: 6, make: podObject, keep: KEPT },
  services: { least: 2, most: 8, make: serviceObject, keep: KEPT },
  endpointSlices: { least: 2, most: 10, make: sliceObject, keep: KEPT },
  networkPolicies: { least: 0, most: 3, make: policyObject, keep: KEPT },
  namespaces: { least: 0, most: 3, make: namespaceObject, keep: KEPT },
} as const

type ObjectLists = keyof typeof makers

const oddList = (random: Random, kind: ObjectLists, bends: number, named: boolean): readonly JsonValue[] => {
  const { least, most, make, keep } = makers[kind]
  const made = listOf(random, most, (index) => make(random, index), least)
  return bentList(
    random,
    bends,
    keep,
    named && kind in nameServer ? [...made, nameServer[kind as keyof typeof nameServer]] : made,
  )
}

/** `bends`: at most so many per object; 0 gives objects that the API server would take. */
export const oddWorld = (random: Random, bends: number): OddWorld => {
  const named = once(random, 2)
  const list = (kind: ObjectLists): readonly JsonValue[] => oddList(random, kind, bends, named)
  return {
    config: oddConfig(random),
    nodes: list("nodes"),
    pods: list("pods"),
    services: list("services"),
    endpointSlices: list("endpointSlices"),
    networkPolicies: list("networkPolicies"),
    namespaces: list("namespaces"),
    sockets: Object.fromEntries(
      listOf(random, 3, (index) => [
        `${once(random, 5) ? "default" : "shop"}/web-${index}`,
        listOf(random, 3, () => ({
          address: once(random, 3) ? ("127.0.0.1" as const) : ("0.0.0.0" as const),
          port: oneOf(random, PORTS) ?? 80,
          protocol: once(random, 4) ? ("UDP" as const) : ("TCP" as const),
        })),
      ]),
    ),
    stoppedNodes: once(random, 5) ? ["node-2"] : [],
  }
}

/** Nobody checked what the files say: from here on the types are a hope, as with every parser of JSON. */
const hoped = <T>(values: readonly JsonValue[]): readonly T[] => values as readonly unknown[] as readonly T[]

export const stateOfWorld = (world: OddWorld): ClusterState =>
  stateFromObjects({
    config: { ...defaultNetworkConfig, ...world.config },
    nodes: hoped<Node>(world.nodes),
    pods: hoped<Pod>(world.pods),
    services: hoped<Service>(world.services),
    endpointSlices: hoped<EndpointSlice>(world.endpointSlices),
    networkPolicies: hoped<NetworkPolicy>(world.networkPolicies),
    namespaces: hoped<Namespace>(world.namespaces),
    sockets: new Map(Object.entries(world.sockets)),
    stoppedNodes: new Set(world.stoppedNodes),
  })

const metadataOf = (value: JsonValue): { readonly name: string; readonly namespace?: string | null } => {
  const { metadata } = value as unknown as { metadata: { name: string; namespace?: string | null } }
  return metadata
}

/** One object more, another, or one less. */
export const oddChange = (random: Random, world: OddWorld, bends: number): Change => {
  const kind = oneOf(random, Object.keys(makers) as ObjectLists[]) ?? "services"
  const { make, keep } = makers[kind]
  const fresh = bentList(random, bends, keep, [make(random, random.below(4))])[0] ?? json({})
  const gone = once(random, 3)
  const { name, namespace } = metadataOf(gone ? (oneOf(random, world[kind]) ?? fresh) : fresh)
  const at = { namespace: namespace ?? "default", name }
  switch (kind) {
    case "nodes":
      return { kind: "node", name, value: gone ? undefined : nodeFacts(fresh as unknown as Node) }
    case "pods":
      return { kind: "pod", ...at, value: gone ? undefined : podFacts(fresh as unknown as Pod) }
    case "services":
      return { kind: "service", ...at, value: gone ? undefined : (fresh as unknown as Service) }
    case "endpointSlices":
      return { kind: "endpointSlice", ...at, value: gone ? undefined : (fresh as unknown as EndpointSlice) }
    case "networkPolicies":
      return { kind: "networkPolicy", ...at, value: gone ? undefined : (fresh as unknown as NetworkPolicy) }
    case "namespaces":
      return { kind: "namespace", name, value: gone ? undefined : { name, labels: {} } }
  }
}
