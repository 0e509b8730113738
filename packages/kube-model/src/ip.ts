import { err, ok, type Result } from "./result.ts"

/** IPv4 as an unsigned 32-bit number; undefined when `text` is no dotted quad (leading zeros are refused, as Go does). */
export const parseIPv4 = (text: string): number | undefined => {
  let value = 0
  let part = -1
  let dots = 0
  let leadingZero = false
  // By characters: every packet's addresses come through here.
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 48
    if (digit === -2) {
      if (part < 0 || dots === 3) return undefined
      value = value * 256 + part
      part = -1
      dots += 1
    } else {
      if (digit < 0 || digit > 9 || (part >= 0 && leadingZero)) return undefined
      leadingZero = part < 0 && digit === 0
      part = part < 0 ? digit : part * 10 + digit
      if (part > 255) return undefined
    }
  }
  return dots === 3 && part >= 0 ? value * 256 + part : undefined
}

export const formatIPv4 = (value: number): string =>
  [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join(".")

/** IPv6 as eight 16-bit groups; undefined when `text` is no IPv6 address. */
export const parseIPv6 = (text: string): readonly number[] | undefined => {
  if (!text.includes(":")) return undefined
  const halves = text.split("::")
  if (halves.length > 2) return undefined
  const groups = (half: string): number[] | undefined => {
    if (half === "") return []
    const out: number[] = []
    const parts = half.split(":")
    for (const [index, part] of parts.entries()) {
      const v4 = index === parts.length - 1 && part.includes(".") ? parseIPv4(part) : undefined
      if (v4 !== undefined) out.push(v4 >>> 16, v4 & 0xffff)
      else if (/^[0-9a-fA-F]{1,4}$/.test(part)) out.push(Number.parseInt(part, 16))
      else return undefined
    }
    return out
  }
  const head = groups(halves[0] ?? "")
  const tail = halves.length === 2 ? groups(halves[1] ?? "") : []
  if (!head || !tail) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  return [...head, ...new Array<number>(missing).fill(0), ...tail]
}

/** RFC 5952: lower case, the longest run of two or more zero groups shortened, IPv4-mapped addresses with their dots. */
const formatIPv6 = (groups: readonly number[]): string => {
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return `::ffff:${formatIPv4((groups[6] ?? 0) * 65536 + (groups[7] ?? 0))}`
  let start = -1
  let length = 1
  for (let from = 0; from < 8; from += 1) {
    let to = from
    while (to < 8 && groups[to] === 0) to += 1
    if (to - from > length) {
      start = from
      length = to - from
    }
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(":")
  return start < 0 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`
}

/** The one way to write an address, as Go's net.IP prints it; undefined when `text` is no address. */
export const canonicalIP = (text: string): string | undefined => {
  if (parseIPv4(text) !== undefined) return text
  const groups = parseIPv6(text)
  return groups && formatIPv6(groups)
}

export type IPFamily = "IPv4" | "IPv6"

export const ipFamily = (text: string): IPFamily | undefined =>
  parseIPv4(text) !== undefined ? "IPv4" : parseIPv6(text) ? "IPv6" : undefined

export const isIP = (text: string): boolean => ipFamily(text) !== undefined

export interface CIDR {
  readonly family: IPFamily
  readonly prefix: number
  readonly contains: (ip: string) => boolean
  /** Number of addresses (beyond 2^53 for wide IPv6 blocks: rounded), and the address at an offset below 2^53. */
  readonly size: number
  readonly at: (offset: number) => string
}

const containsIPv4 =
  (first: number, size: number) =>
  (ip: string): boolean => {
    const value = parseIPv4(ip)
    return value !== undefined && value >= first && value < first + size
  }

const containsIPv6 =
  (network: readonly number[], prefix: number) =>
  (ip: string): boolean => {
    const groups = parseIPv6(ip)
    if (!groups) return false
    for (let bit = 0; bit < prefix; bit += 16) {
      const shift = Math.max(0, 16 - (prefix - bit))
      const group = bit / 16
      if ((groups[group] ?? 0) >> shift !== (network[group] ?? 0) >> shift) return false
    }
    return true
  }

const networkOf = (groups: readonly number[], prefix: number): readonly number[] =>
  groups.map((group, index) => {
    const hostBits = Math.min(16, Math.max(0, (index + 1) * 16 - prefix))
    return (group >> hostBits) << hostBits
  })

const addIPv6 = (groups: readonly number[], offset: number): readonly number[] => {
  let carry = offset
  return groups
    .toReversed()
    .map((group) => {
      const sum = group + (carry % 65536)
      carry = Math.floor(carry / 65536) + (sum > 0xffff ? 1 : 0)
      return sum & 0xffff
    })
    .toReversed()
}

/** Parses `10.96.0.0/16` or `fd00::/64`. Host bits beyond the prefix are ignored, as net.ParseCIDR's network does. */
export const parseCIDR = (text: string): Result<CIDR, string> => {
  const [base, length, rest] = text.split("/")
  const family = base === undefined ? undefined : ipFamily(base)
  const width = family === "IPv4" ? 32 : 128
  if (!base || !family || rest !== undefined || !length || !/^\d{1,3}$/.test(length) || Number(length) > width)
    return err("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")
  const prefix = Number(length)
  const first = family === "IPv4" ? ((parseIPv4(base) ?? 0) & (prefix === 0 ? 0 : -1 << (32 - prefix))) >>> 0 : 0
  const size = 2 ** (width - prefix)
  const contains = family === "IPv4" ? containsIPv4(first, size) : containsIPv6(parseIPv6(base) ?? [], prefix)
  const at =
    family === "IPv4"
      ? (offset: number): string => formatIPv4(first + offset)
      : (offset: number): string => formatIPv6(addIPv6(networkOf(parseIPv6(base) ?? [], prefix), offset))
  return ok({ family, prefix, contains, size, at })
}

/** Numeric order for IPv4, text order otherwise; the order in which Kubernetes lists addresses. */
export const compareIPs = (a: string, b: string): number => {
  const left = parseIPv4(a)
  const right = parseIPv4(b)
  if (left !== undefined && right !== undefined) return left - right
  return a < b ? -1 : a > b ? 1 : 0
}
