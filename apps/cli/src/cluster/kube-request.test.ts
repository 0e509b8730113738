import { describe, expect, test } from "vitest"
import { kubeRequest } from "./kube-request.ts"

const ask = (method: string, url: string, headers: Record<string, string> = {}, body = "") =>
  kubeRequest({ method, url, headers, body: Buffer.from(body) })

const yaml = (body: string) => ask("POST", "/api/v1/namespaces", { "content-type": "application/yaml" }, body)

describe("an HTTP request", () => {
  test("keeps its path and query, and of its headers what the API reads: never the token", () => {
    const headers = { accept: "application/json", authorization: "Bearer pass", cookie: "a=b", "user-agent": "kubectl" }
    expect(ask("GET", "/api/v1/pods?limit=5&labelSelector=a%3Db", headers)).toEqual({
      ok: true,
      value: {
        method: "GET",
        path: "/api/v1/pods?limit=5&labelSelector=a%3Db",
        headers: { accept: "application/json", "user-agent": "kubectl" },
      },
    })
  })

  test("may name the whole URL, as proxies are asked", () => {
    expect(ask("GET", "http://localhost:1/api/v1/pods?limit=5")).toMatchObject({
      value: { path: "/api/v1/pods?limit=5" },
    })
    expect(ask("GET", "https://localhost")).toMatchObject({ value: { path: "/" } })
    expect(ask("GET", "*")).toMatchObject({ ok: false, error: { status: 400 } })
  })

  test("HEAD asks like GET; methods that no resource has are refused", () => {
    expect(ask("HEAD", "/version")).toMatchObject({ value: { method: "GET" } })
    for (const method of ["OPTIONS", "TRACE", "CONNECT", "PROPFIND", "constructor"])
      expect(ask(method, "/version")).toMatchObject({ error: { status: 405, body: { reason: "MethodNotAllowed" } } })
  })

  test("hands JSON and patches on as they were sent, mistakes too", () => {
    for (const type of ["application/json", "application/json-patch+json", "application/apply-patch+yaml"])
      expect(ask("PATCH", "/api/v1/nodes/a", { "content-type": type }, '{"a":')).toMatchObject({
        value: { headers: { "content-type": type }, body: '{"a":' },
      })
  })
})

describe("a YAML body", () => {
  test("becomes a value, with YAML 1.1's words for true and false", () => {
    expect(yaml("kind: Namespace\nmetadata:\n  name: shop\nflag: yes\n")).toMatchObject({
      value: {
        headers: { "content-type": "application/json" },
        body: { kind: "Namespace", metadata: { name: "shop" }, flag: true },
      },
    })
  })

  test("ends with its first document, as for the API server", () =>
    expect(yaml("a: 1\n---\na: 2\n")).toMatchObject({ value: { body: { a: 1 } } }))

  test("of an apply patch keeps its content type", () => {
    const type = "application/apply-patch+yaml"
    expect(ask("PATCH", "/api/v1/nodes/a", { "content-type": type }, "kind: Node")).toMatchObject({
      value: { headers: { "content-type": type }, body: { kind: "Node" } },
    })
  })

  test.each([
    ["a mistake", "a: [1\n"],
    ["a key twice", "a: 1\na: 2\n"],
    ["infinity", "a: .inf\n"],
    [
      "an alias that grows without end",
      `a: &a [1,1]\n${[..."bcdefghijkl"].map((key, at, all) => `${key}: &${key} [${`*${all[at - 1] ?? "a"},`.repeat(9)}1]`).join("\n")}\n`,
    ],
    ["an alias to itself", "a: &a [*a]\n"],
    ["a depth without end", "[".repeat(200_000)],
  ])("with %s is a bad request", (_, body) => {
    expect(yaml(body)).toMatchObject({ ok: false, error: { status: 400, body: { reason: "BadRequest" } } })
  })

  test("cannot reach what objects inherit", () => {
    yaml("__proto__: {polluted: yes}\nconstructor: {prototype: {polluted: yes}}\n")
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
