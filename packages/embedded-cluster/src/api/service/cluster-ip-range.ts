import { formatAddress, hostBitsOf, parseSubnet, type Subnet } from "../ip-text.ts"

/** A range of cluster addresses and the places in it. */
export interface ClusterIPRange {
  readonly subnet: Subnet
  /** `10.96.0.0/16`. */
  readonly text: string
  /** Addresses that may be given: offsets 1 … size. The network address, and in IPv4 the broadcast address, are nobody's. */
  readonly size: bigint
  /** Addresses at the low end left to those who ask for one. */
  readonly staticBand: bigint
  /** The address `offset` beyond the network address. */
  readonly at: (offset: bigint) => string
  /** The last address of the range. */
  readonly last: string
}

/**
 * Addresses at the low end left to those who ask for one (kubernetes 1.36 `ipallocator` calculateRangeOffset, KEP-3070):
 * 256 for a /16, so dynamic ones begin at 10.96.1.1.
 */
export const staticAddressBand = (hosts: bigint): bigint => {
  if (hosts <= 16n) return 0n
  const wanted = hosts / 16n
  return wanted < 16n ? 16n : wanted > 256n ? 256n : wanted
}

/** Undefined when the text is no range. Bits beyond the prefix do not count. */
export const clusterIPRange = (cidr: string): ClusterIPRange | undefined => {
  const parsed = parseSubnet(cidr)
  if (!parsed) return undefined
  const { address, prefix, width } = parsed
  const subnet: Subnet = { ...parsed, address: { ...address, value: address.value - hostBitsOf(parsed) } }
  const all = 1n << BigInt(width - prefix)
  const nobodys = address.family === "IPv4" ? 2n : 1n
  const size = all > nobodys ? all - nobodys : 0n
  const at = (offset: bigint): string => formatAddress({ family: address.family, value: subnet.address.value + offset })
  return { subnet, text: `${at(0n)}/${prefix}`, size, staticBand: staticAddressBand(size), at, last: at(all - 1n) }
}
