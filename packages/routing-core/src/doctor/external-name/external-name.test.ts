import type { Service, ServiceSpec } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import { pod } from "../../testing/world.ts"
import { codes, finding, WEB } from "../diagnosed.ts"

const alias = (name: string, externalName: string, more: ServiceSpec = {}): Service => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: "shop" },
  spec: { type: "ExternalName", externalName, ...more },
})
const world = (...services: readonly Service[]) => ({
  pods: [pod("web-1", "10.244.1.11", "web")],
  services: [WEB, ...services],
})
const ALIAS = "web.shop.svc.cluster.local"

describe("[R6] an ExternalName", () => {
  test("for a name outside, or a Service that is there, is fine", () => {
    expect(codes(world(alias("db", "db.example.com"), alias("a", ALIAS), alias("b", `${ALIAS}.`)))).toEqual([])
  })

  test("is a name, not an address (external-name-is-address)", () => {
    expect(codes(world(alias("db", "192.0.2.1")))).toEqual(["error external-name-is-address"])
  })

  test("goes round in a circle (external-name-loop)", () => {
    const circle = world(alias("a", "b.shop.svc.cluster.local"), alias("b", "a.shop.svc.cluster.local"))
    expect(codes(circle)).toEqual(["error external-name-loop", "error external-name-loop"])
    const self = finding(world(alias("a", "a.shop.svc.cluster.local")), "external-name-loop")
    expect(self.message).toContain("an alias for itself")
  })

  test("leads to a Service that is not there, and to the one that was meant (external-name-not-found)", () => {
    const found = finding(world(alias("a", "web.stage.svc.cluster.local")), "external-name-not-found")
    expect(found.message).toContain(
      "Service web in namespace stage, which does not exist; there is web in namespace shop",
    )
    expect(found.fix).toBe(`Set externalName to ${ALIAS}.`)
  })

  test("is not looked up as a short name (external-name-too-short)", () => {
    expect(finding(world(alias("a", "web.shop")), "external-name-too-short").fix).toBe(`Set externalName to ${ALIAS}.`)
    expect(codes(world(alias("a", "web")))).toEqual(["error external-name-too-short"])
    expect(codes(world(alias("a", "web.shop.svc")))).toEqual(["error external-name-too-short"])
  })

  test("does not map ports (external-name-port-not-mapped)", () => {
    expect(codes(world(alias("a", "db.example.com", { ports: [{ port: 5432 }] })))).toEqual([])
    expect(codes(world(alias("a", "db.example.com", { ports: [{ port: 80, targetPort: 5432 }] })))).toEqual([
      "warning external-name-port-not-mapped",
    ])
  })
})
