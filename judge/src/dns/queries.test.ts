import { expect, test } from "vitest"
import { caseFolder, judged } from "../testing/case-folder.ts"

const WORLD = {
  id: "small",
  services: [
    {
      metadata: { name: "web", namespace: "shop" },
      spec: { clusterIP: "10.0.0.1", clusterIPs: ["10.0.0.1"], ports: [{ name: "http", port: 80 }] },
    },
    { metadata: { name: "far", namespace: "shop" }, spec: { type: "ExternalName", externalName: "far.example.test" } },
  ],
  endpointSlices: [],
  pods: [
    { apiVersion: "v1", kind: "Pod", metadata: { name: "p", namespace: "shop" }, status: { podIP: "10.240.0.1" } },
  ],
  namespaces: [
    { name: "shop", exists: true },
    { name: "gone", exists: false },
  ],
  nodes: [],
}

const SOA = "cluster.local.\t5\tIN\tSOA\tns.dns.cluster.local. hostmaster.cluster.local. 1499347823 7200 1800 86400 5"

const query = (name: string, type: string, expected: object | null, config: object = {}, more: object = {}) => ({
  id: `${name}#0`,
  world: "small",
  config: {
    zones: ["cluster.local."],
    namespaces: [],
    podMode: "verified",
    endpointNameMode: false,
    ttl: 5,
    ignoreEmptyService: false,
    zonal: false,
    fallthrough: null,
    hasSynced: true,
    ...config,
  },
  query: { name, type, class: "IN", edns0: false },
  expect: expected && {
    rcode: "NOERROR",
    authoritative: true,
    truncated: false,
    answer: [],
    ns: [],
    extra: [],
    ...expected,
  },
  ...more,
})

const report = (...queries: readonly object[]) =>
  judged(caseFolder({ "dns-queries.json": queries, "dns-worlds.json": [WORLD] }))

test("answers are compared as sets with their names and times, without the SOA's serial", () => {
  const { exit, out } = report(
    query("web.shop.svc.cluster.local.", "A", { answer: ["web.shop.svc.cluster.local.\t5\tIN\tA\t10.0.0.1"] }),
    query("nobody.shop.svc.cluster.local.", "A", { rcode: "NXDOMAIN", ns: [SOA] }),
    query("10-240-0-1.shop.pod.cluster.local.", "A", {
      answer: ["10-240-0-1.shop.pod.cluster.local.\t5\tIN\tA\t10.240.0.1"],
    }),
    query("1-2-3-4.gone.pod.cluster.local.", "A", { rcode: "NXDOMAIN", ns: [SOA] }),
  )
  expect({ exit, out }).toEqual({ exit: 0, out: "dns-queries.json  4/4" })
})

test("a time to live that differs is a disagreement", () => {
  const { exit, out } = report(
    query("web.shop.svc.cluster.local.", "A", { answer: ["web.shop.svc.cluster.local.\t30\tIN\tA\t10.0.0.1"] }),
  )
  expect(exit).toBe(1)
  expect(out).toContain("expected NOERROR aa answer {web.shop.svc.cluster.local. 30 IN A 10.0.0.1} ns {} extra {}")
  expect(out).toContain("we say   NOERROR aa answer {web.shop.svc.cluster.local. 5 IN A 10.0.0.1} ns {} extra {}")
})

test("an alias that leads out of the cluster is followed by the canned answer, whichever way it is wrapped", () => {
  const alias = "far.shop.svc.cluster.local.\t5\tIN\tCNAME\tfar.example.test."
  const address = "far.example.test.\t5\tIN\tA\t1.2.3.4"
  const expected = { answer: [alias, address] }
  const name = "far.shop.svc.cluster.local."
  const { out } = report(
    query(name, "A", expected, {}, { upstreamAnswer: [address] }),
    query(name, "A", expected, {}, { upstreamAnswer: { answer: [address] } }),
    query(name, "CNAME", { answer: [alias] }),
  )
  expect(out).toBe("dns-queries.json  3/3")
})

test("a name that falls through is nobody's message", () => {
  for (const fallthrough of [["."], { Zones: ["."] }, true, "[.]"])
    expect(report(query("nobody.shop.svc.cluster.local.", "A", null, { fallthrough })).out).toBe(
      "dns-queries.json  1/1",
    )
})

test("a query for a world that is not there is told with its line, and worlds that are missing by their path", () => {
  const lost = { ...query("web.shop.svc.cluster.local.", "A", {}), world: "other" }
  expect(report(lost).err).toMatch(/dns-queries\.json:\d+: \[0\]\.world: there is no world other in dns-worlds\.json/)
  const alone = judged(caseFolder({ "dns-queries.json": [lost] }))
  expect(alone).toMatchObject({ exit: 2, err: expect.stringContaining("dns-worlds.json: ENOENT") })
})
