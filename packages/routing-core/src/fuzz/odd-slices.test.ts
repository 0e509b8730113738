import { expect, test } from "vitest"
import { ask, shop } from "../testing/shop.ts"
import { service, slice, summary, tableOf } from "../testing/world.ts"

const web = service("web", "10.96.0.20")
const asked = (...slices: readonly ReturnType<typeof slice>[]) =>
  summary(ask(tableOf({ ...shop, services: [web], slices }), "frontend", "10.96.0.20:80"))

test("kube-proxy ignores an address that is not of its slice's family", () => {
  const both = [{ addresses: ["10.244.1.11"] }, { addresses: ["fd00::11"] }]
  expect(asked(slice(web, both))).toBe("delivered: web-1 sees 10.244.1.10")
  expect(asked({ ...slice(web, both), addressType: "IPv6" })).toBe("refused: no-endpoints-not-yet")
})

test("kube-proxy ignores port 0, a port without a number and a slice of names", () => {
  const endpoints = [{ addresses: ["10.244.1.11"] }]
  const port = { name: "http", protocol: "TCP" } as const
  expect(asked({ ...slice(web, endpoints), ports: [{ ...port, port: 0 }] })).toBe("refused: no-endpoints-not-yet")
  expect(asked({ ...slice(web, endpoints), ports: [port] })).toBe("refused: no-endpoints-not-yet")
  expect(asked({ ...slice(web, endpoints), addressType: "FQDN" })).toBe("refused: no-endpoints-not-yet")
})
