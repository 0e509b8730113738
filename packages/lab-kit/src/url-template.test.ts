import { expect, test } from "vitest"
import { asksFor, parseTarget, parseUrlTemplate, type Target } from "./url-template.ts"

const target = (url: string): Target => {
  const parsed = parseTarget(url)
  if (!parsed) throw new Error(`${url} is no URL`)
  return parsed
}

test("a URL is read as curl reads it", () => {
  expect(target("web")).toEqual({ scheme: "http", host: "web", port: 80, path: "/", hasPath: false })
  expect(target("https://Web.Shop/a?b")).toMatchObject({ scheme: "https", host: "web.shop", port: 443, path: "/a?b" })
  expect(target("http://172.18.0.2:30036/hostname")).toMatchObject({ host: "172.18.0.2", port: 30036 })
})

test.each(["", "ftp://web", "http://", "http://web:99999", "http://a b", "http://web:0"])("%j is no URL", (url) => {
  expect(parseTarget(url)).toBeUndefined()
})

test("without a path any path of the same server is what was asked for", () => {
  expect(asksFor(target("http://web"), target("web:80/hostname"))).toBe(true)
  expect(asksFor(target("http://web/hostname"), target("http://web"))).toBe(false)
  expect(asksFor(target("http://web"), target("http://web:8080"))).toBe(false)
  expect(asksFor(target("http://web"), target("https://web:80"))).toBe(false)
})

test("placeholders are known by their kind, and anything else in braces is refused", () => {
  expect(parseUrlTemplate("http://{nodeIP:node-1}:{nodePort:shop/web}/x")).toEqual({
    ok: true,
    value: ["http://", { kind: "nodeIP", of: "node-1" }, ":", { kind: "nodePort", of: "shop/web" }, "/x"],
  })
  expect(parseUrlTemplate("{env:frontend/BACKEND_URL}").ok).toBe(true)
  expect(parseUrlTemplate("http://{podIP:web-0}")).toMatchObject({ ok: false })
})
