import { isExternalLocal, isInternalLocal } from "./endpoint-selection.ts"
import type { Frontend } from "./frontends.ts"
import type { PortEntry, ServiceEntry } from "./service-entry.ts"

/** A frontend with the Service port behind it, as it is now. What every packet asks of the Service stands here too. */
export interface Match {
  readonly frontend: Frontend
  readonly entry: ServiceEntry
  readonly port: PortEntry
  /** Does the traffic policy that goes with the frontend keep traffic on the node? */
  readonly local: boolean
  /** sessionAffinity ClientIP. */
  readonly sticky: boolean
  /** Are there source ranges at all? Whether they hold at this frontend is `isFiltered`'s to say. */
  readonly ranged: boolean
}

export const matchesOf = (entry: ServiceEntry): readonly Match[] => {
  const { service, ports, frontends } = entry
  const { sessionAffinity, loadBalancerSourceRanges } = service.spec
  const found: Match[] = []
  for (const frontend of frontends) {
    const port = ports[frontend.portIndex]
    if (!port) continue
    found.push({
      frontend,
      entry,
      port,
      local: frontend.kind === "ClusterIP" ? isInternalLocal(service) : isExternalLocal(service),
      sticky: sessionAffinity === "ClientIP",
      ranged: (loadBalancerSourceRanges?.length ?? 0) > 0,
    })
  }
  return found
}

export const matchOrder = (a: Match, b: Match): number =>
  a.entry.key === b.entry.key ? a.frontend.portIndex - b.frontend.portIndex : a.entry.key < b.entry.key ? -1 : 1
