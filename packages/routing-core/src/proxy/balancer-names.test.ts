import { parseCIDR, type Service } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import { resolve } from "../dns/resolver.ts"
import { compile, update } from "../table/compile.ts"
import { ask, shop } from "../testing/shop.ts"
import { origin, service, stateOf, summary, tableOf } from "../testing/world.ts"
import { iptablesRules } from "../views/iptables/rules.ts"
import { iptablesText } from "../views/iptables/save-text.ts"
import { nftablesRuleset } from "../views/nftables/ruleset.ts"
import { balancerAddresses } from "./balancer-names.ts"

const NAME = "a5d8-0123456789abcdef.elb.eu-central-1.amazonaws.com"
const BLOCK = "198.18.0.0/15"

const withName = (base: Service, hostname: string): Service => ({
  ...base,
  status: { loadBalancer: { ingress: [{ hostname }] } },
})

const named = (more: object = {}): Service =>
  withName(
    service("web-cloud", "10.96.0.60", {
      type: "LoadBalancer",
      ports: [{ name: "http", port: 80, targetPort: 8080, nodePort: 31170 }],
      ...more,
    }),
    NAME,
  )

const worldWith = (...more: readonly Service[]) => ({
  ...shop,
  services: [...shop.services, ...more],
  config: { loadBalancer: "proxy", balancerNames: BLOCK } as const,
})
const cloud = tableOf(worldWith(named()))
const block = parseCIDR(BLOCK)
const addresses = balancerAddresses(block.ok ? block.value : undefined, NAME)

describe("a load balancer with a host name", () => {
  test("has two addresses of the block, which follow from its name", () => {
    expect(addresses).toHaveLength(2)
    expect(addresses.map((ip) => ip.split(".").slice(0, 2).join("."))).toEqual(["198.18", "198.19"])
    expect(balancerAddresses(block.ok ? block.value : undefined, `${NAME.toUpperCase()}.`)).toEqual(addresses)
    expect(balancerAddresses(undefined, NAME)).toEqual([])
  })

  test.each(["outside", "frontend", "node-1"])("[R91] resolves for %s, by way of kube-dns too", (client) => {
    const found = resolve(cloud, origin(client), NAME, "A", { search: false })
    expect(found.records).toEqual(addresses.map((data) => ({ name: `${NAME}.`, ttl: 60, type: "A", data })))
    expect(found.certainty).toBe("environment")
    expect(found.steps.at(-1)?.rule).toBe("R91")
    expect(resolve(cloud, origin(client), NAME, "AAAA", { search: false })).toMatchObject({
      rcode: "NOERROR",
      records: [],
    })
  })

  test.each(["outside", "frontend", "node-1"])("[R91] takes %s to a node port, as a proxy does", (client) => {
    const found = ask(cloud, client, `${NAME}:80`)
    expect(found.hops.map((hop) => hop.rule)).toContain("R42")
    expect(found.verdict).toBe("delivered")
    expect(found.certainty).toBe("environment")
    expect(ask(cloud, client, `${NAME}:81`)).toMatchObject({
      verdict: "refused",
      failure: { code: "load-balancer-wrong-port" },
    })
  })

  test("is known as long as a Service has it in its status", () => {
    const other = NAME.replace("a5d8", "a5d9")
    expect(ask(cloud, "outside", `${other}:80`).failure?.code).toBe("name-not-found")
    const gone = update(cloud, { kind: "service", namespace: "shop", name: "web-cloud", value: undefined })
    expect(gone.ok && ask(gone.value, "outside", `${NAME}:80`).failure?.code).toBe("name-not-found")
    expect(gone.ok && summary(ask(gone.value, "container", `${addresses[0]}:80`))).toContain("environment")
  })

  test("may be an alias's target", () => {
    const alias = { ...service("alias-cloud", ""), spec: { type: "ExternalName", externalName: NAME } as const }
    const table = tableOf(worldWith(named(), alias))
    expect(ask(table, "frontend", "alias-cloud:80").verdict).toBe("delivered")
  })

  test("is the same whether its Service was there from the start or came later", () => {
    const { endpointSlices } = stateOf(worldWith(named()))
    const before = compile({ ...stateOf(worldWith()), endpointSlices })
    if (!before.ok) throw new Error(before.error.message)
    const later = update(before.value, { kind: "service", namespace: "shop", name: "web-cloud", value: named() })
    if (!later.ok) throw new Error(later.error.message)
    for (const client of ["outside", "frontend"])
      expect(ask(later.value, client, `${NAME}:80`)).toEqual(ask(cloud, client, `${NAME}:80`))
  })

  test("[R91] is nothing that kube-proxy knows of", () => {
    const plain = tableOf(worldWith({ ...named(), status: { loadBalancer: {} } }))
    expect(iptablesText(iptablesRules(cloud, "node-1", "IPv4"))).toBe(
      iptablesText(iptablesRules(plain, "node-1", "IPv4")),
    )
    expect(nftablesRuleset(cloud, "node-1", "IPv4")).toEqual(nftablesRuleset(plain, "node-1", "IPv4"))
  })

  test("load-balancer-name-unknown: without the block its environment is not known", () => {
    const table = tableOf({ ...worldWith(named()), config: { loadBalancer: "proxy" } })
    const found = ask(table, "frontend", `${NAME}:80`)
    expect(found).toMatchObject({ certainty: "environment", failure: { code: "load-balancer-name-unknown" } })
    expect(found.failure?.message).toContain("not known here")
    expect(found.failure?.cause?.object.name).toBe("web-cloud")
  })

  test.each(["198.18.0.0", "198.18.0.0/31", "cloud"])("refuses the block %j", (balancerNames) => {
    const compiled = compile(stateOf({ ...worldWith(), config: { balancerNames } }))
    expect(compiled).toMatchObject({ ok: false, error: { path: "config.balancerNames" } })
  })
})
