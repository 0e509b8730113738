import type { RoutingTable } from "../../table/table.ts"
import type { Hop } from "../../trace-types.ts"
import { hopPacket } from "../hop-packet.ts"
import { linesText } from "../rule-line.ts"
import { ipvsInterpreter } from "./interpreter.ts"
import type { IPVSTable } from "./ipvs-table.ts"

/** Positions in each of the table's texts. */
type IPVSLines = Readonly<Record<keyof IPVSTable, readonly number[]>>

const NONE: IPVSLines = { virtualServers: [], ipSets: [], iptables: [] }

/**
 * Which lines of `tables`, the `ipvsTable` of the hop's node and of the packet's family, the first packet of a
 * connection matches at this hop, in the order in which it meets them. Where round robin chooses, the way is the one to
 * the hop's endpoint. Empty for a hop that is not at a node.
 */
export const ipvsLinesOf = (table: RoutingTable, tables: IPVSTable, hop: Hop): IPVSLines => {
  const asked = hopPacket(table, hop)
  if (!asked) return NONE
  const read = ipvsInterpreter(
    {
      virtualServers: linesText(tables.virtualServers),
      ipSets: linesText(tables.ipSets),
      iptables: linesText(tables.iptables),
    },
    asked.localAddresses,
  )
  // Our own texts: what cannot be read back is a defect, not somebody's input.
  if (!read.ok) throw new Error(`${read.error.path}: ${read.error.message}`)
  const branches = read.value.walk(asked.packet)
  return (branches.find(({ endpoint }) => endpoint === asked.chosen) ?? branches[0])?.met ?? NONE
}
