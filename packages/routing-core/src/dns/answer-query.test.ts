import type { Endpoint, Service } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import type { ClusterState } from "../state.ts"
import { compile } from "../table/compile.ts"
import { pod, service, slice, stateOf } from "../testing/world.ts"
import { answerQuery } from "./answer-query.ts"
import { recordText } from "./record.ts"
import { plainZone, type ZoneConfig } from "./zone-config.ts"
import type { Upstream } from "./zone-query.ts"

const at = (ip: string, more: Partial<Endpoint> = {}): Endpoint => ({ addresses: [ip], ...more })

const dual = service("dual", "10.96.0.7", { clusterIPs: ["10.96.0.7", "fd00:96::7"] })
const db = service("db", "None", { ports: [{ name: "sql", port: 5432 }] })
const portless: Service = { ...service("portless", "10.96.0.8"), spec: { clusterIP: "10.96.0.8" } }
const empty = service("empty", "10.96.0.9")
const mirror: Service = { ...service("mirror", ""), spec: { type: "ExternalName", externalName: "example.org" } }

const state: ClusterState = {
  ...stateOf({
    pods: [
      pod("frontend", "10.244.1.10", "x"),
      pod("agent", "172.18.0.3", "x", { hostNetwork: true, nodeName: "node-2" }),
    ],
    services: [dual, db, portless, empty, mirror],
    slices: [
      slice(dual, [at("10.244.1.30")]),
      slice(db, [
        at("10.244.1.20", { hostname: "db-0", zone: "a", targetRef: { kind: "Pod", name: "db-0" } }),
        at("10.244.2.20", { zone: "b", targetRef: { kind: "Pod", name: "db-1" } }),
        at("10.244.2.21", { zone: "b", conditions: { ready: false } }),
      ]),
      { ...slice(db, [at("fd00:244::20", { zone: "b" })], 2), addressType: "IPv6" },
      slice(empty, [at("10.244.1.40", { conditions: { ready: false } })]),
    ],
  }),
  namespaces: [{ name: "quiet", labels: {} }],
}

const compiled = compile(state)
if (!compiled.ok) throw new Error(compiled.error.message)
const table = compiled.value

const answerOf = (name: string, type: string, zone: Partial<ZoneConfig> = {}, upstream?: Upstream) =>
  answerQuery(table, { ...plainZone, ...zone }, { name, type }, upstream)

/** Code, then `A 10.96.0.7` for each record. */
const short = (name: string, type = "A", zone: Partial<ZoneConfig> = {}) => {
  const found = answerOf(name, type, zone)
  return found && [found.rcode, ...found.answer.map((record) => `${record.type} ${record.data}`)]
}

const SOA = "cluster.local.\t5\tIN\tSOA\tns.dns.cluster.local. hostmaster.cluster.local. 0 7200 1800 86400 5"

test("[R4] a Service answers A and AAAA with the addresses of each family", () => {
  expect(short("dual.shop.svc.cluster.local.")).toEqual(["NOERROR", "A 10.96.0.7"])
  expect(short("dual.shop.svc.cluster.local.", "AAAA")).toEqual(["NOERROR", "AAAA fd00:96::7"])
  expect(short("portless.shop.svc.cluster.local.")).toEqual(["NOERROR", "A 10.96.0.8"])
  expect(short("portless.shop.svc.cluster.local.", "SRV")).toEqual(["NOERROR"])
})

test("[R7] [R70] NODATA and NXDOMAIN both carry the zone's SOA, spelled as the query spells the zone", () => {
  const header = { authoritative: true, truncated: false, answer: [], extra: [] }
  const noData = answerOf("empty.shop.svc.cluster.local.", "AAAA")
  expect(noData).toMatchObject({ rcode: "NOERROR", ...header })
  expect(noData?.ns.map(recordText)).toEqual([SOA])
  const missing = answerOf("nobody.shop.svc.Cluster.LOCAL.", "A")
  expect(missing).toMatchObject({ rcode: "NXDOMAIN", ...header })
  expect(missing?.ns.map(recordText)).toEqual([SOA.replaceAll("cluster.local", "Cluster.LOCAL")])
  expect(answerOf("DUAL.shop.SVC.cluster.local.", "A")?.answer.map(recordText)).toEqual([
    "DUAL.shop.SVC.cluster.local.\t5\tIN\tA\t10.96.0.7",
  ])
})

test("[R7] a name has no records of types that the zone does not know, and exists all the same", () => {
  for (const type of ["MX", "TXT", "NS", "SOA", "ANY", "CAA", "PTR", "CNAME"]) {
    expect(short("dual.shop.svc.cluster.local.", type), type).toEqual(["NOERROR"])
    if (type !== "SOA") expect(short("nobody.shop.svc.cluster.local.", type), type).toEqual(["NXDOMAIN"])
  }
  for (const name of ["quiet.svc.cluster.local.", "svc.cluster.local.", "pod.cluster.local.", "cluster.local."])
    expect(short(name), name).toEqual(["NOERROR"])
})

test("[R10] SRV shares the weight over all endpoints, and brings the addresses of its targets along", () => {
  const found = answerOf("_sql._tcp.db.shop.svc.cluster.local.", "SRV")
  expect(found?.answer.map(({ data }) => data)).toEqual([
    "0 33 5432 db-0.db.shop.svc.cluster.local.",
    "0 33 5432 10-244-2-20.db.shop.svc.cluster.local.",
    "0 33 5432 fd00-244--20.db.shop.svc.cluster.local.",
  ])
  expect(found?.extra.map(recordText)).toEqual([
    "db-0.db.shop.svc.cluster.local.\t5\tIN\tA\t10.244.1.20",
    "10-244-2-20.db.shop.svc.cluster.local.\t5\tIN\tA\t10.244.2.20",
    "fd00-244--20.db.shop.svc.cluster.local.\t5\tIN\tAAAA\tfd00:244::20",
  ])
  expect(short("_sql._udp.db.shop.svc.cluster.local.", "SRV")).toEqual(["NXDOMAIN"])
})

test("[R8] with endpoint_pod_names an endpoint without a host name is called like its pod", () => {
  expect(short("db-1.db.shop.svc.cluster.local.")).toEqual(["NXDOMAIN"])
  expect(short("db-1.db.shop.svc.cluster.local.", "A", { endpointNameMode: true })).toEqual([
    "NOERROR",
    "A 10.244.2.20",
  ])
  expect(short("10-244-2-20.db.shop.svc.cluster.local.", "A", { endpointNameMode: true })).toEqual(["NXDOMAIN"])
  expect(short("fd00-244--20.db.shop.svc.cluster.local.", "AAAA")).toEqual(["NOERROR", "AAAA fd00:244::20"])
})

test("[R9] pods' names: never, always, or when a pod of the namespace has the address", () => {
  const name = "10-244-1-10.shop.pod.cluster.local."
  expect(short(name)).toEqual(["NXDOMAIN"])
  expect(short(name, "A", { podMode: "insecure" })).toEqual(["NOERROR", "A 10.244.1.10"])
  expect(short("fd00--1.shop.pod.cluster.local.", "AAAA", { podMode: "insecure" })).toEqual(["NOERROR", "AAAA fd00::1"])
  const verified = { podMode: "verified" } as const
  expect(short(name, "A", verified)).toEqual(["NOERROR", "A 10.244.1.10"])
  expect(short("172-18-0-3.shop.pod.cluster.local.", "A", verified)).toEqual(["NOERROR", "A 172.18.0.3"])
  expect(short("10-244-1-99.shop.pod.cluster.local.", "A", verified)).toEqual(["NXDOMAIN"])
  expect(short("10-244-1-10.quiet.pod.cluster.local.", "A", verified)).toEqual(["NXDOMAIN"])
})

test("[R11] reverse names of both families, and the zone that each belongs to", () => {
  const zones = ["cluster.local.", "96.10.in-addr.arpa.", "244.10.in-addr.arpa.", "ip6.arpa."]
  expect(short("7.0.96.10.in-addr.arpa.", "PTR", { zones })).toEqual(["NOERROR", "PTR dual.shop.svc.cluster.local."])
  const v6 = `0.2.${"0.".repeat(22)}4.4.2.0.0.0.d.f.ip6.arpa.`
  expect(short(v6, "PTR", { zones })).toEqual(["NOERROR", "PTR fd00-244--20.db.shop.svc.cluster.local."])
  expect(short("20.1.244.10.in-addr.arpa.", "PTR", { zones })).toEqual([
    "NOERROR",
    "PTR db-0.db.shop.svc.cluster.local.",
  ])
  expect(answerOf("9.9.244.10.in-addr.arpa.", "PTR", { zones })).toMatchObject({
    rcode: "NXDOMAIN",
    ns: [{ name: "244.10.in-addr.arpa." }],
  })
  expect(answerOf("7.0.97.10.in-addr.arpa.", "PTR", { zones })).toBeUndefined()
  expect(short("dual.shop.svc.96.10.in-addr.arpa.", "PTR", { zones })).toEqual(["NXDOMAIN"])
  expect(short("dual.shop.svc.cluster.local.", "PTR", { zones })).toEqual(["NOERROR"])
  expect(short("96.10.in-addr.arpa.", "PTR", { zones })).toEqual(["NOERROR"])
  expect(short("7.0.96.10.in-addr.arpa.", "A", { zones })).toEqual(["NXDOMAIN"])
})

test("[R70] the zone's own records", () => {
  expect(short("cluster.local.", "NS")).toEqual(["NOERROR", "NS ns.dns.cluster.local."])
  expect(answerOf("cluster.local.", "NS")?.extra.map(recordText)).toEqual([
    "ns.dns.cluster.local.\t5\tIN\tA\t127.0.0.1",
  ])
  expect(short("cluster.local.", "SOA")).toEqual(["NOERROR", `SOA ${SOA.split("\t")[4]}`])
  expect(short("ns.dns.cluster.local.")).toEqual(["NOERROR", "A 127.0.0.1"])
  expect(short("dns-version.cluster.local.", "TXT")).toEqual(["NOERROR", 'TXT "1.1.0"'])
  expect(short("cluster.local.", "NS", { localIPs: ["10.244.1.30"] })).toEqual([
    "NOERROR",
    "NS dual.shop.svc.cluster.local.",
  ])
  expect(answerOf("cluster.local.", "AXFR")).toMatchObject({ rcode: "REFUSED", authoritative: false })
})

test("[R71] ignore empty_service hides a Service without ready endpoints", () => {
  const name = "empty.shop.svc.cluster.local."
  expect(short(name)).toEqual(["NOERROR", "A 10.96.0.9"])
  expect(short(name, "A", { ignoreEmptyService: true })).toEqual(["NXDOMAIN"])
  expect(short("dual.shop.svc.cluster.local.", "A", { ignoreEmptyService: true })).toEqual(["NOERROR", "A 10.96.0.7"])
})

test("[R72] zonal names pin a headless Service to a topology zone, or prefer one", () => {
  const zonal = { zonal: true }
  expect(short("a.pin._zone.db.shop.svc.cluster.local.", "A", zonal)).toEqual(["NOERROR", "A 10.244.1.20"])
  expect(short("B.pin._zone.db.shop.svc.cluster.local.", "A", zonal)).toEqual(["NOERROR", "A 10.244.2.20"])
  expect(short("c.pin._zone.db.shop.svc.cluster.local.", "A", zonal)).toEqual(["NOERROR"])
  expect(short("c.pin._zone.db.shop.svc.cluster.local.", "TXT", zonal)).toEqual(["NOERROR"])
  expect(short("a.prefer._zone.db.shop.svc.cluster.local.", "A", zonal)).toEqual(["NOERROR", "A 10.244.1.20"])
  expect(short("c.d.prefer._zone.db.shop.svc.cluster.local.", "A", zonal)).toHaveLength(3)
  expect(short("a.pin._zone.dual.shop.svc.cluster.local.", "A", zonal)).toEqual(["NXDOMAIN"])
  expect(short("a.pin._zone.db.shop.svc.cluster.local.")).toEqual(["NXDOMAIN"])
})

test("only the namespaces that the Corefile lists exist", () => {
  const zone = { namespaces: ["quiet"] }
  expect(short("dual.shop.svc.cluster.local.", "A", zone)).toEqual(["NXDOMAIN"])
  expect(short("quiet.svc.cluster.local.", "A", zone)).toEqual(["NOERROR"])
})

test("fallthrough hands on what does not exist; other zones' names are never ours", () => {
  expect(answerOf("nobody.shop.svc.cluster.local.", "A", { fallthrough: ["."] })).toBeUndefined()
  expect(short("nobody.shop.svc.cluster.local.", "A", { fallthrough: ["ip6.arpa."] })).toEqual(["NXDOMAIN"])
  expect(answerOf("example.org.", "A")).toBeUndefined()
  expect(answerOf("notcluster.local.", "A")).toBeUndefined()
})

test("what is not known is a server's failure while the objects are not read yet", () => {
  expect(short("nobody.shop.svc.cluster.local.", "A", { hasSynced: false })).toEqual(["SERVFAIL"])
  expect(short("dual.shop.svc.cluster.local.", "A", { hasSynced: false })).toEqual(["NOERROR", "A 10.96.0.7"])
})

test("[R6] what the resolver behind says of an alias is handed on, with its truncation; without a word from it, nothing is", () => {
  const name = "mirror.shop.svc.cluster.local."
  const upstream: Upstream = (target, type) => ({
    answer: [{ name: target, ttl: 60, type, data: "192.0.2.1" }],
    truncated: true,
  })
  const found = answerOf(name, "A", {}, upstream)
  expect(found).toMatchObject({ rcode: "NOERROR", truncated: true })
  expect(found?.answer.map(recordText)).toEqual([
    `${name}\t5\tIN\tCNAME\texample.org.`,
    "example.org.\t60\tIN\tA\t192.0.2.1",
  ])
  expect(short(name)).toEqual(["NOERROR"])
  expect(short(name, "CNAME")).toEqual(["NOERROR", "CNAME example.org."])
  expect(short(name, "SRV")).toEqual(["NOERROR"])
})
