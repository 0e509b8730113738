import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from "@pilotage/kube-model"
import type { Rule } from "../explain/rules.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Connection } from "./connection.ts"
import { allowsPeer, allowsPort, type Packet } from "./passage.ts"
import { isThere, matchHalves, namespaceLabels, peerKind, readBlock } from "./peer-match.ts"
import { type Direction, namespaceOf, type PolicyRule, rulesOf } from "./policy-reading.ts"
import { labelsText, type PatchStep, podText, selectorText } from "./policy-text.ts"
import { protocolOf } from "./port-match.ts"
import { addedItem, peerFor, portFor } from "./suggested-rule.ts"

/** A rule that would nearly have allowed the connection. */
export interface NearMiss {
  readonly policy: NetworkPolicy
  /** The field that is in the way, `spec.ingress[0].ports[0].port`, and what it holds. */
  readonly path: string
  readonly value: unknown
  readonly rule: Rule
  readonly says: string
  /** The smallest change, as a sentence and as a patch. */
  readonly fix: string
  readonly step: PatchStep
}

interface Question {
  readonly indexes: Indexes
  readonly direction: Direction
  readonly packet: Packet
  readonly before: Connection["before"]
}

/** `rank`: how near, 0 to NEAREST. The sentence is only made for the one that is told. */
type Found = Pick<NearMiss, "path" | "value" | "rule"> & { readonly rank: number; readonly says: () => string }

const NEAREST = 3
/** Beyond so many rules nobody looks for the nearest. */
const MOST_RULES = 500

const other = ({ direction, packet }: Question) => (direction === "ingress" ? packet.source : packet.destination)
const otherWord = ({ direction }: Question): string => (direction === "ingress" ? "client" : "destination")

const portMiss = ({ packet, before }: Question, entry: NetworkPolicyPort, path: string): Found => {
  const { port, protocol, destination } = packet
  const says = (field: string, value: unknown, text: string): Found => ({
    path: `${path}.${field}`,
    value,
    rule: "R84",
    says: () => text,
    rank: NEAREST,
  })
  const declared = destination.pod?.declaredPorts?.find(
    (each) => each.name === entry.port && each.protocol === protocol,
  )
  const own = protocolOf(entry)
  if (own !== protocol)
    return says(
      "protocol",
      entry.protocol,
      `It allows ${own}${entry.protocol ? "" : " (what no protocol means)"}, and this is ${protocol}.`,
    )
  if (typeof entry.port === "string")
    return says(
      "port",
      entry.port,
      declared
        ? `Its port ${entry.port} is ${declared.port} in ${destination.pod?.name}, and the packet goes to ${port}.`
        : `It allows the port named ${entry.port}, and ${destination.pod ? `the containers of ${podText(destination.pod)} declare` : `${destination.ip} has`} no ${protocol} port of that name.`,
    )
  if (typeof entry.port === "number" && typeof entry.endPort === "number")
    return says(
      "endPort",
      entry.endPort,
      `It allows ports ${entry.port} to ${entry.endPort}, and the packet goes to ${port}.`,
    )
  if (typeof entry.port !== "number")
    return says("port", entry.port, "Its port is no number and no name, so it allows none.")
  const requested = before?.destination?.port
  return says(
    "port",
    entry.port,
    requested !== undefined && requested === entry.port && requested !== port
      ? `It allows ${entry.port}, which is the Service's port; policies see the pod's own port, and that is ${port}.`
      : `It allows port ${entry.port}, and the packet goes to ${port}.`,
  )
}

const blockMiss = (question: Question, peer: NetworkPolicyPeer, path: string): Found | undefined => {
  const { before, direction } = question
  const { ip } = other(question)
  if (!peer.ipBlock || !ip) return undefined
  const block = readBlock(peer.ipBlock)
  const found = (field: string, value: unknown, says: string): Found => ({
    path: `${path}.ipBlock${field}`,
    value,
    rule: "R83",
    says: () => says,
    rank: NEAREST,
  })
  if (block.contains(ip))
    return found(".except", peer.ipBlock.except, `Its ipBlock holds ${ip}, but lists it among its exceptions.`)
  const sent = direction === "egress" ? before?.destination?.ip : before?.source?.ip
  if (sent === undefined || sent === ip || !block.contains(sent)) return undefined
  return found(
    ".cidr",
    peer.ipBlock.cidr,
    direction === "egress"
      ? `Its ipBlock holds the address ${sent} that the client asked for; policies see the endpoint behind it, ${ip}.`
      : `Its ipBlock holds the client's own address ${sent}; the packet arrives with the source ${ip}.`,
  )
}

const selectorMiss = (
  question: Question,
  policy: NetworkPolicy,
  peer: NetworkPolicyPeer,
  path: string,
): Found | undefined => {
  const { indexes } = question
  const { pod } = other(question)
  const who = otherWord(question)
  if (!pod) return undefined
  const { podSelector, namespaceSelector } = peer
  const halves = matchHalves(indexes, namespaceOf(policy), peer, pod)
  const found = (field: string, value: unknown, rank: number, says: () => string): Found => ({
    path: `${path}.${field}`,
    value,
    rule: "R82",
    says,
    rank,
  })
  if (!isThere(namespaceSelector))
    return halves.pod
      ? found(
          "podSelector",
          podSelector,
          2,
          () =>
            `The labels fit, but a podSelector alone means pods of the policy's own namespace ${namespaceOf(policy)}, and the ${who} is in ${pod.namespace}.`,
        )
      : isThere(podSelector)
        ? found(
            "podSelector",
            podSelector,
            halves.namespace ? 1 : 0,
            () =>
              `It allows pods with ${selectorText(podSelector, "any labels")}, and the ${who} has ${labelsText(pod.labels)}.`,
          )
        : undefined
  if (!isThere(podSelector))
    return found(
      "namespaceSelector",
      namespaceSelector,
      0,
      () =>
        `It allows namespaces with ${selectorText(namespaceSelector, "any labels")}, and ${pod.namespace} has ${labelsText(namespaceLabels(indexes, pod.namespace))}.`,
    )
  if (halves.pod === halves.namespace) return undefined
  return found(
    halves.pod ? "namespaceSelector" : "podSelector",
    halves.pod ? namespaceSelector : podSelector,
    2,
    () =>
      `A namespaceSelector and a podSelector in one item must both match (as two items, either would do): the ${who}'s ${halves.pod ? "labels fit, its namespace does not" : "namespace fits, its labels do not"}.`,
  )
}

const peerMisses = (question: Question, policy: NetworkPolicy, rule: PolicyRule, path: string): readonly Found[] =>
  (rule.peers ?? []).flatMap((peer, index) => {
    const at = `${path}[${index}]`
    const kind = peerKind(peer)
    return (
      (kind === "ipBlock"
        ? blockMiss(question, peer, at)
        : kind === "selectors"
          ? selectorMiss(question, policy, peer, at)
          : undefined) ?? []
    )
  })

/** The rule that comes nearest, of those that fail in one thing only. */
export const nearestMiss = (question: Question, policies: readonly NetworkPolicy[]): NearMiss | undefined => {
  const { indexes, direction, packet } = question
  let best: (Omit<NearMiss, "says"> & Found) | undefined
  let looked = 0
  for (const policy of policies)
    for (const [index, rule] of rulesOf(policy, direction).entries()) {
      looked += 1
      if (best?.rank === NEAREST || looked > MOST_RULES) break
      const path = `spec.${direction}[${index}]`
      const rightPort = allowsPort(rule, packet)
      const rightPeer = allowsPeer(indexes, namespaceOf(policy), rule, other(question))
      if (rightPort === rightPeer) continue
      const misses = rightPeer
        ? (rule.ports ?? []).map((entry, at) => portMiss(question, entry, `${path}.ports[${at}]`))
        : peerMisses(question, policy, rule, `${path}.${direction === "ingress" ? "from" : "to"}`)
      for (const miss of misses) {
        if (best && best.rank >= miss.rank) continue
        const step = rightPeer
          ? addedItem(direction, index, "port", portFor(packet))
          : addedItem(direction, index, "peer", peerFor(namespaceOf(policy), other(question)))
        const fix = rightPeer
          ? `Add port ${packet.port}/${packet.protocol} to ${path}.ports.`
          : `Add the ${otherWord(question)} as another peer to ${path}.${direction === "ingress" ? "from" : "to"}.`
        best = { ...miss, policy, fix, step }
      }
    }
  return best && { ...best, says: best.says() }
}
