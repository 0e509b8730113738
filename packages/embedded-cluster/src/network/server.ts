import type { Pod, Protocol } from "@pilotage/kube-model"
import type { Backend } from "@pilotage/routing-core"
import type { Behaviour, Reply, Visit } from "../images/behaviour.ts"
import { behaviourOf } from "../images/registry.ts"
import { endProcess, logKey } from "../kubelet/kubelet.ts"
import { appendLine, type KubeletState } from "../kubelet/kubelet-state.ts"
import { openSockets } from "../kubelet/probe.ts"
import type { StoreView } from "../store-types.ts"

export interface ServerParts {
  readonly view: StoreView
  readonly kubelets: KubeletState
  readonly now: number
  /** The client's port. */
  readonly sourcePort: number
  /** A process ended because it was told to. */
  readonly onExit: (key: string) => void
}

/** The process behind an endpoint, and what it sees of its client. */
export interface Server {
  readonly pod: Pod
  readonly container: string
  readonly behaviour: Behaviour
  readonly visit: Visit
}

/** Who in the backend's pod listens on its port; undefined: nobody, or it is no pod. */
export const findServer = (parts: ServerParts, backend: Backend, protocol: Protocol): Server | undefined => {
  const { view, kubelets, now, sourcePort } = parts
  const pod = backend.pod === undefined ? undefined : view.get("pods", backend.namespace ?? "", backend.pod)
  if (!pod) return undefined
  const run = kubelets.runs.get(`${pod.metadata.namespace}/${pod.metadata.name}`)
  for (const [index, container] of pod.spec.containers.entries()) {
    const each = run?.containers[index]
    const behaviour = each?.state === "running" ? behaviourOf(container) : undefined
    if (!behaviour || each?.startedAt === undefined) continue
    const { startedAt } = each
    const sockets = openSockets(behaviour, startedAt, now)
    if (!sockets.some((socket) => socket.port === backend.port && socket.protocol === protocol)) continue
    const visit: Visit = {
      hostname: pod.spec.hostNetwork ? (pod.spec.nodeName ?? "") : (pod.spec.hostname ?? pod.metadata.name),
      podIP: pod.status?.podIP ?? backend.ip,
      source: { ip: backend.sourceSeen, port: sourcePort },
      port: backend.port,
      now,
      startedAt,
    }
    return { pod, container: container.name, behaviour, visit }
  }
  return undefined
}

/** Writes the server's log and lets it end if the request told it to. Does the client get the reply? */
export const settleReply = (parts: ServerParts, { pod, container }: Server, { log, exits }: Reply): boolean => {
  const { kubelets, now, onExit } = parts
  if (log !== undefined) appendLine(kubelets, logKey(pod.metadata.uid, container), { at: now, text: log })
  if (exits === undefined) return true
  const key = `${pod.metadata.namespace}/${pod.metadata.name}`
  if (endProcess(kubelets, key, container, exits, now)) onExit(key)
  return false
}
