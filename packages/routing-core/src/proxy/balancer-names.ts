import type { CIDR, Service } from "@pilotage/kube-model"
import { sha256 } from "../sha256.ts"

const NONE: readonly never[] = []

/**
 * The addresses of a load balancer that has a host name: one in each half of the block, as a cloud has one in each of two
 * zones. They follow from the name alone (in any case, with or without a dot at the end), so that a name keeps its
 * addresses; two names may have one in common. Without a block nothing is known.
 */
export const balancerAddresses = (block: CIDR | undefined, hostname: string): readonly string[] => {
  if (!block) return NONE
  const [first = 0, second = 0] = sha256(hostname.toLowerCase().replace(/\.$/, ""))
  const half = Math.floor(Math.min(block.size, 2 ** 32) / 2)
  return [block.at(1 + (first % (half - 1))), block.at(half + (second % (half - 1)))]
}

/** The host names of a Service's load balancer; one that comes with an address is just another name of that. */
export const balancerNames = (service: Service): readonly string[] =>
  (service.status?.loadBalancer?.ingress ?? NONE).flatMap(({ ip, hostname }) =>
    typeof hostname === "string" && hostname !== "" && !ip ? hostname : [],
  )
