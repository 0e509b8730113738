export { answerQuery, type DnsQuestion } from "./dns/answer-query.ts"
export { type DnsMessage, type DnsRecord, type ResourceRecord, recordText } from "./dns/record.ts"
export { resolvConfText } from "./dns/resolv-conf.ts"
export { type DnsLookup, resolve } from "./dns/resolver.ts"
export { plainZone, type ZoneConfig } from "./dns/zone-config.ts"
export { type DiagnoseOptions, diagnose } from "./doctor/diagnose.ts"
export type { Finding, Severity } from "./doctor/finding.ts"
export { REASONS, type ReasonCode } from "./explain/reasons.ts"
export { RULES } from "./explain/rules.ts"
export { defaultNetworkConfig } from "./network-config.ts"
export { announcingNode } from "./path/announcer.ts"
export { decide, trace } from "./path/trace.ts"
export { type PingAnswer, ping } from "./ping/ping.ts"
export { balancerAddresses } from "./proxy/balancer-names.ts"
export { type NodePacket, type NodeVerdict, nodeVerdict } from "./proxy/node-verdict.ts"
export type {
  Change,
  ClusterState,
  DeclaredPort,
  ListeningSocket,
  NamespaceFacts,
  NetworkConfig,
  NodeFacts,
  OutsideMachine,
  PodFacts,
  ProxyMode,
} from "./state.ts"
export { nodeFacts, podFacts, stateFromObjects } from "./state-from-objects.ts"
export { compile, update } from "./table/compile.ts"
export type { RoutingTable } from "./table/table.ts"
export type {
  Address,
  Backend,
  Cause,
  Certainty,
  Decision,
  DnsStep,
  Failure,
  HealthCheckAnswer,
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
export { iptablesLinesOf } from "./views/iptables/hop-lines.ts"
export type { IptablesLine } from "./views/iptables/rule-line.ts"
export { iptablesRules } from "./views/iptables/rules.ts"
export { iptablesText } from "./views/iptables/save-text.ts"
export { ipvsLinesOf } from "./views/ipvs/hop-lines.ts"
export { ipvsTable } from "./views/ipvs/ipvs-table.ts"
export { nftablesLinesOf } from "./views/nftables/hop-lines.ts"
export { nftablesRuleset } from "./views/nftables/ruleset.ts"
export type { RuleLine } from "./views/rule-line.ts"
