import { expect, test } from "vitest"
import { ask, shop, shopTable } from "../testing/shop.ts"
import { origin, pod, service, slice, tableOf } from "../testing/world.ts"
import type { DnsStep } from "../trace-types.ts"
import { resolve } from "./resolver.ts"

const look = (from: string, name: string, type: DnsStep["type"] = "A", search = true, table = shopTable) =>
  resolve(table, origin(from), name, type, { search })

/** `web.shop.svc.cluster.local. NXDOMAIN R12` */
const steps = (from: string, name: string, type: DnsStep["type"] = "A", search = true) =>
  look(from, name, type, search).steps.map((step) => `${step.query} ${step.rcode} ${step.rule}`)

const data = (from: string, name: string, type: DnsStep["type"] = "A") => {
  const answer = look(from, name, type)
  return [answer.rcode, ...answer.records.map((record) => `${record.type} ${record.data}`)]
}

test("[R2] the shorter the name, the fewer queries: every suffix comes before the name itself", () => {
  expect(steps("frontend", "web")).toEqual(["web.shop.svc.cluster.local. NOERROR R4"])
  expect(steps("frontend", "web.shop")).toEqual([
    "web.shop.shop.svc.cluster.local. NXDOMAIN R12",
    "web.shop.svc.cluster.local. NOERROR R4",
  ])
  expect(steps("default/probe", "web.shop")).toHaveLength(2)
  expect(steps("frontend", "web.shop.svc")).toHaveLength(3)
  expect(steps("frontend", "web.shop.svc.cluster.local")).toHaveLength(4)
  expect(steps("frontend", "example.com")).toHaveLength(4)
})

test("[R2] [R12] a short name is only found in the pod's own namespace", () => {
  expect(steps("default/probe", "web")).toEqual([
    "web.default.svc.cluster.local. NXDOMAIN R12",
    "web.svc.cluster.local. NXDOMAIN R12",
    "web.cluster.local. NXDOMAIN R12",
    "web. NXDOMAIN R13",
  ])
})

test("[R3] a trailing dot ends the search, and so does dig", () => {
  expect(steps("frontend", "web.shop.svc.cluster.local.")).toEqual(["web.shop.svc.cluster.local. NOERROR R4"])
  expect(steps("frontend", "web.")).toEqual(["web. NXDOMAIN R13"])
  expect(steps("frontend", "web", "A", false)).toEqual(["web. NXDOMAIN R13"])
})

test("[R4] a name resolves without endpoints, without regard to case, and keeps the case that was asked", () => {
  expect(look("frontend", "NoBody.shop.SVC.cluster.local.").records).toEqual([
    { name: "NoBody.shop.SVC.cluster.local.", ttl: 30, type: "A", data: "10.96.0.36" },
  ])
})

test("[R5] a headless name is its ready endpoints; none, no name", () => {
  expect(data("frontend", "web-headless")).toEqual(["NOERROR", "A 10.244.1.11", "A 10.244.2.11"])
  expect(look("frontend", "sleepy-headless.shop.svc.cluster.local.").rcode).toBe("NXDOMAIN")
})

test("[R5] a client of a headless Service takes any of the addresses", () => {
  const trace = ask(shopTable, "frontend", "web-headless:8080", { picks: [0.9] })
  expect(trace.destination).toBe("10.244.2.11")
  expect(trace.backends.map((backend) => backend.pod)).toEqual(["web-2", "web-1"])
})

test("[R6] an alias is followed, to a Service and to nowhere; an address is no alias", () => {
  expect(data("frontend", "alias")).toEqual(["NOERROR", "CNAME web.shop.svc.cluster.local.", "A 10.96.0.20"])
  expect(data("frontend", "alias", "CNAME")).toEqual(["NOERROR", "CNAME web.shop.svc.cluster.local."])
  expect(look("frontend", "alias-ip.shop.svc.cluster.local.").rcode).toBe("NXDOMAIN")
  expect(look("frontend", "_http._tcp.alias.shop.svc.cluster.local.").rcode).toBe("NXDOMAIN")
  expect(ask(shopTable, "frontend", "alias:80").verdict).toBe("delivered")
})

test("[R6] [R76] an alias to nowhere comes back alone, one to nowhere in the cluster or in a circle not at all", () => {
  const alias = (name: string, externalName: string) => ({
    ...service(name, ""),
    spec: { type: "ExternalName", externalName } as const,
  })
  const services = [
    alias("itself", "itself.shop.svc.cluster.local"),
    alias("there", "back.shop.svc.cluster.local"),
    alias("back", "there.shop.svc.cluster.local"),
    alias("gone", "gone-with-the-wind.shop.svc.cluster.local"),
    alias("outside", "db.example.com"),
    alias("node", "node-2"),
    alias("twice", "node.shop.svc.cluster.local"),
  ]
  const table = tableOf({ pods: [pod("frontend", "10.244.1.10", "x")], services })
  const lookAt = (name: string) => {
    const { rcode, records } = look("frontend", `${name}.shop.svc.cluster.local.`, "A", true, table)
    return [rcode, ...records.map((record) => `${record.type} ${record.data}`)]
  }
  expect(lookAt("itself")).toEqual(["NOERROR"])
  expect(lookAt("there")).toEqual(["NOERROR"])
  expect(lookAt("gone")).toEqual(["NOERROR"])
  expect(lookAt("outside")).toEqual(["NOERROR", "CNAME db.example.com."])
  expect(lookAt("node")).toEqual(["NOERROR", "CNAME node-2.", "A 172.18.0.3"])
  expect(lookAt("twice")).toEqual(["NOERROR", "CNAME node.shop.svc.cluster.local.", "CNAME node-2.", "A 172.18.0.3"])
  for (const name of ["itself", "there", "gone", "outside"])
    expect(ask(table, "frontend", `${name}:80`)).toMatchObject({
      verdict: "name-not-found",
      failure: { code: "external-name-not-found" },
    })
})

test("[R7] a name without the asked type exists all the same", () => {
  for (const [name, type] of [
    ["web.shop.svc.cluster.local.", "AAAA"],
    ["shop.svc.cluster.local.", "A"],
    ["svc.cluster.local.", "A"],
    ["cluster.local.", "A"],
  ] as const)
    expect(look("frontend", name, type)).toMatchObject({ rcode: "NOERROR", records: [], steps: [{ rule: "R7" }] })
  expect(look("frontend", "nowhere.svc.cluster.local.").rcode).toBe("NXDOMAIN")
})

test("[R8] endpoints have names: their hostname, else their address with dashes", () => {
  const named = pod("db-0", "10.244.1.20", "db", { hostname: "db-0" })
  const table = tableOf({
    pods: [pod("frontend", "10.244.1.10", "x"), named],
    services: [service("db", "None", { selector: { app: "db" } })],
  })
  expect(look("frontend", "db-0.db", "A", true, table).records[0]?.data).toBe("10.244.1.20")
  expect(look("frontend", "10-244-1-20.db", "A", true, table).rcode).toBe("NXDOMAIN")
  expect(data("frontend", "10-244-1-11.web-headless")).toEqual(["NOERROR", "A 10.244.1.11"])
  expect(data("frontend", "10-244-1-11.web")).toEqual(["NOERROR", "A 10.244.1.11"])
})

test("[R9] pod names are arithmetic", () => {
  expect(data("frontend", "10-9-9-9.shop.pod.cluster.local")).toEqual(["NOERROR", "A 10.9.9.9"])
  expect(look("frontend", "10-9-9-9.nowhere.pod.cluster.local.").rcode).toBe("NXDOMAIN")
  expect(look("frontend", "web.shop.pod.cluster.local.").rcode).toBe("NXDOMAIN")
})

test("[R10] SRV by port name, and for headless Services per endpoint with the endpoint's port", () => {
  expect(data("frontend", "_http._tcp.web", "SRV")).toEqual(["NOERROR", "SRV 0 100 80 web.shop.svc.cluster.local."])
  expect(data("frontend", "web", "SRV")).toEqual(["NOERROR", "SRV 0 100 80 web.shop.svc.cluster.local."])
  expect(look("frontend", "_grpc._tcp.web.shop.svc.cluster.local.", "SRV").rcode).toBe("NXDOMAIN")
  expect(data("frontend", "_http._tcp.web-headless", "SRV")).toEqual([
    "NOERROR",
    "SRV 0 50 8080 10-244-1-11.web-headless.shop.svc.cluster.local.",
    "SRV 0 50 8080 10-244-2-11.web-headless.shop.svc.cluster.local.",
  ])
})

test("[R11] PTR of a cluster IP and of an endpoint, by address or by reversed name", () => {
  expect(data("frontend", "10.96.0.20", "PTR")).toEqual(["NOERROR", "PTR web.shop.svc.cluster.local."])
  expect(data("frontend", "20.0.96.10.in-addr.arpa.", "PTR")).toEqual(["NOERROR", "PTR web.shop.svc.cluster.local."])
  expect(data("frontend", "10.244.1.11", "PTR")).toContain("PTR 10-244-1-11.web-headless.shop.svc.cluster.local.")
  expect(data("frontend", "10.244.1.11", "PTR")).toContain("PTR 10-244-1-11.web.shop.svc.cluster.local.")
  expect(look("frontend", "10.96.99.99", "PTR").rcode).toBe("NXDOMAIN")
})

test("[R13] names outside the cluster are the environment's; it knows the nodes", () => {
  expect(look("frontend", "www.example.com")).toMatchObject({ rcode: "NXDOMAIN", certainty: "environment" })
  expect(ask(shopTable, "frontend", "www.example.com:80")).toMatchObject({
    verdict: "name-not-found",
    certainty: "environment",
  })
  expect(data("frontend", "node-2")).toEqual(["NOERROR", "A 172.18.0.3"])
})

test("[R14] nodes, hostNetwork pods and outside machines know no cluster name in any form", () => {
  for (const from of ["node-1", "agent", "outside", "container"])
    for (const name of ["web", "web.shop", "web.shop.svc.cluster.local", "web.shop.svc.cluster.local."])
      expect(ask(shopTable, from, `${name}:80`).curl.exitCode).toBe(6)
  expect(look("node-1", "web.shop.svc.cluster.local")).toMatchObject({ server: "172.18.0.1", steps: [{ rule: "R14" }] })
  expect(look("outside", "web").server).toBe("203.0.113.1")
  expect(look("frontend", "web").server).toBe("10.96.0.10")
})

test("[R14] a hostNetwork pod with ClusterFirstWithHostNet does ask kube-dns", () => {
  const pods = shop.pods.map((each) =>
    each.name === "agent" ? { ...each, dnsPolicy: "ClusterFirstWithHostNet" } : each,
  )
  expect(ask(tableOf({ ...shop, pods }), "agent", "web:80").verdict).toBe("delivered")
})

test("[R15] /etc/hosts: the pod's own name, localhost, and the nodes on machines that are no pods", () => {
  expect(ask(shopTable, "web-1", "web-1:8080")).toMatchObject({
    dns: [],
    destination: "10.244.1.11",
    verdict: "delivered",
  })
  expect(ask(shopTable, "web-1", "web-2:8080").verdict).toBe("name-not-found")
  expect(ask(shopTable, "outside", "node-1:30036")).toMatchObject({
    dns: [],
    destination: "172.18.0.2",
    verdict: "delivered",
  })
})

test("odd names and ports never throw", () => {
  for (const to of [
    "",
    ".",
    "..",
    "a..b",
    "-",
    "999.1.1.1",
    "fd00::1",
    "☃",
    "x".repeat(3000),
    "0.0.0.0",
    "255.255.255.255",
  ])
    for (const from of ["frontend", "outside", "node-1"])
      for (const port of [0, -1, 70000, Number.NaN, 80])
        expect(ask(shopTable, from, "web:80", { to, port }).verdict).not.toBe("delivered")
})

test("[R78] an answer holds what fits into a message of 64 KiB", () => {
  const crowd = service("crowd", "None")
  const endpoints = Array.from({ length: 5000 }, (_, at) => ({ addresses: [`10.244.${at >> 8}.${at & 255}`] }))
  const table = tableOf({
    pods: [pod("frontend", "10.244.1.10", "x")],
    services: [crowd],
    slices: [slice(crowd, endpoints)],
  })
  expect(look("frontend", "crowd", "A", true, table).records).toHaveLength(4000)
  expect(look("frontend", "10-244-19-135.crowd", "A", true, table).records).toHaveLength(1)
})
