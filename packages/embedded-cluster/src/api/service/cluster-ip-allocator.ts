import { err, type IPFamily, ok, type Random, type Result } from "@pilotage/kube-model"
import type { Store } from "../../store/store.ts"
import { formatAddress, parseAddress } from "../ip-text.ts"
import { clusterIPRange } from "./cluster-ip-range.ts"

export interface ClusterIPAllocator {
  readonly family: IPFamily
  /** Takes one given address, or says why not in upstream's words. */
  readonly take: (ip: string) => string | undefined
  readonly takeNext: () => Result<string, string>
}

const OUTSIDE = "the provided network does not match the current range"

/** Random draws are 32 bits wide; an IPv6 range is used in its first 2^32 addresses only. */
const DRAW_LIMIT = 0xffff_ffffn

const takenAddresses = (store: Store): Set<bigint> => {
  const taken = new Set<bigint>()
  for (const { spec } of store.list("services"))
    for (const ip of spec.clusterIPs ?? []) {
      const address = parseAddress(ip)
      if (address) taken.add(address.value)
    }
  return taken
}

/** What is taken is read from the stored Services when needed. `cidr` is part of the configuration and valid. */
export const clusterIPAllocator = (store: Store, cidr: string, random: Random): ClusterIPAllocator => {
  const range = clusterIPRange(cidr)
  if (!range) throw new Error(`the service CIDR ${cidr} is not valid`)
  const { subnet, size, staticBand: band } = range
  const { family, value: base } = subnet.address
  let known: Set<bigint> | undefined
  const taken = (): Set<bigint> => {
    known ??= takenAddresses(store)
    return known
  }
  /** Offsets `from` … `to`, both included, from a random start going round. */
  const freeBetween = (from: bigint, to: bigint): bigint | undefined => {
    const count = to - from + 1n > DRAW_LIMIT ? DRAW_LIMIT : to - from + 1n
    if (count <= 0n) return undefined
    const start = BigInt(random.below(Number(count)))
    for (let step = 0n; step < count; step += 1n) {
      const address = base + from + ((start + step) % count)
      if (!taken().has(address)) return address
    }
    return undefined
  }
  return {
    family,
    take(ip) {
      const address = parseAddress(ip)
      const offset = address?.family === family ? address.value - base : -1n
      const isInside = offset >= 0n && offset < 1n << BigInt(subnet.width - subnet.prefix)
      if (!address || !isInside) return OUTSIDE
      if (offset === 0n || offset > size)
        return `the provided IP (${formatAddress(address)}) is not in the valid range. The range of valid IPs is ${range.text}`
      if (taken().has(address.value)) return "provided IP is already allocated"
      taken().add(address.value)
      return undefined
    },
    takeNext() {
      const value = freeBetween(band + 1n, size) ?? freeBetween(1n, band)
      if (value === undefined) return err("range is full")
      taken().add(value)
      return ok(formatAddress({ family, value }))
    },
  }
}

/** A dry run refuses what would be refused and shows the first address of the range for what would be chosen. */
export const dryRunClusterIPAllocator = (real: ClusterIPAllocator, cidr: string): ClusterIPAllocator => ({
  ...real,
  takeNext: () => ok(cidr.split("/")[0] ?? ""),
})
