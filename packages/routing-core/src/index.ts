export type { DnsRecord } from "./cluster-dns.ts"
export { compile, update } from "./compile.ts"
export { defaultNetworkConfig } from "./network-config.ts"
export { REASONS, type ReasonCode } from "./reasons.ts"
export { type DnsLookup, resolve } from "./resolver.ts"
export { RULES } from "./rules.ts"
export type { Change, ClusterState, ListeningSocket, NetworkConfig, NodeFacts, PodFacts, ProxyMode } from "./state.ts"
export { nodeFacts, podFacts, stateFromObjects } from "./state-from-objects.ts"
export type { RoutingTable } from "./table.ts"
export { trace } from "./trace.ts"
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
