import type { ClusterCheck } from "../check.ts"
import type { Finding } from "../finding.ts"
import type { PortHolder } from "../survey/node-sockets.ts"

const overlap = (a: PortHolder, b: PortHolder): boolean =>
  a.pod !== b.pod && (a.hostIP === undefined || b.hostIP === undefined || a.hostIP === b.hostIP)

const how = ({ by, pod }: PortHolder, port: string): string =>
  by === "hostPort" ? `${pod.name} asks for hostPort ${port}` : `${pod.name} is on the node's network and uses ${port}`

/** Two pods on one node that want the same port of it: one of them gets nothing, or does not start. */
export const hostPortConflicts: ClusterCheck = ({ nodeSockets }) =>
  [...nodeSockets.onNode].flatMap(([key, holders]): readonly Finding[] => {
    if (holders.length < 2) return []
    const [node, protocol, port = ""] = key.split(" ")
    const first = holders[0]
    const second = first && holders.find((each) => overlap(first, each))
    if (!first || !second) return []
    return [
      {
        code: "host-port-conflict",
        severity: "warning",
        object: { kind: "Pod", namespace: second.pod.namespace, name: second.pod.name },
        path: second.by === "hostPort" ? "spec.containers[0].ports" : "spec.hostNetwork",
        message: `Two pods want ${port}/${protocol} of ${node}: ${how(first, port)}, and ${how(second, port)}. One of them cannot have it.`,
        fix: "Let them run on different nodes, or use different ports; behind a Service a pod needs no port of its node.",
        command: `kubectl get pods -A -o wide --field-selector spec.nodeName=${node}`,
        rule: "R39",
      },
    ]
  })
