import type { HostLookup } from "../dns/host-lookup.ts"

/** What the name of a Service led to, for the clients of one memory; undefined: such names are looked up in full. */
export interface NameNote {
  readonly of: object
  readonly lookup: HostLookup | undefined
  /** With the queries of whoever asked first. */
  readonly told: HostLookup | undefined
}
