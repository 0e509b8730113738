import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { field, listed, portField, setField } from "../text.ts"

/** A program or hostPort on a node that has the number of a node port: kube-proxy translates first, it is never reached. */
export const shadowedSocket: ServiceCheck = (subject, { nodeSockets }) => {
  if (subject.kind !== "proxied") return NOTHING
  return subject.entry.ports.flatMap(({ port, index, protocol }) => {
    const number = port.nodePort
    const holders = number ? nodeSockets.anywhere(protocol, number).filter((each) => each.hostIP !== "127.0.0.1") : []
    const [first] = holders
    if (!number || !first) return NOTHING
    const how =
      first.by === "hostPort"
        ? `asks for hostPort ${number}, and node port ${number} of this Service is translated on every node, that one too: only one of the two gets the traffic`
        : `uses ${number} of its node, but node port ${number} of this Service takes that traffic on every node: the pod is not reached by it`
    return [
      found(subject, "warning", "node-port-shadows", {
        ...field(portField(index, "nodePort"), number),
        message: `${listed([...new Set(holders.map((each) => `Pod ${each.pod.namespace}/${each.pod.name}`))])} ${how}.`,
        fix: "Choose another node port, or another port for the pod.",
        command: setField(subject.service, `/spec/ports/${index}/nodePort`, 0),
        rule: "R18",
      }),
    ]
  })
}
