import { canonicalIP } from "@pilotage/kube-model"
import type { ServiceEntry } from "../../proxy/service-entry.ts"
import type { Subject } from "./subject.ts"

/** A Service port that wants an address or a number for itself. */
export interface Claim {
  readonly subject: Subject
  readonly portIndex: number
  readonly kind: ServiceEntry["frontends"][number]["kind"] | "HealthCheck"
}

/** Who wants what. More than one entry under a key is a collision; each in order of the Services' keys. */
export interface Claims {
  /** Cluster IPs, canonical. */
  readonly clusterIPs: ReadonlyMap<string, readonly Subject[]>
  /** Node ports and health check node ports by number, of every protocol: the API server gives a number once. */
  readonly nodePorts: ReadonlyMap<number, readonly Claim[]>
  /** Addresses that are not node ports by `TCP 10.0.0.1 80`. */
  readonly addresses: ReadonlyMap<string, readonly Claim[]>
}

export const addressKey = (protocol: string, ip: string, port: number): string => `${protocol} ${ip} ${port}`

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

export const claimsOf = (subjects: readonly Subject[]): Claims => {
  const clusterIPs = new Map<string, Subject[]>()
  const nodePorts = new Map<number, Claim[]>()
  const addresses = new Map<string, Claim[]>()
  for (const subject of subjects) {
    const { spec } = subject.service
    if (subject.kind === "headless" || subject.kind === "external-name") continue
    for (const text of new Set(spec.clusterIPs?.length ? spec.clusterIPs : [spec.clusterIP ?? ""])) {
      const ip = canonicalIP(text)
      if (ip !== undefined) push(clusterIPs, ip, subject)
    }
    for (const [portIndex, port] of (spec.ports ?? []).entries())
      if (port.nodePort) push(nodePorts, port.nodePort, { subject, portIndex, kind: "NodePort" })
    if (spec.healthCheckNodePort)
      push(nodePorts, spec.healthCheckNodePort, { subject, portIndex: -1, kind: "HealthCheck" })
    for (const { kind, ip, port, protocol, portIndex } of subject.entry.frontends)
      if (kind !== "NodePort") push(addresses, addressKey(protocol, ip, port), { subject, portIndex, kind })
  }
  return { clusterIPs, nodePorts, addresses }
}
