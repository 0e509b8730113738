import type { RoutingTable } from "../../table/table.ts"
import type { Hop } from "../../trace-types.ts"
import { hopPacket } from "../hop-packet.ts"
import { linesText, type RuleLine } from "../rule-line.ts"
import { nftInterpreter } from "./interpreter.ts"

/**
 * Which of the node's `lines` the first packet of a connection matches at this hop, in the order in which it meets
 * them: positions in `lines`, which are `nftablesRuleset` of the hop's node and of the packet's family. Where chance
 * chooses, the way is the one to the hop's endpoint. Empty for a hop that is not at a node.
 */
export const nftablesLinesOf = (table: RoutingTable, lines: readonly RuleLine[], hop: Hop): readonly number[] => {
  const asked = hopPacket(table, hop)
  if (!asked) return []
  const read = nftInterpreter(linesText(lines), asked.localAddresses)
  // Our own text: one that cannot be read back is a defect, not somebody's input.
  if (!read.ok) throw new Error(`${read.error.path}: ${read.error.message}`)
  const branches = read.value.walk(asked.packet)
  return (branches.find(({ endpoint }) => endpoint === asked.chosen) ?? branches[0])?.rules ?? []
}
