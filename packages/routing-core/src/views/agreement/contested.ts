import type { ClusterState } from "../../state.ts"
import type { Packet } from "../../trace-types.ts"

const key = (ip: string, port: number | undefined, protocol: string): string => `${ip} ${port} ${protocol}`

/**
 * Addresses, with port and protocol, that more than one Service port claims. Which of them has it is kube-proxy's order
 * of a Go map, so nobody can tell.
 */
export const contestedAddresses = ({ services }: ClusterState): ((packet: Packet) => boolean) => {
  const claims = new Map<string, number>()
  for (const { spec, status } of services) {
    const ingress = (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? [])
    for (const ip of new Set([...(spec.clusterIPs ?? []), ...(spec.externalIPs ?? []), ...ingress]))
      for (const { port, protocol } of spec.ports ?? []) {
        const claim = key(ip, port, protocol ?? "TCP")
        claims.set(claim, (claims.get(claim) ?? 0) + 1)
      }
  }
  return ({ destination, protocol }) => (claims.get(key(destination.ip, destination.port, protocol)) ?? 0) > 1
}
