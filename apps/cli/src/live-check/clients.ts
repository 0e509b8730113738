import type { FoundCluster } from "./found-cluster.ts"
import { nodeClientName } from "./objects.ts"

/** Somebody who sends requests. */
export interface CheckClient {
  /** As `pilotage trace` calls it. */
  readonly from: string
  /** The command that runs what follows it there. */
  readonly command: readonly string[]
}

/** A machine that is no node: `container:172.18.0.9=docker exec outside`; without a command, this machine. */
export const outsideClient = (text: string): CheckClient | undefined => {
  const [, from = "", command = ""] = /^((?:outside|container):[0-9a-f.:]+)(?:=(.*))?$/.exec(text) ?? []
  return from === "" ? undefined : { from, command: command.split(" ").filter((word) => word !== "") }
}

/** Pods on both nodes, backends that may meet themselves, and the nodes. `kubectl`: the words before its arguments. */
export const insideClients = (cluster: FoundCluster, kubectl: readonly string[]): readonly CheckClient[] => {
  const exec = (pod: string) => [...kubectl, "exec", "-n", cluster.namespace, pod, "--"]
  return [
    ...["client-near", "client-far", "web-0", "api-1"].map((pod) => ({ from: pod, command: exec(pod) })),
    ...[...cluster.nodes.keys()]
      .filter((node) => cluster.pods.has(nodeClientName(node)))
      .map((node) => ({ from: `node/${node}`, command: exec(nodeClientName(node)) })),
  ]
}
