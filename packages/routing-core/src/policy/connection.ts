import { canonicalIP, type Protocol } from "@pilotage/kube-model"
import type { NodeFacts, PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"

/** One end of a connection: its address in the packet, the pod that is known to hold it, or both. */
export interface End {
  readonly ip?: string
  readonly pod?: PodFacts
}

/**
 * The first packet of a connection as NetworkPolicies see it: the destination after kube-proxy's translation (an
 * endpoint's address and target port), the source as it arrives there.
 */
export interface Connection {
  readonly source: End
  readonly destination: End
  readonly port: number
  readonly protocol: Protocol
  /** Not the first packet: an answer, or one of a connection that runs. Never judged. */
  readonly established?: boolean
  /** What the client sent, where something rewrote it on the way: explanations speak of it. */
  readonly before?: { readonly source?: End; readonly destination?: { readonly ip: string; readonly port: number } }
}

/** Who an end is to a policy. At most one of `pod` and `node`; neither: an address outside the pods and nodes. */
export interface Party {
  /** Canonical where it is an address; an IPv4 address in IPv6 clothes is taken as IPv4, as Go's net.IP does. */
  readonly ip: string | undefined
  /** A pod with a network of its own. */
  readonly pod: PodFacts | undefined
  /** A node, or a hostNetwork pod, which is its node. */
  readonly node: NodeFacts | undefined
}

const MAPPED = "::ffff:"

const plainIP = (text: string): string => {
  // Nothing that has no colon has another form.
  if (!text.includes(":")) return text
  const ip = canonicalIP(text) ?? text
  return ip.startsWith(MAPPED) ? ip.slice(MAPPED.length) : ip
}

export const partyOf = (indexes: Indexes, { ip, pod }: End): Party => {
  if (pod && !pod.hostNetwork) return { ip: plainIP(ip ?? pod.ip ?? ""), pod, node: undefined }
  if (pod) {
    const node = pod.nodeName === undefined ? undefined : indexes.nodes.get(pod.nodeName)
    return { ip: plainIP(ip ?? node?.internalIP ?? pod.ip ?? ""), pod: undefined, node }
  }
  const plain = plainIP(ip ?? "")
  const holder = indexes.podsByIP.get(plain)?.[0]
  return { ip: plain, pod: holder, node: holder ? undefined : indexes.nodesByIP.get(plain)?.[0] }
}

/** A pod always reaches itself. */
export const isSelf = (source: Party, destination: Party): boolean =>
  source.pod !== undefined &&
  destination.pod !== undefined &&
  source.pod.name === destination.pod.name &&
  source.pod.namespace === destination.pod.namespace

/** The node on which the pod runs, under any of its addresses. */
export const isOwnNode = (indexes: Indexes, pod: PodFacts, other: Party): boolean => {
  const { nodeName } = pod
  if (nodeName === undefined || other.pod) return false
  if (other.node?.name === nodeName) return true
  if (!other.ip) return false
  if (indexes.nodesByIP.get(other.ip)?.some((node) => node.name === nodeName)) return true
  const own = indexes.nodes.get(nodeName)
  return own !== undefined && (own.secondIP === other.ip || (own.otherIPs ?? []).includes(other.ip))
}
