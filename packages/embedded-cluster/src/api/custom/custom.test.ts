import type { KubeObject, KubeRequest, KubeResponse } from "@pilotage/kube-model"
import { beforeEach, describe, expect, test } from "vitest"
import { testApi } from "../test-api.ts"

let { api } = testApi()

const ask = (method: KubeRequest["method"], path: string, body?: object, more: object = {}): KubeResponse =>
  api.request({
    method,
    path,
    headers: { "content-type": method === "PATCH" ? "application/merge-patch+json" : "application/json", ...more },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }) as KubeResponse

const CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
const WIDGETS = "/apis/shop.example.com/v1/namespaces/default/widgets"

const spec = {
  type: "object",
  required: ["size"],
  properties: {
    size: { type: "integer", minimum: 1, maximum: 10 },
    color: { type: "string", enum: ["red", "green"], default: "red" },
    code: { type: "string", pattern: "^[a-z]+$", maxLength: 5 },
    replicas: { type: "integer", default: 1 },
    parts: {
      type: "array",
      items: { type: "object", required: ["name"], properties: { name: { type: "string" }, n: { type: "integer" } } },
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["name"],
    },
    port: { "x-kubernetes-int-or-string": true },
    free: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
  },
}
const schema = {
  type: "object",
  required: ["spec"],
  properties: { spec, status: { type: "object", properties: { replicas: { type: "integer" } } } },
}
const version = (name: string, storage: boolean) => ({
  name,
  served: true,
  storage,
  schema: { openAPIV3Schema: schema },
  subresources: { status: {}, scale: { specReplicasPath: ".spec.replicas", statusReplicasPath: ".status.replicas" } },
  additionalPrinterColumns: [
    { name: "Size", type: "integer", jsonPath: ".spec.size" },
    { name: "Second", type: "string", jsonPath: '.spec.parts[?(@.name=="b")].n' },
  ],
})
const definition = {
  metadata: { name: "widgets.shop.example.com" },
  spec: {
    group: "shop.example.com",
    scope: "Namespaced",
    names: { plural: "widgets", kind: "Widget", shortNames: ["wd"] },
    versions: [version("v1beta1", false), version("v1", true)],
  },
}
const widget = (name: string, given: object) => ({
  apiVersion: "shop.example.com/v1",
  kind: "Widget",
  metadata: { name },
  spec: given,
})
const create = (given: object): KubeResponse => ask("POST", WIDGETS, widget("a", given))

beforeEach(() => {
  api = testApi().api
  expect(ask("POST", CRDS, definition).status).toBe(201)
})

test("a definition is established at once, and its resource discovered with the newest version first", () => {
  expect(ask("GET", `${CRDS}/widgets.shop.example.com`).body).toMatchObject({
    metadata: { generation: 1 },
    spec: { names: { singular: "widget", listKind: "WidgetList" }, conversion: { strategy: "None" } },
    status: {
      conditions: [
        { type: "NamesAccepted", status: "True" },
        { type: "Established", status: "True" },
      ],
    },
  })
  expect(ask("GET", "/apis/shop.example.com").body).toMatchObject({ preferredVersion: { version: "v1" } })
  expect(ask("GET", "/apis/shop.example.com/v1").body).toMatchObject({
    resources: [{ name: "widgets", shortNames: ["wd"] }, { name: "widgets/status" }, { name: "widgets/scale" }],
  })
  const document = ask("GET", "/openapi/v3/apis/shop.example.com/v1").body as string
  expect(JSON.parse(document).components.schemas["com.example.shop.v1.Widget"]).toMatchObject({ properties: { spec } })
})

test("an object gets the defaults of its schema, loses what that does not name, and counts its generations", () => {
  const made = create({ size: 3, extra: 1, free: { any: [1] } })
  expect(made.status).toBe(201)
  expect(made.headers?.warning).toBe('299 - "unknown field \\"spec.extra\\""')
  expect((made.body as KubeObject).spec).toEqual({ size: 3, color: "red", replicas: 1, free: { any: [1] } })
  expect(ask("PATCH", `${WIDGETS}/a`, { spec: { size: 4 } }).body).toMatchObject({ metadata: { generation: 2 } })
  const status = ask("PATCH", `${WIDGETS}/a/status`, { status: { replicas: 2 }, spec: { size: 9 } })
  expect(status.body).toMatchObject({ metadata: { generation: 2 }, spec: { size: 4 }, status: { replicas: 2 } })
})

describe("what the schema does not allow is refused in the words of a real server", () => {
  test.each([
    [{ size: "x" }, 'spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"'],
    [{}, "spec.size: Required value"],
    [{ size: 11 }, "spec.size: Invalid value: 11: spec.size in body should be less than or equal to 10"],
    [{ size: 1, color: "blue" }, 'spec.color: Unsupported value: "blue": supported values: "red", "green"'],
    [{ size: 1, code: "A" }, `spec.code: Invalid value: "A": spec.code in body should match '^[a-z]+$'`],
    [{ size: 1, code: "abcdef" }, "spec.code: Too long: may not be more than 5 bytes"],
    [{ size: 1, parts: [{ n: 1 }] }, "spec.parts[0].name: Required value"],
    [{ size: 1, parts: [{ name: "a" }, { name: "a" }] }, 'spec.parts[1]: Duplicate value: {"name":"a"}'],
    [
      { size: 1, port: true },
      'spec.port: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean"',
    ],
  ])("%j", (given, message) => {
    expect(create(given)).toMatchObject({
      status: 422,
      body: { message: `Widget.shop.example.com "a" is invalid: ${message}` },
    })
  })
})

test("a table has the columns that the definition adds", () => {
  create({
    size: 3,
    parts: [
      { name: "a", n: 1 },
      { name: "b", n: 2 },
    ],
  })
  const table = ask("GET", WIDGETS, undefined, { accept: "application/json;as=Table;g=meta.k8s.io;v=v1" }).body
  expect(table).toMatchObject({
    columnDefinitions: [{ name: "Name" }, { name: "Size", type: "integer" }, { name: "Second" }],
    rows: [{ cells: ["a", 3, "2"] }],
  })
})

test("it can be scaled where its definition says", () => {
  create({ size: 3 })
  expect(ask("PATCH", `${WIDGETS}/a/scale`, { spec: { replicas: 5 } }).body).toMatchObject({ spec: { replicas: 5 } })
  expect(ask("GET", `${WIDGETS}/a`).body).toMatchObject({ spec: { replicas: 5, size: 3 } })
})

test("all its versions show the same objects", () => {
  create({ size: 3 })
  const older = ask("GET", "/apis/shop.example.com/v1beta1/namespaces/default/widgets")
  expect(older.body).toMatchObject({ apiVersion: "shop.example.com/v1beta1", items: [{ spec: { size: 3 } }] })
  const one = ask("GET", "/apis/shop.example.com/v1beta1/namespaces/default/widgets/a")
  expect(one.body).toMatchObject({ apiVersion: "shop.example.com/v1beta1", kind: "Widget" })
})

test("server-side apply owns list items by the keys of the schema", () => {
  const apply = (manager: string, parts: readonly object[]): KubeResponse =>
    ask("PATCH", `${WIDGETS}/a?fieldManager=${manager}`, widget("a", { size: 1, parts }), {
      "content-type": "application/apply-patch+yaml",
    })
  expect(apply("one", [{ name: "x", n: 1 }]).status).toBe(201)
  expect(apply("two", [{ name: "y", n: 2 }]).body).toMatchObject({ spec: { parts: [{ name: "x" }, { name: "y" }] } })
  expect(apply("two", [{ name: "x", n: 5 }])).toMatchObject({ status: 409 })
})

test("with the definition all objects go, and the resource is not found any more", () => {
  create({ size: 3 })
  expect(ask("DELETE", `${CRDS}/widgets.shop.example.com`).status).toBe(200)
  expect(ask("GET", WIDGETS).status).toBe(404)
  ask("POST", CRDS, definition)
  expect(ask("GET", WIDGETS).body).toMatchObject({ items: [] })
})

test("a definition waits for objects that have finalizers", () => {
  const held = { ...widget("a", { size: 1 }), metadata: { name: "a", finalizers: ["example.com/hold"] } }
  ask("POST", WIDGETS, held)
  ask("DELETE", `${CRDS}/widgets.shop.example.com`)
  expect(ask("GET", `${CRDS}/widgets.shop.example.com`).body).toMatchObject({
    metadata: { deletionTimestamp: expect.any(String) },
  })
  ask("PATCH", `${WIDGETS}/a`, { metadata: { finalizers: null } })
  expect(ask("GET", `${CRDS}/widgets.shop.example.com`).status).toBe(404)
})

test.each([
  [{ scope: "Foo" }, 'spec.scope: Unsupported value: "Foo": supported values: "Cluster", "Namespaced"'],
  [
    { versions: [{ name: "v1", served: true, storage: true }] },
    "spec.versions[0].schema.openAPIV3Schema: Required value",
  ],
  [
    { versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "string" } } }] },
    'spec.validation.openAPIV3Schema.type: Invalid value: "string": must be object at the root',
  ],
])("a definition is refused: %j", (given, message) => {
  const bad = {
    metadata: { name: "xs.example.com" },
    spec: { ...definition.spec, group: "example.com", names: { plural: "xs", kind: "X" }, ...given },
  }
  expect(ask("POST", CRDS, bad)).toMatchObject({
    status: 422,
    body: { message: `CustomResourceDefinition.apiextensions.k8s.io "xs.example.com" is invalid: ${message}` },
  })
})
