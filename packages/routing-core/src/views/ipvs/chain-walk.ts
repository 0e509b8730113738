import type { Chains, Match, Rule } from "./chain-parser.ts"
import type { IPSets } from "./table-parsers.ts"

/** A packet between two hooks. */
export interface IPVSPacket {
  readonly source: string
  readonly destination: string
  readonly port: number
  readonly protocol: string
  readonly mark: number
  readonly masqueraded: boolean
  /** `tcp 10.96.0.10:53` once a virtual server took it. */
  readonly virtualServer: string | undefined
  /** What it met and matched so far: lines of each text, entries of sets once. */
  readonly met: {
    readonly virtualServers: readonly number[]
    readonly ipSets: readonly number[]
    readonly iptables: readonly number[]
  }
}

export interface Passage {
  readonly packet: IPVSPacket
  readonly end: "continue" | "accept" | "drop" | "reject"
}

export interface ChainWorld {
  readonly chains: Chains
  readonly sets: IPSets
  readonly isLocal: (ip: string) => boolean
}

const address = (packet: IPVSPacket, end: string | undefined): string =>
  end === "src" ? packet.source : packet.destination

/** The line of the entry that has the packet; undefined: none has. */
const entryOf = ({ sets }: ChainWorld, packet: IPVSPacket, name: string, by: string): number | undefined => {
  const set = sets.get(name)
  if (!set) return undefined
  const [first, , third] = by.split(",")
  // The second word says whose port counts; kube-proxy only asks for the destination's.
  const place = `${address(packet, first)},${packet.protocol}:${packet.port}`
  switch (set.type) {
    case "bitmap:port":
      return set.entries.get(`${packet.port}`)
    case "hash:ip":
      return set.entries.get(address(packet, first))
    case "hash:ip,port":
      return set.entries.get(place)
    case "hash:ip,port,ip":
      return set.entries.get(`${place},${address(packet, third)}`)
    default:
      return set.blocks.find(({ before, block }) => before === place && block.contains(address(packet, third)))?.line
  }
}

const matchesOne = (world: ChainWorld, packet: IPVSPacket, match: Match): boolean => {
  switch (match.kind) {
    case "protocol":
      return packet.protocol === match.protocol
    case "source":
      return match.block.contains(packet.source) !== match.negated
    case "set":
      return entryOf(world, packet, match.set, match.by) !== undefined
    case "local":
      return world.isLocal(packet[match.end]) !== match.negated
    case "mark":
      return ((packet.mark & match.mask) === match.value) !== match.negated
    case "virtual-server":
      return packet.virtualServer === match.key
    case "constant":
      return match.value
  }
}

const meet = (world: ChainWorld, packet: IPVSPacket, rule: Rule): IPVSPacket => {
  const entries = rule.matches.flatMap((match) =>
    match.kind === "set" ? (entryOf(world, packet, match.set, match.by) ?? []) : [],
  )
  const { met } = packet
  return {
    ...packet,
    met: { ...met, ipSets: [...new Set([...met.ipSets, ...entries])], iptables: [...met.iptables, rule.line] },
  }
}

/** Through one chain, `nat KUBE-SERVICES`; a chain that is not there lets everything past. */
export const walkChain = (world: ChainWorld, table: string, chain: string, entry: IPVSPacket): Passage => {
  let packet = entry
  for (const rule of world.chains.get(`${table} ${chain}`) ?? []) {
    if (!rule.matches.every((match) => matchesOne(world, packet, match))) continue
    packet = meet(world, packet, rule)
    const { target } = rule
    switch (target.kind) {
      case "return":
        return { packet, end: "continue" }
      case "mark":
        packet = { ...packet, mark: (packet.mark & ~target.mask) ^ target.value }
        break
      case "masquerade":
        return { packet: { ...packet, masqueraded: true }, end: "accept" }
      case "jump": {
        const passed = walkChain(world, table, target.chain, packet)
        if (passed.end !== "continue") return passed
        packet = passed.packet
        break
      }
      default:
        return { packet, end: target.kind }
    }
  }
  return { packet, end: "continue" }
}
