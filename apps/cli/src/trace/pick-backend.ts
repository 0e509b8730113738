import { err, ok, type Result } from "@pilotage/kube-model"
import { type RouteRequest, type RoutingTable, type Trace, trace } from "@pilotage/routing-core"
import type { SourceError } from "../sources/source-error.ts"

/** The middle of the index-th of `count` equal parts of [0, 1). */
const part = (index: number, count: number): number => (index + 0.5) / count

/**
 * The trace that ends at the wanted backend, counted from 1 as listed. The choices on the way are a node (behind a load
 * balancer) and an endpoint, so one or two numbers decide.
 */
export const traceToBackend = (
  table: RoutingTable,
  request: RouteRequest,
  wanted: number,
): Result<Trace, SourceError> => {
  const first = trace(table, request)
  const count = first.backends.length
  const target = first.backends[wanted - 1]
  if (!target)
    return err({
      message: `there is no backend ${wanted}`,
      fix: count === 0 ? "This request has no backends." : `Choose from 1 to ${count}.`,
    })
  const isThere = ({ chosen }: Trace): boolean => chosen?.ip === target.ip && chosen.port === target.port
  const nodes = Math.max(1, table.state.nodes.length)
  const single = Array.from({ length: count }, (_, index) => [part(index, count)])
  const guess = part(wanted - 1, count)
  const pairs = Array.from({ length: nodes }, (_, node) => [part(node, nodes), guess])
  for (const picks of [[guess], ...pairs, ...single]) {
    const found = trace(table, { ...request, picks })
    if (isThere(found)) return ok(found)
  }
  for (let node = 0; node < nodes; node += 1)
    for (const [endpoint = 0] of single) {
      const found = trace(table, { ...request, picks: [part(node, nodes), endpoint] })
      if (isThere(found)) return ok(found)
    }
  return err({
    message: `backend ${wanted} is not reached by any choice`,
    fix: "Choose with --picks, as -o json shows.",
  })
}
