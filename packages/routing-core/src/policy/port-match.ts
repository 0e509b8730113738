import type { NetworkPolicyPort, Protocol } from "@pilotage/kube-model"
import type { PodFacts } from "../state.ts"

const isAbsent = (value: unknown): boolean => value === undefined || value === null

export const protocolOf = (port: NetworkPolicyPort): string => (port.protocol as Protocol | null | undefined) || "TCP"

/**
 * Is the connection's port one of this entry's? A name is looked up in what the destination's containers declare, for
 * ingress and egress alike; an address that is no pod's has no names. endPort makes a range, and counts with a number
 * only.
 */
export const matchesPort = (
  entry: NetworkPolicyPort,
  port: number,
  protocol: Protocol,
  destination: PodFacts | undefined,
): boolean => {
  if (protocolOf(entry) !== protocol) return false
  if (isAbsent(entry.port)) return isAbsent(entry.endPort)
  if (typeof entry.port === "string")
    return (
      isAbsent(entry.endPort) &&
      entry.port !== "" &&
      (destination?.declaredPorts ?? []).some(
        (declared) => declared.name === entry.port && declared.port === port && declared.protocol === protocol,
      )
    )
  if (typeof entry.port !== "number") return false
  return isAbsent(entry.endPort) ? port === entry.port : port >= entry.port && port <= Number(entry.endPort)
}
