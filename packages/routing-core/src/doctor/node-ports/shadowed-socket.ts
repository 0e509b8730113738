import { found, NOTHING, type ServiceCheck } from "../check.ts"
import type { PortHolder } from "../survey/node-sockets.ts"
import { remembered } from "../survey/remembered.ts"
import { field, listed, portField, setField } from "../text.ts"

const holdersText = remembered((holders: readonly PortHolder[]) =>
  listed([...new Set(holders.map(({ pod }) => `Pod ${pod.namespace}/${pod.name}`))]),
)

/** A program or hostPort on a node that has the number of a node port: kube-proxy translates first, it is never reached. */
export const shadowedSocket: ServiceCheck = (subject, { nodeSockets }) => {
  if (subject.kind !== "proxied") return NOTHING
  return subject.entry.ports.flatMap(({ port, index, protocol }) => {
    const number = port.nodePort
    const holders = number ? nodeSockets.reachable(protocol, number) : []
    const [first] = holders
    if (!number || !first) return NOTHING
    const how =
      first.by === "hostPort"
        ? `asks for hostPort ${number}, and node port ${number} of this Service is translated on every node, that one too: only one of the two gets the traffic`
        : `uses ${number} of its node, but node port ${number} of this Service takes that traffic on every node: the pod is not reached by it`
    return [
      found(subject, "warning", "node-port-shadows", {
        ...field(portField(index, "nodePort"), number),
        message: `${holdersText(holders)} ${how}.`,
        fix: "Choose another node port, or another port for the pod.",
        command: setField(subject.service, `/spec/ports/${index}/nodePort`, 0),
        rule: "R18",
      }),
    ]
  })
}
