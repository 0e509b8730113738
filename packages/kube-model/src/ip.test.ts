import fc from "fast-check"
import { expect, test } from "vitest"
import { canonicalIP, compareIPs, formatIPv4, ipFamily, isIP, parseCIDR, parseIPv4, parseIPv6 } from "./ip.ts"

const cidr = (text: string) => {
  const parsed = parseCIDR(text)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

test("every IPv4 number survives being written and read", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), (value) => {
      expect(parseIPv4(formatIPv4(value))).toBe(value)
    }),
    { seed: 1 },
  )
})

test("dotted quads are read as Go reads them: no leading zeros, no spaces, four parts, at most 255", () => {
  for (const text of [
    "1.2.3",
    "1.2.3.4.5",
    "01.2.3.4",
    "1.2.3.256",
    " 1.2.3.4",
    "1.2.3.4 ",
    "",
    "a.b.c.d",
    "1..2.3",
    "-1.2.3.4",
  ])
    expect(parseIPv4(text), text).toBeUndefined()
})

test("IPv6 in its short, full and mixed forms", () => {
  expect(parseIPv6("::")).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  expect(parseIPv6("fd00::1")).toEqual([0xfd00, 0, 0, 0, 0, 0, 0, 1])
  expect(parseIPv6("1:2:3:4:5:6:7:8")).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(parseIPv6("::ffff:10.0.0.1")).toEqual([0, 0, 0, 0, 0, 0xffff, 0x0a00, 1])
  for (const text of [
    "1:2:3:4:5:6:7",
    "1::2::3",
    ":::",
    "12345::",
    "1:2:3:4:5:6:7:8:9",
    "::1.2.3.4:5",
    "10.0.0.1",
    "g::",
    "1:2:3:4:5:6:7::8",
  ])
    expect(parseIPv6(text), text).toBeUndefined()
})

test("families", () => {
  expect([ipFamily("10.0.0.1"), ipFamily("::1"), ipFamily("web")]).toEqual(["IPv4", "IPv6", undefined])
  expect(isIP("localhost")).toBe(false)
})

test("a CIDR block contains what shares its first bits", () => {
  expect(cidr("10.96.0.0/16").contains("10.96.255.255")).toBe(true)
  expect(cidr("10.96.0.0/16").contains("10.97.0.0")).toBe(false)
  expect(cidr("10.96.0.0/20").contains("10.96.15.255")).toBe(true)
  expect(cidr("10.96.0.0/20").contains("10.96.16.0")).toBe(false)
  expect(cidr("0.0.0.0/0").contains("203.0.113.7")).toBe(true)
  expect(cidr("10.0.0.1/32").contains("10.0.0.2")).toBe(false)
  expect(cidr("fd00:10::/20").contains("fd00:1f::1")).toBe(true)
  expect(cidr("fd00:10::/20").contains("fd00:1000::1")).toBe(false)
  expect(cidr("10.0.0.0/8").contains("fd00::1")).toBe(false)
  expect(cidr("10.0.0.0/8").contains("web")).toBe(false)
})

test("a block counts its addresses from its network address, whatever its host bits", () => {
  expect(cidr("10.244.1.77/24").at(1)).toBe("10.244.1.1")
  expect(cidr("10.244.1.0/24").size).toBe(256)
  expect(cidr("0.0.0.0/0").size).toBe(4294967296)
  expect(cidr("192.0.2.9/32").at(0)).toBe("192.0.2.9")
})

test("every address at an offset inside a block is contained, the one behind it is not", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.integer({ min: 8, max: 32 }),
      fc.nat(),
      (base, prefix, pick) => {
        const block = cidr(`${formatIPv4(base)}/${prefix}`)
        expect(block.contains(block.at(pick % block.size))).toBe(true)
        const next = (parseIPv4(block.at(0)) ?? 0) + block.size
        if (next <= 0xffffffff) expect(block.contains(formatIPv4(next))).toBe(false)
      },
    ),
    { seed: 2 },
  )
})

test("what is no CIDR block is refused", () => {
  for (const text of [
    "10.0.0.0",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/",
    "/8",
    "10.0.0.0/8/8",
    "web/8",
    "fd00::/129",
    "",
  ])
    expect(parseCIDR(text).ok, text).toBe(false)
})

test("addresses are ordered by number", () => {
  expect(["10.0.0.10", "10.0.0.9", "2.0.0.0"].sort(compareIPs)).toEqual(["2.0.0.0", "10.0.0.9", "10.0.0.10"])
})

test("an address has one canonical form", () => {
  const forms = {
    "10.0.0.1": "10.0.0.1",
    "FD00:0:0:0:0:0:0:1": "fd00::1",
    "0:0:0:0:0:0:0:0": "::",
    "2001:db8:0:1:0:0:0:1": "2001:db8:0:1::1",
    "1:0:2:0:3:0:4:0": "1:0:2:0:3:0:4:0",
    "fd00:0:0:0::": "fd00::",
    "::ffff:10.0.0.1": "::ffff:10.0.0.1",
  }
  expect(Object.fromEntries(Object.keys(forms).map((text) => [text, canonicalIP(text)]))).toEqual(forms)
  expect(canonicalIP("web")).toBeUndefined()
})

test("an IPv6 block counts its addresses too", () => {
  expect(cidr("fd00:10:244:1::77/64").at(1)).toBe("fd00:10:244:1::1")
  expect(cidr("fd00:10:96::/112").at(65535)).toBe("fd00:10:96::ffff")
  expect(cidr("fd00:10:96::ff00/120").at(256)).toBe("fd00:10:96::1:0")
})
