import type { Random } from "@pilotage/kube-model"
import type { ClusterState, ProxyMode } from "../../state.ts"
import { chance, randomConfig, randomNodes, randomPods } from "./random-network.ts"
import { randomService, randomSlices } from "./random-services.ts"

/** A small cluster in which anything may be that the API server lets be. */
export const randomCluster = (random: Random, proxyMode: ProxyMode): ClusterState => {
  const dual = chance(random, 0.7)
  const nodes = randomNodes(random, dual)
  const pods = randomPods(random, nodes)
  const services = Array.from({ length: 2 + random.below(5) }, (_, number) =>
    randomService(random, number, { proxyMode, dual }),
  )
  return {
    config: randomConfig(random, proxyMode, dual),
    nodes,
    pods,
    services,
    endpointSlices: services.flatMap((service) => randomSlices(random, service, pods, nodes)),
    networkPolicies: [],
  }
}
