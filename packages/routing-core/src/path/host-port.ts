import { canonicalIP } from "@pilotage/kube-model"
import { isLoopback } from "../proxy/node-addresses.ts"
import type { DeclaredPort, NodeFacts, PodFacts } from "../state.ts"
import { hostPortKey } from "../table/keys.ts"
import type { Packet } from "../trace-types.ts"
import { reachPod } from "./direct-delivery.ts"
import { hopAt, type Journey, type Outcome, packetText, tell } from "./journey.ts"
import { addressTowards, familyOf, nodePlace } from "./sender.ts"

const isMeant = (port: DeclaredPort, packet: Packet): boolean =>
  port.hostPort === packet.destination.port &&
  port.protocol === packet.protocol &&
  (!port.hostIP || port.hostIP === "0.0.0.0" || port.hostIP === "::" || port.hostIP === packet.destination.ip)

const holder = (
  pods: readonly PodFacts[],
  packet: Packet,
): { readonly pod: PodFacts; readonly port: DeclaredPort; readonly ip: string } | undefined => {
  for (const pod of pods)
    for (const port of pod.declaredPorts ?? []) {
      const ip = [pod.ip, pod.secondIP]
        .flatMap((each) => canonicalIP(each ?? "") ?? [])
        .find((each) => familyOf(each) === familyOf(packet.destination.ip))
      if (ip !== undefined && isMeant(port, packet)) return { pod, port, ip }
    }
  return undefined
}

/**
 * A hostPort: the CNI's portmap plugin translates it to the pod, after kube-proxy had its turn. The source stays, but
 * for what the node itself sends over loopback and for a pod that reaches itself. Undefined: no pod has that port.
 */
export const throughHostPort = (journey: Journey, node: NodeFacts, packet: Packet): Outcome | undefined => {
  const { indexes } = journey
  const pods = indexes.hostPorts.get(hostPortKey(node.name, packet.protocol, packet.destination.port ?? 0))
  const found = pods && holder(pods, packet)
  if (!found) return undefined
  const source = packet.source.ip
  const rewritten = isLoopback(source) || source === found.ip
  const exit: Packet = {
    source: rewritten ? { ip: addressTowards(indexes, node, found.ip) } : packet.source,
    destination: { ip: found.ip, port: found.port.port },
    protocol: packet.protocol,
  }
  tell(journey, () =>
    hopAt(
      nodePlace(node),
      rewritten ? "dnat+snat" : "dnat",
      packet,
      exit,
      "R59",
      `${node.name} translates ${packetText(packet)} to ${packetText(exit)}: pod ${found.pod.name} has hostPort ${found.port.hostPort}.`,
      {
        object: { kind: "Pod", namespace: found.pod.namespace, name: found.pod.name },
        path: "spec.containers[].ports[].hostPort",
        value: String(found.port.hostPort),
      },
    ),
  )
  return reachPod(journey, found.pod, exit, { hostPort: found.port.hostPort ?? 0 })
}
