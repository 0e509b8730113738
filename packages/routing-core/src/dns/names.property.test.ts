import type { Endpoint, EndpointSlice, Service } from "@pilotage/kube-model"
import fc from "fast-check"
import { expect, test } from "vitest"
import { findSender } from "../path/sender.ts"
import { compile, update } from "../table/compile.ts"
import { indexesOf } from "../table/compiled-table.ts"
import type { RoutingTable } from "../table/table.ts"
import { origin, pod, stateOf } from "../testing/world.ts"
import { answerQuery } from "./answer-query.ts"
import { lookUpHost } from "./host-lookup.ts"
import { lookUpAgain } from "./lookup-memory.ts"
import { resolve } from "./resolver.ts"
import { kubeadmZone } from "./zone-config.ts"

const SEED = 20_261_121
const RUNS = { seed: SEED, numRuns: 150 }

const NAMESPACES = ["shop", "test"]
const NAMES = ["web", "db", "shop", "svc", "a"]

interface Plan {
  readonly name: string
  readonly namespace: string
  readonly kind: "cluster" | "dual" | "headless" | "alias"
  readonly target: string
  readonly endpoints: readonly { readonly at: number; readonly ready: boolean; readonly hostname: string | undefined }[]
}

const plan: fc.Arbitrary<Plan> = fc.record({
  name: fc.constantFrom(...NAMES),
  namespace: fc.constantFrom(...NAMESPACES),
  kind: fc.constantFrom("cluster", "dual", "headless", "alias"),
  target: fc.constantFrom(
    "web.shop.svc.cluster.local",
    "a.test.svc.cluster.local.",
    "node-2",
    "example.org",
    "192.0.2.7",
  ),
  endpoints: fc.array(
    fc.record({
      at: fc.integer({ min: 1, max: 9 }),
      ready: fc.boolean(),
      hostname: fc.option(fc.constantFrom("db-0", "one"), { nil: undefined }),
    }),
    { maxLength: 4 },
  ),
})

const plans = fc.uniqueArray(plan, { selector: ({ name, namespace }) => `${namespace}/${name}`, maxLength: 6 })

const serviceOf = ({ name, namespace, kind, target }: Plan, index: number): Service => {
  const v4 = `10.96.0.${20 + index}`
  const ports = [{ name: "http", port: 80, targetPort: 8080 }]
  const metadata = { name, namespace }
  const head = { apiVersion: "v1", kind: "Service", metadata, status: { loadBalancer: {} } } as const
  if (kind === "alias") return { ...head, spec: { type: "ExternalName", externalName: target } }
  if (kind === "headless") return { ...head, spec: { clusterIP: "None", ports } }
  const clusterIPs = kind === "dual" ? [v4, `fd00:96::${20 + index}`] : [v4]
  return { ...head, spec: { clusterIP: v4, clusterIPs, ports } }
}

const sliceOf = ({ name, namespace, endpoints }: Plan): EndpointSlice => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: `${name}-1`, namespace, labels: { "kubernetes.io/service-name": name } },
  addressType: "IPv4",
  ports: [{ name: "http", port: 8080, protocol: "TCP" }],
  endpoints: endpoints.map(
    ({ at, ready, hostname }): Endpoint => ({
      addresses: [`10.244.1.${at}`],
      conditions: { ready },
      ...(hostname ? { hostname } : {}),
    }),
  ),
})

const tableOf = (all: readonly Plan[]): RoutingTable => {
  const pods = [
    pod("client", "10.244.1.100", "x"),
    pod("both", "10.244.1.101", "x", { secondIP: "fd00:244::101" }),
    pod("there", "10.244.1.102", "x", { namespace: "test" }),
  ]
  const state = stateOf({ pods, services: all.map(serviceOf), slices: all.map(sliceOf) })
  const table = compile(state)
  if (!table.ok) throw new Error(table.error.message)
  return table.value
}

const asked = fc.oneof(
  fc.constantFrom(...NAMES),
  fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMESPACES)).map((labels) => labels.join(".")),
  fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMESPACES)).map((labels) => `${labels.join(".")}.svc`),
  fc.constantFrom(
    "node-2",
    "example.org",
    "10-9-9-9.shop.pod",
    "web.shop.svc.cluster.local",
    "one.db",
    "cluster.local",
  ),
)

const CLIENT = origin("client")
const TYPES = ["A", "AAAA", "SRV", "CNAME"] as const

test("[R2] what the search list finds is what the complete name says", () => {
  fc.assert(
    fc.property(plans, asked, fc.constantFrom(...TYPES), (all, name, type) => {
      const table = tableOf(all)
      const found = resolve(table, CLIENT, name, type, { search: true })
      for (const step of found.steps) {
        const direct = resolve(table, CLIENT, step.query, type, { search: true })
        expect(direct.steps).toEqual([step])
        const loud = resolve(table, CLIENT, step.query.toUpperCase(), type, { search: false })
        // The targets of SRV records end as the query spells the zone.
        expect([loud.rcode, loud.records.map(({ data }) => data.toLowerCase())]).toEqual([step.rcode, step.answers])
      }
      const answered = found.steps.filter((step) => step.answers.length > 0)
      expect(answered).toEqual(found.records.length > 0 ? found.steps.slice(-1) : [])
    }),
    RUNS,
  )
})

test("[R75] a program's addresses are those of the A and AAAA queries, whether their story is told or not", () => {
  fc.assert(
    fc.property(plans, asked, fc.constantFrom("client", "both", "node-1", "outside"), (all, name, from) => {
      const table = tableOf(all)
      const indexes = indexesOf(table)
      const sender = findSender(indexes, origin(from))
      if (sender.kind === "problem") throw new Error(sender.message)
      const told = lookUpHost(indexes, sender, name, true)
      expect(lookUpHost(indexes, sender, name, false)).toEqual({ ...told, steps: [] })
      if (told.rule === "R15") return
      const last = told.steps.at(-1)?.query ?? name
      const direct = (type: "A" | "AAAA") =>
        resolve(table, origin(from), last, type, { search: false }).records.flatMap((record) =>
          record.type === type ? [record.data] : [],
        )
      expect([...told.addresses, ...told.otherAddresses].sort()).toEqual([...direct("A"), ...direct("AAAA")].sort())
    }),
    RUNS,
  )
})

test("[R2] a name that was asked for before leads where it leads without memory, from every namespace", () => {
  fc.assert(
    fc.property(plans, fc.array(fc.tuple(asked, fc.boolean()), { maxLength: 12 }), (all, questions) => {
      const indexes = indexesOf(tableOf(all))
      for (const [name, elsewhere] of questions) {
        const from = {
          kind: "pod",
          namespace: elsewhere ? "test" : "shop",
          name: elsewhere ? "there" : "client",
        } as const
        const sender = findSender(indexes, from)
        if (sender.kind === "problem") throw new Error(sender.message)
        expect(lookUpAgain(indexes, sender, name, false)).toEqual(lookUpHost(indexes, sender, name, false))
        expect(lookUpAgain(indexes, sender, name, true)).toEqual(lookUpHost(indexes, sender, name, true))
      }
    }),
    RUNS,
  )
})

test("[R11] the reverse name of a cluster IP leads to its Service, and of an endpoint to a name with that address", () => {
  fc.assert(
    fc.property(plans, (all) => {
      const table = tableOf(all)
      for (const [index, each] of all.entries()) {
        const service = serviceOf(each, index)
        for (const ip of service.spec.clusterIPs ?? []) {
          const names = resolve(table, CLIENT, ip, "PTR", { search: false }).records.map(({ data }) => data)
          expect(names).toEqual([`${each.name}.${each.namespace}.svc.cluster.local.`])
        }
        for (const { at, ready } of each.endpoints) {
          if (!ready) continue
          const ip = `10.244.1.${at}`
          const names = resolve(table, CLIENT, ip, "PTR", { search: false }).records.map(({ data }) => data)
          expect(names.length).toBeGreaterThan(0)
          for (const name of names) {
            if (name.includes(`.${each.name}.${each.namespace}.`) && each.kind === "alias") continue
            const back = resolve(table, CLIENT, name, "A", { search: false })
            if (back.rcode === "NOERROR") expect(back.records.map(({ data }) => data)).toContain(ip)
          }
        }
      }
    }),
    RUNS,
  )
})

test("[R10] the targets of SRV records have the addresses that come along", () => {
  fc.assert(
    fc.property(plans, fc.constantFrom(...NAMES), fc.constantFrom(...NAMESPACES), (all, name, namespace) => {
      const table = tableOf(all)
      const zone = kubeadmZone(table.state.config)
      const message = answerQuery(table, zone, {
        name: `_http._tcp.${name}.${namespace}.svc.cluster.local.`,
        type: "SRV",
      })
      for (const record of message?.extra ?? []) {
        const found = answerQuery(table, zone, { name: record.name, type: record.type })
        expect(found?.answer).toContainEqual(record)
      }
      const targets = (message?.answer ?? []).map(({ data }) => data.split(" ")[3])
      expect(new Set(targets)).toEqual(new Set((message?.extra ?? []).map((record) => record.name)))
    }),
    RUNS,
  )
})

test("[R7] a name exists for every type or for none, and an answer has records or the zone's SOA", () => {
  fc.assert(
    fc.property(plans, asked, (all, name) => {
      const table = tableOf(all)
      const zone = kubeadmZone(table.state.config)
      for (const suffix of ["shop.svc.cluster.local.", "svc.cluster.local.", "cluster.local."]) {
        const messages = ["A", "AAAA", "SRV", "CNAME", "MX", "ANY"].map((type) =>
          answerQuery(table, zone, { name: `${name}.${suffix}`, type }),
        )
        expect(new Set(messages.map((message) => message?.rcode)).size).toBe(1)
        for (const message of messages) {
          expect(message?.authoritative).toBe(true)
          expect(message?.ns.length).toBe(message?.answer.length ? 0 : 1)
        }
      }
    }),
    RUNS,
  )
})

test("after a change names say what they say in a cluster that was always so", () => {
  fc.assert(
    fc.property(plans, plans, asked, (before, after, name) => {
      let table = tableOf(before)
      const read = (each: RoutingTable) =>
        (["A", "AAAA", "SRV"] as const).map((type) => resolve(each, CLIENT, name, type, { search: true }))
      read(table)
      for (const [kind, oldOnes, newOnes] of [
        ["service", before.map(serviceOf), after.map(serviceOf)],
        ["endpointSlice", before.map(sliceOf), after.map(sliceOf)],
      ] as const) {
        const names = new Map<string, Service | EndpointSlice | undefined>()
        for (const { metadata } of oldOnes) names.set(`${metadata.namespace}/${metadata.name}`, undefined)
        for (const each of newOnes) names.set(`${each.metadata.namespace}/${each.metadata.name}`, each)
        for (const [key, value] of names) {
          const [namespace = "", own = ""] = key.split("/")
          const change =
            kind === "service"
              ? { kind, namespace, name: own, value: value?.kind === "Service" ? value : undefined }
              : { kind, namespace, name: own, value: value?.kind === "EndpointSlice" ? value : undefined }
          const next = update(table, change)
          if (!next.ok) throw new Error(next.error.message)
          table = next.value
        }
      }
      expect(read(table)).toEqual(read(tableOf(after)))
    }),
    RUNS,
  )
})
