import { formatIPv4, type IPFamily, parseIPv4, parseIPv6 } from "@pilotage/kube-model"

const INVALID_IP = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
const INVALID_CIDR = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"

/** An address as a number; v4-mapped IPv6 is IPv4, as Go's net.IP has it. Leading zeros are read as decimal (`ParseIPSloppy`). */
export interface Address {
  readonly family: IPFamily
  readonly value: bigint
  /** Written as `::ffff:1.2.3.4`. */
  readonly mapped: boolean
}

const joinGroups = (groups: readonly number[]): bigint =>
  groups.reduce((sum, group) => sum * 65536n + BigInt(group), 0n)

const withoutLeadingZeros = (text: string): string => text.replace(/(^|\.)0+(?=\d)/g, "$1")

export const parseAddress = (text: string): Address | undefined => {
  const v4 = parseIPv4(text.includes(":") ? text : withoutLeadingZeros(text))
  if (v4 !== undefined) return { family: "IPv4", value: BigInt(v4), mapped: false }
  const v6 = parseIPv6(text)
  if (!v6) return undefined
  const value = joinGroups(v6)
  return value >> 32n === 0xffffn
    ? { family: "IPv4", value: value & 0xffffffffn, mapped: true }
    : { family: "IPv6", value, mapped: false }
}

/** The longest run of two or more zero groups becomes `::` (RFC 5952). */
const formatIPv6 = (value: bigint): string => {
  const groups = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(16 * (7 - index))) & 0xffffn))
  let best = { at: -1, length: 1 }
  for (let at = 0; at < 8; at += 1) {
    let length = 0
    while (at + length < 8 && groups[at + length] === 0) length += 1
    if (length > best.length) best = { at, length }
  }
  const hex = groups.map((group) => group.toString(16))
  if (best.at < 0) return hex.join(":")
  return `${hex.slice(0, best.at).join(":")}::${hex.slice(best.at + best.length).join(":")}`
}

export const formatAddress = ({ family, value }: Pick<Address, "family" | "value">): string =>
  family === "IPv4" ? formatIPv4(Number(value)) : formatIPv6(value)

export const hasLeadingZeros = (text: string): boolean => !text.includes(":") && /(^|\.)0\d/.test(text)

/** What the API server of 1.36 says of an address in a field that used to be lax (gate StrictIPCIDRValidation on). */
export const legacyIPProblems = (text: string, existing: readonly string[] = []): string[] => {
  const address = parseAddress(text)
  if (!address) return [INVALID_IP]
  if (existing.includes(text)) return []
  if (hasLeadingZeros(text)) return ["must not have leading 0s"]
  return address.mapped ? ["must not be an IPv4-mapped IPv6 address"] : []
}

export interface Subnet {
  readonly address: Address
  readonly prefix: number
  readonly width: number
}

export const parseSubnet = (text: string): Subnet | undefined => {
  const [base = "", length = "", more] = text.split("/")
  const address = parseAddress(base)
  if (!address || more !== undefined || !/^\d{1,3}$/.test(length)) return undefined
  const width = address.family === "IPv4" ? 32 : 128
  const prefix = Number(length)
  return prefix > width ? undefined : { address, prefix, width }
}

export const hostBitsOf = ({ address, prefix, width }: Subnet): bigint =>
  address.value & ((1n << BigInt(width - prefix)) - 1n)

export const legacyCIDRProblems = (text: string, existing: readonly string[] = []): string[] => {
  const subnet = parseSubnet(text)
  if (!subnet) return [INVALID_CIDR]
  if (existing.includes(text)) return []
  const [base = "", length = ""] = text.split("/")
  if (hasLeadingZeros(base) || /^0\d/.test(length)) return ["must not have leading 0s in IP or prefix length"]
  if (subnet.address.mapped) return ["must not have an IPv4-mapped IPv6 address"]
  return hostBitsOf(subnet) === 0n ? [] : ["must not have bits set beyond the prefix length"]
}

const inRange = (address: Address, from: bigint, bits: number): boolean => {
  const width = address.family === "IPv4" ? 32 : 128
  return address.value >> BigInt(width - bits) === from >> BigInt(width - bits)
}

const v6 = (text: string): bigint => parseAddress(text)?.value ?? 0n
const v4 = (text: string): bigint => v6(text)

/** Addresses that can be nobody's on the network (core/validation `ValidateNonSpecialIP`). */
export const specialIPProblems = (text: string): string[] => {
  const address = parseAddress(text)
  if (!address) return [INVALID_IP]
  const isV4 = address.family === "IPv4"
  const within = (four: string, fourBits: number, six: string, sixBits: number): boolean =>
    isV4 ? inRange(address, v4(four), fourBits) : inRange(address, v6(six), sixBits)
  const problems: string[] = []
  if (address.value === 0n) problems.push(`may not be unspecified (${JSON.stringify(text).slice(1, -1)})`)
  if (within("127.0.0.0", 8, "::1", 128)) problems.push("may not be in the loopback range (127.0.0.0/8, ::1/128)")
  if (within("169.254.0.0", 16, "fe80::", 10))
    problems.push("may not be in the link-local range (169.254.0.0/16, fe80::/10)")
  if (within("224.0.0.0", 24, "ff02::", 10))
    problems.push("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)")
  return problems
}
