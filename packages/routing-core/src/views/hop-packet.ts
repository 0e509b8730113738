import { ipFamily } from "@pilotage/kube-model"
import { indexesOf } from "../table/compiled-table.ts"
import type { RoutingTable } from "../table/table.ts"
import type { Hop } from "../trace-types.ts"
import { endpointText, nodeAddresses } from "./proxied-port.ts"
import type { RulePacket } from "./rule-verdict.ts"

/** A hop at a node, as the node's rules see it. */
interface HopPacket {
  readonly packet: RulePacket
  readonly localAddresses: readonly string[]
  /** Where the hop sends it, `10.244.1.11:8080`; undefined: nowhere. */
  readonly chosen: string | undefined
}

/** Undefined for a hop that is not at a node. */
export const hopPacket = (table: RoutingTable, { at, entry, exit }: Hop): HopPacket | undefined => {
  const node = at.kind === "node" ? indexesOf(table).nodes.get(at.name) : undefined
  const family = ipFamily(entry.destination.ip)
  if (!node || !family) return undefined
  const localAddresses = nodeAddresses(node, family)
  const isOwn = localAddresses.includes(entry.source.ip) || entry.source.ip.startsWith("127.")
  return {
    localAddresses,
    packet: {
      hook: isOwn ? "output" : "prerouting",
      source: entry.source.ip,
      destination: entry.destination.ip,
      port: entry.destination.port ?? 0,
      protocol: entry.protocol,
    },
    chosen: exit && endpointText({ ip: exit.destination.ip, port: exit.destination.port ?? 0 }),
  }
}
