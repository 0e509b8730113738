import { type LabelSelector, type Labels, type NetworkPolicyPeer, parseCIDR } from "@pilotage/kube-model"
import type { PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Party } from "./connection.ts"
import { selects } from "./policy-reading.ts"

export const NAMESPACE_NAME_LABEL = "kubernetes.io/metadata.name"

type Block = NonNullable<NetworkPolicyPeer["ipBlock"]>

interface ParsedBlock {
  readonly contains: (ip: string) => boolean
  readonly excepts: (ip: string) => boolean
}

const never = (): boolean => false

const blockTest = (text: unknown): ((ip: string) => boolean) => {
  const parsed = typeof text === "string" ? parseCIDR(text) : undefined
  return parsed?.ok ? parsed.value.contains : never
}

const parsedBlocks = new WeakMap<Block, ParsedBlock>()

/** A block that cannot be read holds no address; nor does an exception. Remembered per object. */
export const readBlock = (block: Block): ParsedBlock => {
  let parsed = parsedBlocks.get(block)
  if (!parsed) {
    const excepts = (Array.isArray(block.except) ? block.except : []).map(blockTest)
    parsed = { contains: blockTest(block.cidr), excepts: (ip) => excepts.some((test) => test(ip)) }
    parsedBlocks.set(block, parsed)
  }
  return parsed
}

/** The labels of a namespace; the API server gives each its own name as a label, whatever else it carries. */
export const namespaceLabels = (indexes: Indexes, name: string): Labels => ({
  ...indexes.namespaceFacts.get(name)?.labels,
  [NAMESPACE_NAME_LABEL]: name,
})

export type PeerKind = "ipBlock" | "selectors" | "nobody"

/** An ipBlock stands alone; a peer with nothing in it is nobody (the API server refuses both mixtures). */
export const peerKind = (peer: NetworkPolicyPeer): PeerKind =>
  typeof peer.ipBlock === "object" && peer.ipBlock !== null
    ? "ipBlock"
    : isThere(peer.podSelector) || isThere(peer.namespaceSelector)
      ? "selectors"
      : "nobody"

export const isThere = (selector: LabelSelector | undefined): selector is LabelSelector =>
  selector !== undefined && selector !== null

/** The two halves of a peer with selectors. Without a namespaceSelector it means the policy's own namespace. */
export const matchHalves = (
  indexes: Indexes,
  policyNamespace: string,
  { podSelector, namespaceSelector }: NetworkPolicyPeer,
  pod: PodFacts,
): { readonly pod: boolean; readonly namespace: boolean } => ({
  pod: !isThere(podSelector) || selects(podSelector, pod.labels),
  namespace: isThere(namespaceSelector)
    ? selects(namespaceSelector, namespaceLabels(indexes, pod.namespace))
    : pod.namespace === policyNamespace,
})

export const matchesPeer = (
  indexes: Indexes,
  policyNamespace: string,
  peer: NetworkPolicyPeer,
  party: Party,
): boolean => {
  switch (peerKind(peer)) {
    case "nobody":
      return false
    case "ipBlock": {
      if (!peer.ipBlock || !party.ip) return false
      const { contains, excepts } = readBlock(peer.ipBlock)
      return contains(party.ip) && !excepts(party.ip)
    }
    case "selectors": {
      if (!party.pod) return false
      const halves = matchHalves(indexes, policyNamespace, peer, party.pod)
      return halves.pod && halves.namespace
    }
  }
}
