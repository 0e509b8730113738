import { type Origin, type RoutingTable, ping as routePing } from "@pilotage/routing-core"
import type { PingAnswer } from "../cluster.ts"

const SAME_NODE_MS = 0.06
const OTHER_NODE_MS = 0.12

/** Echo requests: routing-core says who answers, the distance how long it takes. */
export const ping = (table: RoutingTable, from: Origin, host: string): PingAnswer => {
  const { ip, outcome, at, reporter } = routePing(table, from, host)
  const { pods } = table.state
  const pod =
    from.kind === "pod" ? pods.find((each) => each.namespace === from.namespace && each.name === from.name) : undefined
  const own = from.kind === "node" ? from.name : pod?.nodeName
  const answering = at?.kind === "node" ? at.name : at?.kind === "pod" ? at.node : undefined
  const onNode = from.kind === "node" || pod?.hostNetwork === true
  return {
    ...(ip === undefined ? {} : { ip }),
    outcome,
    roundTripMs: outcome !== "reply" ? 0 : answering === own ? SAME_NODE_MS : OTHER_NODE_MS,
    ...(reporter === undefined ? {} : { reporter }),
    ...(outcome === "port-unreachable" && onNode ? { notPermitted: true } : {}),
  }
}
