import { canonicalIP, formatIPv4, parseIPv4, parseIPv6 } from "@pilotage/kube-model"

const V4 = ".in-addr.arpa."
const V6 = ".ip6.arpa."

/** `10.0.96.10.in-addr.arpa.` of 10.96.0.10; with its 32 digits under ip6.arpa for IPv6. Undefined: no address. */
export const reverseName = (ip: string): string | undefined => {
  const v4 = parseIPv4(ip)
  if (v4 !== undefined) return `${formatIPv4(v4).split(".").reverse().join(".")}${V4}`
  const v6 = parseIPv6(ip)
  if (!v6) return undefined
  const digits = v6.map((group) => group.toString(16).padStart(4, "0")).join("")
  return `${[...digits].reverse().join(".")}${V6}`
}

/** The address that a name under in-addr.arpa or ip6.arpa stands for, canonical; undefined unless it is a whole one. */
export const addressOfReverse = (name: string): string | undefined => {
  const lower = name.toLowerCase()
  if (lower.endsWith(V4)) {
    const ip = lower.slice(0, -V4.length).split(".").reverse().join(".")
    return parseIPv4(ip) === undefined ? undefined : ip
  }
  if (!lower.endsWith(V6)) return undefined
  const digits = lower.slice(0, -V6.length).split(".").reverse()
  if (digits.length !== 32 || digits.some((digit) => !/^[0-9a-f]$/.test(digit))) return undefined
  const groups = Array.from({ length: 8 }, (_, index) => digits.slice(index * 4, index * 4 + 4).join(""))
  return canonicalIP(groups.join(":"))
}
