import { KubeConfig } from "@kubernetes/client-node"
import { afterAll, beforeAll, expect } from "vitest"
import { aMinuteOld, twoContainers } from "./running-pods.ts"
import { type ServedCluster, serveCluster } from "./served-cluster.ts"

/** Serves a cluster with the pod `box` while the tests of a file run, and sees that it made no mistake. */
export const servedBox = (): { readonly served: () => ServedCluster; readonly config: KubeConfig } => {
  let cluster: ServedCluster | undefined
  const config = new KubeConfig()
  const served = (): ServedCluster => {
    if (!cluster) throw new Error("the cluster is served while tests run")
    return cluster
  }
  beforeAll(async () => {
    cluster = await serveCluster(aMinuteOld(twoContainers("box")))
    config.loadFromFile(cluster.kubeconfig)
  })
  afterAll(async () => {
    expect(served().errors).toEqual([])
    await served().close()
  })
  return { served, config }
}
