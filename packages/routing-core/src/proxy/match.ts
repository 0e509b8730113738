import type { Frontend } from "./frontends.ts"
import type { PortEntry, ServiceEntry } from "./service-entry.ts"

/** A frontend with the Service port behind it, as it is now. */
export interface Match {
  readonly frontend: Frontend
  readonly entry: ServiceEntry
  readonly port: PortEntry
}

export const matchesOf = (entry: ServiceEntry): readonly Match[] =>
  entry.frontends.flatMap((frontend) => {
    const port = entry.ports[frontend.portIndex]
    return port ? [{ frontend, entry, port }] : []
  })

export const matchOrder = (a: Match, b: Match): number =>
  a.entry.key === b.entry.key ? a.frontend.portIndex - b.frontend.portIndex : a.entry.key < b.entry.key ? -1 : 1
