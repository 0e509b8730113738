import { expect, test } from "vitest"
import { indexesOf } from "../table/compiled-table.ts"
import { service, slice, tableOf } from "../testing/world.ts"
import { findAddressNames } from "./reverse-finding.ts"
import { plainZone } from "./zone-config.ts"

const web = service("web", "10.96.0.20")
const db = service("db", "10.96.0.21")

/** The same question again and again: the first times it looks through the slices, later it asks an index. */
const namesOf = (ip: string, addresses: readonly string[], addressType: "IPv4" | "IPv6") => {
  const endpoints = addresses.map((address) => ({ addresses: [address] }))
  const slices = [web, db].map((each) => ({ ...slice(each, endpoints), addressType }))
  const indexes = indexesOf(tableOf({ services: [web, db], slices }))
  const ask = () => findAddressNames(indexes, plainZone, ip)?.owners ?? []
  const first = ask()
  for (let time = 0; time < 40; time += 1) expect(ask()).toEqual(first)
  return first
}

test("an address has the name of every Service that lists it, at the first question and at later ones", () => {
  expect(namesOf("10.244.1.11", ["10.244.1.11", "10.244.1.12", "10.244.1.11"], "IPv4")).toEqual([
    "10-244-1-11.db.shop.svc",
    "10-244-1-11.web.shop.svc",
  ])
  expect(namesOf("10.244.1.13", ["10.244.1.11"], "IPv4")).toEqual([])
})

test("however an IPv6 address is written", () => {
  for (const written of ["fd00::1:b", "FD00:0:0::1:B", "fd00:0:0:0:0:0:0001:000b"])
    expect(namesOf("fd00::1:b", [written, "fd00::1:c"], "IPv6"), written).toHaveLength(2)
  for (const written of ["fd00::", "fd00:0::0:0", "fd00::0.0.0.0"])
    expect(namesOf("fd00::", [written], "IPv6"), written).toHaveLength(2)
  for (const written of ["::ffff:10.0.0.1", "::ffff:a00:1"])
    expect(namesOf("::ffff:10.0.0.1", [written], "IPv6"), written).toHaveLength(2)
  expect(namesOf("fd00::1:b", ["fd00::2:b"], "IPv6")).toEqual([])
})
