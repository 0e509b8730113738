import { describe, expect, test } from "vitest"
import { kubeRequest } from "./kube-request.ts"

const ask = (method: string, url: string, headers: Record<string, string> = {}, body = "") =>
  kubeRequest({ method, url, headers, body: Buffer.from(body) })

const yaml = (body: string) => ask("POST", "/api/v1/namespaces", { "content-type": "application/yaml" }, body)

describe("an HTTP request", () => {
  test("keeps its path and query, and of its headers what the API reads: never the token", async () => {
    const headers = { accept: "application/json", authorization: "Bearer pass", cookie: "a=b", "user-agent": "kubectl" }
    expect(await ask("GET", "/api/v1/pods?limit=5&labelSelector=a%3Db", headers)).toEqual({
      ok: true,
      value: {
        method: "GET",
        path: "/api/v1/pods?limit=5&labelSelector=a%3Db",
        headers: { accept: "application/json", "user-agent": "kubectl" },
      },
    })
  })

  test("may name the whole URL, as proxies are asked", async () => {
    expect(await ask("GET", "http://localhost:1/api/v1/pods?limit=5")).toMatchObject({
      value: { path: "/api/v1/pods?limit=5" },
    })
    expect(await ask("GET", "https://localhost")).toMatchObject({ value: { path: "/" } })
    expect(await ask("GET", "*")).toMatchObject({ ok: false, error: { status: 400 } })
  })

  test("HEAD asks like GET; methods that no resource has are refused", async () => {
    expect(await ask("HEAD", "/version")).toMatchObject({ value: { method: "GET" } })
    for (const method of ["OPTIONS", "TRACE", "CONNECT", "PROPFIND", "constructor"])
      expect(await ask(method, "/version")).toMatchObject({
        error: { status: 405, body: { reason: "MethodNotAllowed" } },
      })
  })

  test("hands JSON and patches on as they were sent, mistakes too", async () => {
    for (const type of ["application/json", "application/json-patch+json", "application/apply-patch+yaml"])
      expect(await ask("PATCH", "/api/v1/nodes/a", { "content-type": type }, '{"a":')).toMatchObject({
        value: { headers: { "content-type": type }, body: '{"a":' },
      })
  })
})

describe("a YAML body", () => {
  test("becomes a value, with YAML 1.1's words for true and false", async () => {
    expect(await yaml("kind: Namespace\nmetadata:\n  name: shop\nflag: yes\n")).toMatchObject({
      value: {
        headers: { "content-type": "application/json" },
        body: { kind: "Namespace", metadata: { name: "shop" }, flag: true },
      },
    })
  })

  test("of an apply patch keeps its content type", async () => {
    const type = "application/apply-patch+yaml"
    expect(await ask("PATCH", "/api/v1/nodes/a", { "content-type": type }, "kind: Node")).toMatchObject({
      value: { headers: { "content-type": type }, body: { kind: "Node" } },
    })
  })

  test.each([
    ["a mistake", "a: [1\n"],
    ["a key twice", "a: 1\na: 2\n"],
    ["two documents", "a: 1\n---\na: 2\n"],
    ["infinity", "a: .inf\n"],
    [
      "an alias that grows without end",
      `a: &a [1,1]\n${[..."bcdefghijkl"].map((key, at, all) => `${key}: &${key} [${`*${all[at - 1] ?? "a"},`.repeat(9)}1]`).join("\n")}\n`,
    ],
    ["an alias to itself", "a: &a [*a]\n"],
    ["a depth without end", "[".repeat(200_000)],
  ])("with %s is a bad request", async (_, body) => {
    expect(await yaml(body)).toMatchObject({ ok: false, error: { status: 400, body: { reason: "BadRequest" } } })
  })

  test("takes time in proportion to its length, whatever it holds", async () => {
    const keys = Array.from({ length: 40_000 }, (_, index) => `k${index}: 1`).join("\n")
    for (const body of [keys, "&a ".repeat(300_000), "- ".repeat(500_000), "? ".repeat(500_000)])
      expect((await yaml(body)).ok).toBe(body === keys)
  })

  test("cannot reach what objects inherit", async () => {
    await yaml("__proto__: {polluted: yes}\nconstructor: {prototype: {polluted: yes}}\n")
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
