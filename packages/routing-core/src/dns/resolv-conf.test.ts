import { expect, test } from "vitest"
import type { NetworkConfig, PodFacts } from "../state.ts"
import { origin, pod, tableOf } from "../testing/world.ts"
import { resolvConfText } from "./resolv-conf.ts"
import { resolve } from "./resolver.ts"

const tableWith = (facts: Partial<PodFacts>, config: Partial<NetworkConfig> = {}) =>
  tableOf({ config, pods: [pod("web", "10.244.1.5", "web", facts)] })

const textOf = (facts: Partial<PodFacts>, config: Partial<NetworkConfig> = {}, from = "web") =>
  resolvConfText(tableWith(facts, config), origin(from))

const CLUSTER =
  "search shop.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n"
const NODE = "nameserver 172.18.0.1\noptions ndots:0\n"

test("[R74] the files of a pod, a hostNetwork pod and a node, as recorded", () => {
  expect(textOf({})).toBe(CLUSTER)
  expect(textOf({ dnsPolicy: "ClusterFirst" })).toBe(CLUSTER)
  expect(textOf({ dnsPolicy: "ClusterFirstWithHostNet", hostNetwork: true })).toBe(CLUSTER)
  expect(textOf({ hostNetwork: true })).toBe(NODE)
  expect(textOf({ dnsPolicy: "Default" })).toBe(NODE)
  expect(textOf({}, {}, "node-1")).toBe(NODE)
  expect(textOf({}, {}, "outside")).toBe("nameserver 203.0.113.1\noptions ndots:0\n")
})

test("[R74] the node's own search list comes behind the cluster's", () => {
  const config = { hostSearches: ["corp.example"] }
  expect(textOf({}, config)).toContain("search shop.svc.cluster.local svc.cluster.local cluster.local corp.example\n")
  expect(textOf({ dnsPolicy: "Default" }, config)).toContain("search corp.example\n")
})

test("[R74] dnsConfig is added to what the policy gives, and is everything under None", () => {
  const dnsConfig = {
    nameservers: ["192.0.2.53", "10.96.0.10", "192.0.2.54", "192.0.2.55"],
    searches: ["example.org.", "svc.cluster.local"],
    options: [{ name: "ndots", value: "2" }, { name: "edns0" }],
  }
  expect(textOf({ dnsConfig })).toBe(
    [
      "search shop.svc.cluster.local svc.cluster.local cluster.local example.org",
      "nameserver 10.96.0.10",
      "nameserver 192.0.2.53",
      "nameserver 192.0.2.54",
      "options ndots:2",
      "",
    ].join("\n"),
  )
  expect(textOf({ dnsPolicy: "None", dnsConfig: { nameservers: ["192.0.2.53"] } })).toBe("nameserver 192.0.2.53\n")
  expect(textOf({ dnsPolicy: "None", dnsConfig: { options: [{ name: "ndots", value: "99" }] } })).toBe(
    "options ndots:15\n",
  )
})

test("[R2] [R74] ndots decides which names are tried as they are first", () => {
  const queries = (ndots: string, name: string) =>
    resolve(tableWith({ dnsConfig: { options: [{ name: "ndots", value: ndots }] } }), origin("web"), name, "A", {
      search: true,
    }).steps.map((step) => step.query)
  expect(queries("1", "web.test")).toEqual([
    "web.test.",
    "web.test.shop.svc.cluster.local.",
    "web.test.svc.cluster.local.",
    "web.test.cluster.local.",
  ])
  expect(queries("2", "web.test").at(-1)).toBe("web.test.")
  expect(queries("0", "web")[0]).toBe("web.")
})

test("[R74] a pod that names kube-dns itself asks it, one that names another server does not", () => {
  const server = (nameservers: readonly string[]) => {
    const table = tableWith({ dnsPolicy: "None", dnsConfig: { nameservers } })
    const { rcode, certainty } = resolve(table, origin("web"), "nobody.shop.svc.cluster.local.", "A", { search: true })
    return { rcode, certainty }
  }
  expect(server(["10.96.0.10"])).toEqual({ rcode: "NXDOMAIN", certainty: "certain" })
  expect(server(["192.0.2.53"])).toEqual({ rcode: "NXDOMAIN", certainty: "environment" })
})
