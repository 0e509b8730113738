import { parseCIDR } from "@pilotage/kube-model"
import type { Rule } from "../explain/rules.ts"
import type { NodeFacts } from "../state.ts"
import { nodePortKey } from "../table/change.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Packet } from "../trace-types.ts"
import { isExternalLocal, isInternalLocal, selectEndpoints } from "./endpoint-selection.ts"
import type { EndpointFact, Frontend, PortEntry, ServiceEntry } from "./service-entry.ts"

/** Whose packet it is for the node that handles it: a pod's (by address), its own, or anybody else's. */
export type Client = "pod" | "node" | "external"

/** A frontend with the Service port behind it. */
export interface Match {
  readonly frontend: Frontend
  readonly entry: ServiceEntry
  readonly port: PortEntry
}

export type Decision =
  | {
      readonly kind: "translate"
      readonly endpoints: readonly EndpointFact[]
      readonly masquerade: boolean
      readonly rule: Rule
    }
  | { readonly kind: "reject"; readonly rule: Rule }
  | { readonly kind: "drop"; readonly rule: Rule }
  /** Untouched: it goes on as if there were no Service. */
  | { readonly kind: "pass"; readonly rule: Rule }

const matched = (indexes: Indexes, frontend: Frontend | undefined): Match | undefined => {
  const entry = frontend && indexes.services.get(frontend.serviceKey)
  const port = frontend && entry?.ports[frontend.portIndex]
  return frontend && entry && port ? { frontend, entry, port } : undefined
}

/** The frontend of a Service under exactly this address, port and protocol, as kube-proxy on any node knows it. */
export const findAddress = (indexes: Indexes, { destination, protocol }: Packet): Match | undefined =>
  matched(
    indexes,
    indexes.addresses
      .get(destination.ip)
      ?.find((each) => each.kind !== "Proxy" && each.port === destination.port && each.protocol === protocol),
  )

/** The node port `port`. Whether the destination is an address of the node is the caller's to know. */
export const findNodePort = (indexes: Indexes, { destination, protocol }: Packet): Match | undefined =>
  matched(indexes, indexes.nodePorts.get(nodePortKey(protocol, destination.port ?? 0))?.[0])

const isAllowed = (ranges: readonly string[] | undefined, ip: string): boolean =>
  !ranges?.length ||
  ranges.some((range) => {
    const cidr = parseCIDR(range.trim())
    return cidr.ok && (cidr.value.prefix === 0 || cidr.value.contains(ip))
  })

/**
 * What kube-proxy on `node` does to a new connection that matched a Service (kubernetes 1.36 pkg/proxy/iptables/proxier.go,
 * nftables/proxier.go). Which endpoints, and whether the source is rewritten; a hairpin is the caller's to see.
 */
export const decide = (
  indexes: Indexes,
  node: NodeFacts,
  client: Client,
  source: string,
  { frontend, entry, port }: Match,
): Decision => {
  const { service } = entry
  const { cluster, local, hasAny } = selectEndpoints(port, node, "IPv4")
  const nftables = indexes.config.proxyMode === "nftables"
  const filtered = frontend.kind === "LoadBalancer" && !isAllowed(service.spec.loadBalancerSourceRanges, source)
  if (filtered && (hasAny || nftables)) return { kind: "drop", rule: "R45" }
  if (!hasAny) {
    const isElsewhere = frontend.kind !== "ClusterIP" && frontend.kind !== "NodePort" && frontend.ip !== node.internalIP
    return client === "node" && isElsewhere && !nftables
      ? { kind: "pass", rule: "R51" }
      : { kind: "reject", rule: "R23" }
  }
  if (frontend.kind === "ClusterIP") {
    if (!isInternalLocal(service))
      return { kind: "translate", endpoints: cluster, masquerade: client !== "pod", rule: "R17" }
    if (local.length === 0) return { kind: "drop", rule: "R24" }
    return { kind: "translate", endpoints: local, masquerade: client !== "pod", rule: "R24" }
  }
  const rule = frontend.kind === "NodePort" ? "R18" : frontend.kind === "ExternalIP" ? "R50" : "R17"
  if (!isExternalLocal(service)) return { kind: "translate", endpoints: cluster, masquerade: true, rule }
  if (client !== "external")
    return { kind: "translate", endpoints: cluster, masquerade: client === "node", rule: "R26" }
  if (local.length === 0) return { kind: "drop", rule: "R25" }
  return { kind: "translate", endpoints: local, masquerade: false, rule: "R25" }
}
