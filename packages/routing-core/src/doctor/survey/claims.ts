import { canonicalIP } from "@pilotage/kube-model"
import { listed } from "../text.ts"
import type { Subject } from "./subject.ts"

/** Who wants what: each Service once under a key, in order of the Services' keys. More than one is a collision. */
export interface Claims {
  /** By cluster IP, canonical. */
  readonly clusterIPs: ReadonlyMap<string, ReadonlySet<Subject>>
  /** Ports of cluster IPs, by `TCP 10.96.0.1 80`. */
  readonly clusterIPPorts: ReadonlyMap<string, ReadonlySet<Subject>>
  /** Node ports and health check node ports, of every protocol: the API server gives a number once. */
  readonly nodePorts: ReadonlyMap<number, ReadonlySet<Subject>>
  /** The same by what they are for, `30080 TCP` or `30080 HealthCheck`. */
  readonly nodePortUses: ReadonlyMap<string, ReadonlySet<Subject>>
  /** Addresses that are not node ports, by `TCP 10.0.0.1 80`. */
  readonly addresses: ReadonlyMap<string, ReadonlySet<Subject>>
  /** Those of them that are no cluster IPs either. */
  readonly outsideAddresses: ReadonlyMap<string, ReadonlySet<Subject>>
}

export const addressKey = (protocol: string, ip: string, port: number): string => `${protocol} ${ip} ${port}`

export const nodePortUse = (number: number, use: string): string => `${number} ${use}`

class Claimants<K> {
  readonly lists = new Map<K, Set<Subject>>()

  add(key: K, subject: Subject): void {
    const list = this.lists.get(key)
    if (list) list.add(subject)
    else this.lists.set(key, new Set([subject]))
  }
}

export const claimsOf = (subjects: readonly Subject[]): Claims => {
  const clusterIPs = new Claimants<string>()
  const clusterIPPorts = new Claimants<string>()
  const nodePorts = new Claimants<number>()
  const nodePortUses = new Claimants<string>()
  const addresses = new Claimants<string>()
  const outsideAddresses = new Claimants<string>()
  const takeNodePort = (subject: Subject, number: number, use: string): void => {
    nodePorts.add(number, subject)
    nodePortUses.add(nodePortUse(number, use), subject)
  }
  for (const subject of subjects) {
    const { spec } = subject.service
    if (subject.kind === "headless" || subject.kind === "external-name") continue
    for (const text of new Set(spec.clusterIPs?.length ? spec.clusterIPs : [spec.clusterIP ?? ""])) {
      const ip = canonicalIP(text)
      if (ip === undefined) continue
      clusterIPs.add(ip, subject)
      for (const { port, protocol } of subject.entry.ports)
        clusterIPPorts.add(addressKey(protocol, ip, port.port), subject)
    }
    for (const { port, protocol } of subject.entry.ports)
      if (port.nodePort) takeNodePort(subject, port.nodePort, protocol)
    if (spec.healthCheckNodePort) takeNodePort(subject, spec.healthCheckNodePort, "HealthCheck")
    for (const { kind, ip, port, protocol } of subject.entry.frontends) {
      if (kind === "NodePort") continue
      addresses.add(addressKey(protocol, ip, port), subject)
      if (kind !== "ClusterIP") outsideAddresses.add(addressKey(protocol, ip, port), subject)
    }
  }
  return {
    clusterIPs: clusterIPs.lists,
    clusterIPPorts: clusterIPPorts.lists,
    nodePorts: nodePorts.lists,
    nodePortUses: nodePortUses.lists,
    addresses: addresses.lists,
    outsideAddresses: outsideAddresses.lists,
  }
}

/** Is there anybody but the Service itself? */
export const hasRival = (subject: Subject, list: ReadonlySet<Subject> | undefined): boolean =>
  list !== undefined && list.size > (list.has(subject) ? 1 : 0)

/** So many are told apart where Services want several things; thousands may want each of them. */
const MOST_COUNTED = 100
const NAMED = 4

/**
 * `Service shop/a, Service shop/b, Service shop/c and 9 more`: the others who want one of these things; undefined when
 * there are none. Costs no more where they are thousands.
 */
export const rivalsText = (
  subject: Subject,
  lists: readonly (ReadonlySet<Subject> | undefined)[],
): string | undefined => {
  const contested = lists.filter((list) => list !== undefined).filter((list) => hasRival(subject, list))
  const others = new Set<Subject>()
  for (const list of contested)
    for (const each of list) {
      if (each !== subject) others.add(each)
      if (others.size > (contested.length === 1 ? NAMED : MOST_COUNTED)) break
    }
  if (others.size === 0) return undefined
  const [only, ...more] = contested
  const names = [...others].slice(0, NAMED).map(({ namespace, name }) => `Service ${namespace}/${name}`)
  if (only && more.length === 0) return listed(names, { count: only.size - (only.has(subject) ? 1 : 0), isMore: false })
  return listed(names, { count: Math.min(others.size, MOST_COUNTED), isMore: others.size > MOST_COUNTED })
}
