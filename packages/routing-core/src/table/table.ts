import type { ClusterState } from "../state.ts"

/** A cluster's routing, made ready for questions. Opaque: made by `compile`, moved on by `update`, read by `trace`. */
export interface RoutingTable {
  readonly state: ClusterState
}
