import { type CIDR, parseCIDR, type Service } from "@pilotage/kube-model"
import type { NetworkConfig } from "../state.ts"
import type { Match } from "./match.ts"

const parsed = new WeakMap<readonly string[], readonly CIDR[]>()

/** Entries that are no CIDR block let nobody in (the API server refuses them). */
const blocksOf = (ranges: readonly string[]): readonly CIDR[] => {
  let blocks = parsed.get(ranges)
  if (!blocks) {
    blocks = ranges.flatMap((range) => {
      const block = parseCIDR(range.trim())
      return block.ok ? [block.value] : []
    })
    parsed.set(ranges, blocks)
  }
  return blocks
}

/**
 * Do source ranges hold at this address? At those of load balancers. nftables and ipvs go by the address, so also where
 * the same one is an external IP of the Service; in iptables mode the external IP's rule comes first.
 */
export const isFiltered = ({ proxyMode }: NetworkConfig, { frontend, entry }: Match): boolean =>
  frontend.kind === "LoadBalancer" ||
  (proxyMode !== "iptables" &&
    frontend.kind === "ExternalIP" &&
    entry.frontends.some(
      (each) =>
        each.kind === "LoadBalancer" &&
        each.ip === frontend.ip &&
        each.port === frontend.port &&
        each.protocol === frontend.protocol,
    ))

/**
 * May `source` use load balancer address `ip`? Only ranges of the address's own family count, and without any of them
 * everybody may. A node whose own address is allowed may also use the load balancer's address as its source
 * (kubernetes 1.36 pkg/proxy/serviceport.go, iptables/proxier.go allowFromNode).
 */
export const isAllowedSource = (service: Service, ip: string, source: string, nodeIP: string | undefined): boolean => {
  const ranges = service.spec.loadBalancerSourceRanges
  if (!ranges?.length) return true
  const family = ip.includes(":") ? "IPv6" : "IPv4"
  const blocks = blocksOf(ranges).filter((block) => block.family === family)
  if (blocks.length === 0 || blocks.some((block) => block.prefix === 0 || block.contains(source))) return true
  return source === ip && nodeIP !== undefined && blocks.some((block) => block.contains(nodeIP))
}
