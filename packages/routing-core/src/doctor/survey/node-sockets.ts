import type { Protocol } from "@pilotage/kube-model"
import type { PodFacts } from "../../state.ts"

/** A pod that holds a port of its node: by hostPort, or by listening (or saying that it will) on the node's network. */
export interface PortHolder {
  readonly pod: PodFacts
  readonly by: "hostPort" | "socket" | "declared"
  /** The one address that it takes; undefined: all. */
  readonly hostIP: string | undefined
}

/** Holders of a node's port by `node TCP 8080`; and those of any node who are reached from elsewhere. */
export interface NodeSockets {
  readonly onNode: ReadonlyMap<string, readonly PortHolder[]>
  readonly reachable: (protocol: Protocol, port: number) => readonly PortHolder[]
}

const NOBODY: readonly PortHolder[] = []

export const nodeSocketsOf = (pods: readonly PodFacts[]): NodeSockets => {
  const onNode = new Map<string, PortHolder[]>()
  const everywhere = new Map<string, PortHolder[]>()
  const add = (key: string, map: Map<string, PortHolder[]>, holder: PortHolder): void => {
    const list = map.get(key)
    if (list) list.push(holder)
    else map.set(key, [holder])
  }
  const hold = (pod: PodFacts, protocol: Protocol, port: number, by: PortHolder["by"], hostIP?: string): void => {
    const holder: PortHolder = { pod, by, hostIP: hostIP === "" || hostIP === "0.0.0.0" ? undefined : hostIP }
    add(`${pod.nodeName} ${protocol} ${port}`, onNode, holder)
    if (holder.hostIP !== "127.0.0.1") add(`${protocol} ${port}`, everywhere, holder)
  }
  for (const pod of pods) {
    // Neither a pod that is on no node nor one that has ended holds anything.
    if (pod.nodeName === undefined || pod.terminating || !pod.ip) continue
    if (pod.hostNetwork && pod.sockets)
      for (const socket of pod.sockets)
        hold(pod, socket.protocol, socket.port, "socket", socket.address === "0.0.0.0" ? undefined : socket.address)
    else if (pod.hostNetwork)
      for (const declared of pod.declaredPorts ?? []) hold(pod, declared.protocol, declared.port, "declared")
    else
      for (const declared of pod.declaredPorts ?? [])
        if (declared.hostPort) hold(pod, declared.protocol, declared.hostPort, "hostPort", declared.hostIP)
  }
  return { onNode, reachable: (protocol, port) => everywhere.get(`${protocol} ${port}`) ?? NOBODY }
}
