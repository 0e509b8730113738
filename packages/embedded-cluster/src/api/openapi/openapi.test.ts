import { describe, expect, test } from "vitest"
import recorded from "../../golden/openapi-v3.json" with { type: "json" }
import { testApi } from "../test-api.ts"

type Json = Readonly<Record<string, unknown>>

const { api } = testApi()
const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  api.request({ method: "GET", path, headers }) as {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: unknown
  }
const json = (path: string): Json => JSON.parse(String(get(path).body)) as Json

/** Texts are ours; the order of `required` says nothing. */
const bare = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(bare)
  if (typeof value !== "object" || value === null) return value
  const kept = Object.entries(value).filter(([key, each]) => key !== "description" || typeof each !== "string")
  return Object.fromEntries(
    kept.map(([key, each]) => [key, key === "required" && Array.isArray(each) ? each.toSorted() : bare(each)]),
  )
}

const core = json("/openapi/v3/api/v1") as {
  readonly paths: Json
  readonly components: { readonly schemas: Json }
}

describe("the schemas", () => {
  test.each(Object.entries(recorded.schemas))("%s is as a real server describes it", (name, schema) => {
    expect(bare(core.components.schemas[name])).toEqual(schema)
  })

  test("every type that is named is there, in every document", () => {
    const { paths } = json("/openapi/v3") as { readonly paths: Readonly<Record<string, Json>> }
    for (const [key, { serverRelativeURL }] of Object.entries(paths)) {
      const text = String(get(String(serverRelativeURL)).body)
      const { components } = JSON.parse(text) as typeof core
      const named = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name = ""]) => name)
      expect([key, named.filter((name) => !Object.hasOwn(components.schemas, name))]).toEqual([key, []])
    }
  })

  test("no type is without fields but those that have none", () => {
    const empty = Object.entries(core.components.schemas)
      .filter(([, schema]) => (schema as Json).type === "object" && !(schema as Json).properties)
      .map(([name]) => name)
    expect(empty).toEqual([
      "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1",
      "io.k8s.apimachinery.pkg.apis.meta.v1.Patch",
    ])
  })
})

describe("the paths", () => {
  test.each(Object.entries(recorded.paths))("%s takes and answers what it does on a real server", (path, item) => {
    expect(bare(core.paths[path])).toEqual(item)
  })
})

describe("the index", () => {
  const { paths } = json("/openapi/v3") as { readonly paths: Readonly<Record<string, { serverRelativeURL: string }>> }

  test("leads to a document for each version of a group", () => {
    expect(Object.keys(paths)).toContain("apis/apps/v1")
    const url = paths["apis/apps/v1"]?.serverRelativeURL ?? ""
    expect(url).toMatch(/^\/openapi\/v3\/apis\/apps\/v1\?hash=[0-9A-F]{32}$/)
    expect(get(url)).toMatchObject({ status: 200, headers: { "content-type": "application/json" } })
  })

  test("a document may be kept for good under its hash, and another hash leads to it", () => {
    const url = paths["apis/apps/v1"]?.serverRelativeURL ?? ""
    expect(get(url).headers["cache-control"]).toBe("public, immutable, max-age=31536000")
    expect(get("/openapi/v3/apis/apps/v1").headers["cache-control"]).toBe("no-cache, private")
    expect(get("/openapi/v3/apis/apps/v1?hash=OLD")).toMatchObject({ status: 301, headers: { location: url } })
  })

  test("a client that has a document is not sent it again", () => {
    const { headers, status } = get("/openapi/v3/api/v1")
    expect(status).toBe(200)
    expect(get("/openapi/v3/api/v1", { "if-none-match": headers.etag ?? "" })).toMatchObject({ status: 304, body: "" })
    expect(get("/openapi/v3/api/v1", { "if-none-match": '"other"' }).status).toBe(200)
  })

  test("there are no documents of groups that are not served", () => {
    expect(get("/openapi/v3/apis/nope/v1")).toMatchObject({ status: 404, body: "404 page not found\n" })
  })
})
