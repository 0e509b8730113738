export { jsonText } from "./api/reading/shared-text.ts"
export { collectionPath } from "./api/resources.ts"
export type {
  Cluster,
  ClusterError,
  ClusterEvent,
  ClusterOptions,
  CreateCluster,
  Dial,
  DialRequest,
  DnsAnswer,
  ExecTarget,
  HttpExchange,
  HttpRequest,
  Input,
  InputLog,
  Machine,
  PingAnswer,
  PodConnection,
  ReplayCluster,
  RestoreCluster,
  Snapshot,
  Topology,
} from "./cluster.ts"
export { deriveEndpointSlices } from "./controllers/derived-slices.ts"
export type { LoadBalancerName } from "./controllers/load-balancers/environment.ts"
export { loadBalancerEnvironments } from "./controllers/load-balancers/environments.ts"
export { createCluster, replayCluster, restoreCluster } from "./create-cluster.ts"
export { ENGINE_VERSION } from "./engine-version.ts"
