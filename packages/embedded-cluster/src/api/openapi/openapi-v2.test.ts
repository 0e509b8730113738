import { describe, expect, test } from "vitest"
import { testApi } from "../test-api.ts"

type Json = Readonly<Record<string, unknown>>

const { api } = testApi()
const get = (accept: string) =>
  api.request({ method: "GET", path: "/openapi/v2", headers: { accept } }) as {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: unknown
  }

const document = JSON.parse(String(get("application/json").body)) as {
  readonly definitions: Readonly<Record<string, Json>>
  readonly paths: Readonly<Record<string, Json>>
}

/** Fields of a message: by number, as bytes or a number. */
const fieldsOf = (bytes: Uint8Array): ReadonlyMap<number, readonly (Uint8Array | number)[]> => {
  const fields = new Map<number, (Uint8Array | number)[]>()
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at] ?? 0
      at += 1
      value += (byte & 0x7f) * shift
      if (byte < 0x80) return value
    }
  }
  while (at < bytes.length) {
    const tag = varint()
    const size = varint()
    const value = tag % 8 === 2 ? bytes.subarray(at, at + size) : size
    if (tag % 8 === 2) at += size
    const known = fields.get(tag >> 3)
    if (known) known.push(value)
    else fields.set(tag >> 3, [value])
  }
  expect(at).toBe(bytes.length)
  return fields
}
const parts = (bytes: Uint8Array | undefined, field: number): readonly Uint8Array[] =>
  (bytes ? (fieldsOf(bytes).get(field) ?? []) : []).filter((each) => typeof each !== "number")
/** All our texts are ASCII. */
const asText = (bytes: Uint8Array): string => String.fromCharCode(...bytes)
const words = (bytes: Uint8Array | undefined, field: number): readonly string[] => parts(bytes, field).map(asText)
const find = (all: readonly Uint8Array[], name: string): Uint8Array | undefined =>
  parts(
    all.find((each) => words(each, 1)[0] === name),
    2,
  )[0]

describe("as JSON", () => {
  test("types say what strategic merges and validation ask for, without what Swagger 2.0 cannot say", () => {
    const name = "io.k8s.api.core.v1."
    const spec = document.definitions[`${name}ServiceSpec`]?.properties as Readonly<Record<string, Json>>
    expect(spec.ports).toMatchObject({
      type: "array",
      items: { $ref: `#/definitions/${name}ServicePort` },
      "x-kubernetes-patch-merge-key": "port",
      "x-kubernetes-patch-strategy": "merge",
    })
    expect(document.definitions[`${name}ServicePort`]?.required).toEqual(["port"])
    expect(JSON.stringify(document)).not.toContain('"allOf":[')
  })

  test("every type that is named is there", () => {
    const named = [...JSON.stringify(document).matchAll(/"#\/definitions\/([^"]+)"/g)].map(([, name = ""]) => name)
    expect(named.filter((name) => !Object.hasOwn(document.definitions, name))).toEqual([])
  })
})

describe("as Protocol Buffers", () => {
  const answer = get("application/com.github.proto-openapi.spec.v2@v1.0+protobuf")
  const bytes = answer.body as Uint8Array

  test("has the content type that names the form", () => {
    expect(answer).toMatchObject({
      status: 200,
      headers: { "content-type": "application/com.github.proto-openapi.spec.v2.v1.0+protobuf" },
    })
    expect(words(bytes, 1)).toEqual(["2.0"])
  })

  test("says the same of each type as the JSON document: its fields and which of them are required", () => {
    const definitions = parts(parts(bytes, 9)[0], 1)
    expect(definitions).toHaveLength(Object.keys(document.definitions).length)
    const byName = new Map(definitions.map((each) => [words(each, 1)[0], parts(each, 2)[0]]))
    for (const [name, schema] of Object.entries(document.definitions)) {
      const found = byName.get(name)
      const properties = parts(parts(found, 25)[0], 1).flatMap((each) => words(each, 1))
      expect([name, properties]).toEqual([name, Object.keys(schema.properties ?? {})])
      expect([name, words(found, 19)]).toEqual([name, schema.required ?? []])
    }
  })

  test("an extension is JSON text, which is YAML", () => {
    const port = find(parts(parts(bytes, 9)[0], 1), "io.k8s.api.core.v1.Service")
    const extension = parts(port, 31)[0]
    expect(words(extension, 1)).toEqual(["x-kubernetes-group-version-kind"])
    expect(words(parts(extension, 2)[0], 2)).toEqual(['[{"group":"","version":"v1","kind":"Service"}]'])
  })

  test("a patch takes dryRun, which clients look for", () => {
    const item = find(parts(parts(bytes, 8)[0], 2), "/api/v1/namespaces/{namespace}/services/{name}")
    const patch = parts(item, 8)[0]
    const queries = parts(patch, 8).flatMap((each) => parts(parts(parts(parts(each, 1)[0], 2)[0], 3)[0], 4))
    expect(queries.map(asText)).toContain("dryRun")
  })
})

test("other forms are refused", () => {
  expect(get("text/csv").status).toBe(406)
  expect(get("text/csv, */*;q=0.1").headers["content-type"]).toBe("application/json")
})
