import type { ResourceName } from "../store-types.ts"
import { configMapStrategy } from "./kinds/config-map.ts"
import { endpointSliceStrategy } from "./kinds/endpoint-slice.ts"
import { endpointsStrategy } from "./kinds/endpoints.ts"
import { eventStrategy } from "./kinds/event.ts"
import { namespaceStrategy } from "./kinds/namespace.ts"
import { nodeStrategy } from "./kinds/node.ts"
import { serviceStrategy } from "./service/strategy.ts"
import type { Strategy } from "./strategy.ts"
import { deploymentStrategy, replicaSetStrategy } from "./workloads/deployment.ts"
import { podStrategy } from "./workloads/pod.ts"

const STRATEGIES: Readonly<Record<ResourceName, Strategy>> = {
  namespaces: namespaceStrategy,
  nodes: nodeStrategy,
  pods: podStrategy,
  services: serviceStrategy,
  endpoints: endpointsStrategy,
  endpointslices: endpointSliceStrategy,
  deployments: deploymentStrategy,
  replicasets: replicaSetStrategy,
  events: eventStrategy,
  configmaps: configMapStrategy,
}

export const strategyOf = (resource: ResourceName): Strategy => STRATEGIES[resource]
