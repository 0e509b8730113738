import type { Service } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { findSender } from "../path/sender.ts"
import { indexesOf } from "../table/compiled-table.ts"
import { shopTable } from "../testing/shop.ts"
import { origin, pod, service, tableOf } from "../testing/world.ts"
import { lookUpHost } from "./host-lookup.ts"

const lookUp = (from: string, name: string, table = shopTable) => {
  const indexes = indexesOf(table)
  const sender = findSender(indexes, origin(from))
  if (sender.kind === "problem") throw new Error(sender.message)
  return { ...lookUpHost(indexes, sender, name, true), fast: lookUpHost(indexes, sender, name, false) }
}

const steps = (from: string, name: string, table = shopTable) =>
  lookUp(from, name, table).steps.map((step) =>
    `${step.type} ${step.query} ${step.rcode} ${step.answers.join(" ")}`.trim(),
  )

test("[R75] both families are asked for every name until one has an address", () => {
  expect(steps("frontend", "web.shop")).toEqual([
    "A web.shop.shop.svc.cluster.local. NXDOMAIN",
    "AAAA web.shop.shop.svc.cluster.local. NXDOMAIN",
    "A web.shop.svc.cluster.local. NOERROR 10.96.0.20",
    "AAAA web.shop.svc.cluster.local. NOERROR",
  ])
  expect(lookUp("frontend", "web.shop")).toMatchObject({
    addresses: ["10.96.0.20"],
    otherAddresses: [],
    fast: { addresses: ["10.96.0.20"], steps: [], rule: "R4" },
    rule: "R4",
    certainty: "certain",
    cause: { object: { kind: "Service", name: "web" } },
  })
  expect(steps("frontend", "nobody-here")).toHaveLength(8)
})

test("[R75] of a dual-stack name a dual-stack client tries IPv6 first, any other client its own family", () => {
  const dual: Service = service("dual", "10.96.0.7", { clusterIPs: ["10.96.0.7", "fd00:96::7"] })
  const six: Service = service("six", "fd00:96::8")
  const table = tableOf({
    pods: [pod("plain", "10.244.1.10", "x"), pod("both", "10.244.1.11", "x", { secondIP: "fd00:244::11" })],
    services: [dual, six],
  })
  expect(lookUp("plain", "dual", table)).toMatchObject({ addresses: ["10.96.0.7"], otherAddresses: ["fd00:96::7"] })
  expect(lookUp("both", "dual", table)).toMatchObject({ addresses: ["fd00:96::7"], otherAddresses: ["10.96.0.7"] })
  expect(lookUp("plain", "six", table)).toMatchObject({ addresses: ["fd00:96::8"], otherAddresses: [] })
  expect(steps("plain", "six", table).at(-1)).toBe("AAAA six.shop.svc.cluster.local. NOERROR fd00:96::8")
})

test("[R1] an address is no name", () => {
  expect(lookUp("frontend", "10.96.0.20")).toMatchObject({ addresses: ["10.96.0.20"], steps: [], rule: "R1" })
  expect(lookUp("frontend", "FD00::0:1")).toMatchObject({ addresses: ["fd00::1"], steps: [], rule: "R1" })
})

test("[R76] an alias to nowhere ends the search without an address", () => {
  expect(steps("frontend", "alias-nowhere")).toEqual([
    "A alias-nowhere.shop.svc.cluster.local. NOERROR db.example.com.",
    "AAAA alias-nowhere.shop.svc.cluster.local. NOERROR db.example.com.",
  ])
  expect(lookUp("frontend", "alias-nowhere")).toMatchObject({ addresses: [], rule: "R6", certainty: "environment" })
})

test("[R15] [R77] /etc/hosts: localhost in both families, the pod's own names, and the nodes elsewhere", () => {
  const table = tableOf({
    pods: [
      pod("db-0", "10.244.1.20", "db", { hostname: "db-0", subdomain: "db", secondIP: "fd00:244::20" }),
      pod("plain", "10.244.1.21", "db", { subdomain: "db" }),
    ],
  })
  expect(lookUp("plain", "localhost", table)).toMatchObject({
    addresses: ["127.0.0.1"],
    otherAddresses: ["::1"],
    steps: [],
    rule: "R15",
  })
  expect(lookUp("plain", "ip6-localhost", table).addresses).toEqual(["::1"])
  expect(lookUp("db-0", "db-0.db.shop.svc.cluster.local", table)).toMatchObject({
    addresses: ["fd00:244::20"],
    otherAddresses: ["10.244.1.20"],
    steps: [],
  })
  expect(lookUp("plain", "plain", table)).toMatchObject({ addresses: ["10.244.1.21"], steps: [] })
  expect(lookUp("plain", "plain.db.shop.svc.cluster.local", table).addresses).toEqual([])
  expect(lookUp("plain", "db-0", table).addresses).toEqual([])
  expect(lookUp("node-1", "node-2", table)).toMatchObject({ addresses: ["172.18.0.3"], steps: [] })
})

test("what cannot be put into a query is not asked", () => {
  for (const name of ["", ".", "..", "a..b", ".web", "x".repeat(64), `${"x.".repeat(150)}x`])
    expect(lookUp("frontend", name), name).toMatchObject({ addresses: [], steps: [] })
})
