import { canonicalIP, type InputError, ok, type Result } from "@pilotage/kube-model"
import { type RulePacket, type RuleVerdict, verdictOf } from "../rule-verdict.ts"
import { parseChains } from "./chain-parser.ts"
import { type ChainWorld, type IPVSPacket, type Passage, walkChain } from "./chain-walk.ts"
import { parseIPSets, parseVirtualServers, type VirtualServers } from "./table-parsers.ts"

/** The three texts of a node. */
export interface IPVSTexts {
  readonly virtualServers: string
  readonly ipSets: string
  readonly iptables: string
}

/** What may become of a packet: round robin makes several. */
interface IPVSBranch {
  readonly outcome: RuleVerdict["outcome"]
  readonly endpoint?: string
  /** It arrives with another source address. */
  readonly masqueraded: boolean
  /** The source that it has before any masquerade: what a node sends to an address of kube-ipvs0 has that address. */
  readonly source: string
  /** Lines that it met and matched: positions in each text. */
  readonly met: IPVSPacket["met"]
}

interface IPVSInterpreter {
  /** At least one. Persistence remembers nobody. */
  readonly walk: (packet: RulePacket) => readonly IPVSBranch[]
  readonly verdict: (packet: RulePacket) => RuleVerdict
}

interface World extends ChainWorld {
  readonly servers: VirtualServers
  readonly isBound: (ip: string) => boolean
}

const place = ({ destination, port, protocol }: IPVSPacket): string =>
  `${protocol} ${destination.includes(":") ? `[${destination}]` : destination}:${port}`

const ended = ({ packet, end }: Passage, endpoint?: string): IPVSBranch => ({
  outcome: end === "drop" || end === "reject" ? end : endpoint === undefined ? "none" : "dnat",
  ...(endpoint === undefined ? {} : { endpoint }),
  masqueraded: packet.masqueraded,
  source: packet.source,
  met: packet.met,
})

const isOver = ({ end }: Passage): boolean => end === "drop" || end === "reject"

/** The kernel's load balancer: undefined when no virtual server has this address; no way on when it has no real server. */
const balance = (world: World, packet: IPVSPacket): readonly { packet: IPVSPacket; endpoint: string }[] | undefined => {
  const server = world.servers.get(place(packet))
  return server?.realServers.map(({ line, endpoint }) => {
    const at = endpoint.lastIndexOf(":")
    return {
      endpoint,
      packet: {
        ...packet,
        virtualServer: place(packet),
        destination: endpoint.slice(0, at).replace(/^\[|\]$/g, ""),
        port: Number(endpoint.slice(at + 1)),
        met: { ...packet.met, virtualServers: [server.line, line] },
      },
    }
  })
}

const refused = (world: World, packet: IPVSPacket): readonly IPVSBranch[] => {
  const line = world.servers.get(place(packet))?.line
  const met = { ...packet.met, virtualServers: line === undefined ? [] : [line] }
  return [ended({ packet: { ...packet, met }, end: "reject" })]
}

/** Comes in: the load balancer sits behind the input filter, and sees what is for the node itself. */
const incoming = (world: World, start: IPVSPacket): readonly IPVSBranch[] => {
  const { packet } = walkChain(world, "nat", "PREROUTING", start)
  if (!world.isLocal(packet.destination)) return [ended(walkChain(world, "filter", "FORWARD", packet))]
  const filtered = walkChain(world, "filter", "INPUT", packet)
  if (isOver(filtered)) return [ended(filtered)]
  const ways = balance(world, filtered.packet)
  if (!ways) return [ended(filtered)]
  if (ways.length === 0) return refused(world, filtered.packet)
  // A backend on the node's own network is reached without leaving the node, so nothing is rewritten for it.
  return ways.map(({ packet: sent, endpoint }) =>
    ended(
      world.isLocal(sent.destination)
        ? { packet: sent, end: "continue" }
        : walkChain(world, "nat", "POSTROUTING", sent),
      endpoint,
    ),
  )
}

/** The node's own: the load balancer comes before the output filter. What no virtual server has may come back in. */
const outgoing = (world: World, start: IPVSPacket): readonly IPVSBranch[] => {
  const { packet } = walkChain(world, "nat", "OUTPUT", start)
  const ways = balance(world, packet)
  if (ways?.length === 0) return refused(world, packet)
  if (ways)
    return ways.map(({ packet: sent, endpoint }) => {
      const filtered = walkChain(world, "filter", "OUTPUT", sent)
      return ended(isOver(filtered) ? filtered : walkChain(world, "nat", "POSTROUTING", filtered.packet), endpoint)
    })
  const filtered = walkChain(world, "filter", "OUTPUT", packet)
  if (isOver(filtered) || !world.isLocal(packet.destination)) return [ended(filtered)]
  return [ended(walkChain(world, "filter", "INPUT", filtered.packet))]
}

/**
 * Reads what three tools print of a node in ipvs mode and says what becomes of packets there, from these texts alone.
 * `localAddresses`: the node's own; those of kube-ipvs0, in the set KUBE-IPVS-IPS, and loopback are local too. The error
 * names the line that is not understood.
 */
export const ipvsInterpreter = (
  texts: IPVSTexts,
  localAddresses: readonly string[],
): Result<IPVSInterpreter, InputError> => {
  const servers = parseVirtualServers(texts.virtualServers)
  if (!servers.ok) return servers
  const sets = parseIPSets(texts.ipSets)
  if (!sets.ok) return sets
  const chains = parseChains(texts.iptables)
  if (!chains.ok) return chains
  const own = new Set(localAddresses.map((ip) => canonicalIP(ip) ?? ip))
  const isOwn = (ip: string): boolean => own.has(ip) || ip.startsWith("127.") || ip === "::1"
  const bound = [...sets.value].find(([name]) => /^KUBE-(6-)?IPVS-IPS$/.test(name))?.[1].entries
  const isBound = (ip: string): boolean => bound?.has(ip) ?? false
  const world: World = {
    servers: servers.value,
    sets: sets.value,
    chains: chains.value,
    isBound,
    isLocal: (ip) => isOwn(ip) || isBound(ip),
  }
  const walk = (packet: RulePacket): readonly IPVSBranch[] => {
    const source = canonicalIP(packet.source) ?? packet.source
    const destination = canonicalIP(packet.destination) ?? packet.destination
    const isOutgoing = packet.hook === "output"
    const start: IPVSPacket = {
      source: isOutgoing && isBound(destination) ? destination : source,
      destination,
      port: packet.port,
      protocol: packet.protocol.toLowerCase(),
      mark: 0,
      masqueraded: false,
      virtualServer: undefined,
      met: { virtualServers: [], ipSets: [], iptables: [] },
    }
    return isOutgoing ? outgoing(world, start) : incoming(world, start)
  }
  return ok({ walk, verdict: (packet) => verdictOf(walk(packet)) })
}
