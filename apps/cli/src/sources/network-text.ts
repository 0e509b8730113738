import { type CIDR, formatIPv4, ipFamily, parseCIDR, parseIPv4 } from "@pilotage/kube-model"

/** How wide a guessed IPv4 network is at least: a cluster has room to grow. */
const GUESSED_PREFIX = 16
const GUESSED_PREFIX_6 = 64

const networkAround = (first: number, last: number): string => {
  let prefix = GUESSED_PREFIX
  while (prefix > 0 && first >>> (32 - prefix) !== last >>> (32 - prefix)) prefix -= 1
  const base = prefix === 0 ? 0 : ((first >>> (32 - prefix)) << (32 - prefix)) >>> 0
  return `${formatIPv4(base)}/${prefix}`
}

const sixAround = (addresses: readonly string[]): string | undefined => {
  for (let prefix = GUESSED_PREFIX_6; prefix >= 0 && addresses[0] !== undefined; prefix -= 4) {
    const block = parseCIDR(`${addresses[0]}/${prefix}`)
    if (block.ok && addresses.every(block.value.contains)) return `${block.value.at(0)}/${prefix}`
  }
  return undefined
}

/** The smallest block of at least /16 (IPv6: /64) per family that holds all the addresses; "" for none. */
export const blocksAround = (addresses: readonly string[]): string => {
  const fours = addresses.flatMap((ip) => parseIPv4(ip) ?? [])
  const sixes = addresses.filter((ip) => ipFamily(ip) === "IPv6")
  let first = Number.POSITIVE_INFINITY
  let last = 0
  for (const ip of fours) {
    first = Math.min(first, ip)
    last = Math.max(last, ip)
  }
  return [fours.length > 0 ? networkAround(first, last) : undefined, sixAround(sixes)]
    .filter((block) => block !== undefined)
    .join(",")
}

/** Every block of a text like `10.244.0.0/16,fd00::/56`; undefined when one of them is none. */
export const parseBlocks = (text: string): readonly CIDR[] | undefined => {
  const blocks = text.split(",").flatMap((each) => {
    const parsed = parseCIDR(each.trim())
    return parsed.ok ? [parsed.value] : []
  })
  return blocks.length === text.split(",").length ? blocks : undefined
}
