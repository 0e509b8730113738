export type { Change, ClusterState, ListeningSocket, NetworkConfig, NodeFacts, PodFacts, ProxyMode } from "./state.ts"
export type { RoutingTable } from "./table.ts"
export type {
  Address,
  Backend,
  Cause,
  Certainty,
  DnsStep,
  Failure,
  Hop,
  Note,
  ObjectRef,
  Origin,
  Packet,
  Place,
  RouteRequest,
  RouteTaken,
  RuleId,
  Trace,
  Verdict,
} from "./trace-types.ts"
