import { ipFamily } from "@pilotage/kube-model"
import { indexesOf } from "../../table/compiled-table.ts"
import type { RoutingTable } from "../../table/table.ts"
import type { Hop } from "../../trace-types.ts"
import { endpointText, nodeAddresses } from "../proxied-port.ts"
import { type IptablesInterpreter, iptablesInterpreter } from "./interpreter.ts"
import type { IptablesLine } from "./rule-line.ts"
import { iptablesText } from "./save-text.ts"

const known = new WeakMap<readonly IptablesLine[], IptablesInterpreter>()

const interpreterOf = (lines: readonly IptablesLine[], localAddresses: readonly string[]): IptablesInterpreter => {
  let interpreter = known.get(lines)
  if (!interpreter) {
    const made = iptablesInterpreter(iptablesText(lines), localAddresses)
    // Our own text: one that cannot be read back is a defect, not somebody's input.
    if (!made.ok) throw new Error(`${made.error.path}: ${made.error.message}`)
    interpreter = made.value
    known.set(lines, interpreter)
  }
  return interpreter
}

/**
 * Which of the node's `lines` the first packet of a connection matches at this hop, in the order in which it meets
 * them: positions in `lines`, which are `iptablesRules` of the hop's node and of the packet's family. Where chance
 * chooses, the way is the one to the hop's endpoint. Empty for a hop that is not at a node.
 */
export const iptablesLinesOf = (
  table: RoutingTable,
  lines: readonly IptablesLine[],
  { at, entry, exit }: Hop,
): readonly number[] => {
  const node = at.kind === "node" ? indexesOf(table).nodes.get(at.name) : undefined
  const family = ipFamily(entry.destination.ip)
  if (!node || !family) return []
  const localAddresses = nodeAddresses(node, family)
  const isOwn = localAddresses.includes(entry.source.ip) || entry.source.ip.startsWith("127.")
  const branches = interpreterOf(lines, localAddresses).walk({
    hook: isOwn ? "output" : "prerouting",
    source: entry.source.ip,
    destination: entry.destination.ip,
    port: entry.destination.port ?? 0,
    protocol: entry.protocol,
  })
  const chosen = exit && endpointText({ ip: exit.destination.ip, port: exit.destination.port ?? 0 })
  return (branches.find(({ endpoint }) => endpoint === chosen) ?? branches[0])?.rules ?? []
}
