import { type Cluster, type ClusterError, type ClusterOptions, createCluster } from "@pilotage/embedded-cluster"
import type { Result } from "@pilotage/kube-model"
import type { LabBrief } from "@pilotage/lab-kit"

/** What a lab asks of the embedded cluster. The same lab and seed always give the same cluster. */
export const labClusterOptions = (lab: LabBrief, seed: number): ClusterOptions => ({
  seed,
  topology: { nodes: lab.cluster.nodes },
  config: { proxyMode: lab.cluster.proxyMode, loadBalancer: lab.cluster.loadBalancer },
  loadBalancerController: lab.cluster.loadBalancer,
  objects: lab.start,
})

/** The lab's cluster as the learner finds it. */
export const startCluster = (lab: LabBrief, seed: number): Result<Cluster, ClusterError> =>
  createCluster(labClusterOptions(lab, seed))
