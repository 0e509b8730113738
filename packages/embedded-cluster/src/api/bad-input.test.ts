import fc from "fast-check"
import { expect, test } from "vitest"
import { testApi } from "./test-api.ts"

const SERVICES = "/api/v1/namespaces/demo/services"

const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`

test("a body beyond 1 MiB is too large, as text and as a value", () => {
  const { send } = testApi()
  const name = "x".repeat(1024 * 1024)
  expect(send("POST", SERVICES, JSON.stringify({ metadata: { name } })).status).toBe(413)
  expect(send("POST", SERVICES, { metadata: { name } }).status).toBe(413)
})

test("a body that is too deep or goes round in a circle is refused", () => {
  const { send } = testApi()
  expect(send("POST", SERVICES, nested(101)).status).toBe(400)
  expect(send("POST", SERVICES, nested(200_000)).status).toBe(400)
  const circle: Record<string, unknown> = {}
  circle.self = circle
  expect(send("POST", SERVICES, circle).status).toBe(400)
})

test("__proto__ is refused wherever it stands", () => {
  const { send } = testApi()
  const text = '{"metadata":{"name":"web","labels":{"__proto__":{"polluted":"yes"}}},"spec":{"ports":[{"port":80}]}}'
  expect(send("POST", SERVICES, text).status).toBe(400)
  expect(send("POST", SERVICES, JSON.parse(text)).status).toBe(400)
  send("POST", SERVICES, { metadata: { name: "web" }, spec: { ports: [{ port: 80 }] } })
  const patch = [{ op: "add", path: "/__proto__/polluted", value: "yes" }]
  expect(send("PATCH", `${SERVICES}/web`, patch, { "content-type": "application/json-patch+json" }).status).toBe(422)
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

const FIELDS = [
  "metadata",
  "spec",
  "status",
  "name",
  "labels",
  "ports",
  "port",
  "targetPort",
  "selector",
  "type",
  "clusterIP",
  "clusterIPs",
  "template",
  "containers",
  "image",
  "matchLabels",
  "endpoints",
  "addresses",
  "subsets",
  "involvedObject",
  "data",
  "finalizers",
  "externalIPs",
  "ipFamilies",
  "$patch",
  "$setElementOrder/ports",
  "rollingUpdate",
  "strategy",
  "readinessProbe",
  "httpGet",
]
const key = fc.constantFrom(...FIELDS)
const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, true, "", "web", "None", "10.96.0.1", 0, 80, -1, 1.5, 2 ** 40),
  fc.string(),
)
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 6 }),
  ),
})).value

const PATHS = [
  "/api/v1/namespaces",
  "/api/v1/nodes",
  ...["pods", "services", "endpoints", "events", "configmaps"].map((name) => `/api/v1/namespaces/demo/${name}`),
  ...["deployments", "replicasets"].map((name) => `/apis/apps/v1/namespaces/demo/${name}`),
  "/apis/discovery.k8s.io/v1/namespaces/demo/endpointslices",
]
const TYPES = [
  "application/json",
  "application/merge-patch+json",
  "application/strategic-merge-patch+json",
  "application/json-patch+json",
]

test("whatever is sent, the answer is an answer, and what was stored can be listed and printed", () => {
  const { send } = testApi()
  const accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
  fc.assert(
    fc.property(
      fc.constantFrom(...PATHS),
      fc.constantFrom("POST", "PUT", "PATCH", "DELETE"),
      fc.constantFrom("", "/web", "/web/status", "/web/scale"),
      fc.constantFrom(...TYPES),
      fc.dictionary(key, json, { maxKeys: 5 }),
      fc.boolean(),
      (path, method, rest, type, given, isNamed) => {
        const body = isNamed ? { ...given, metadata: { name: "web" } } : given
        const { status } = send(method as "POST", `${path}${rest}`, body, { "content-type": type })
        expect(status).toBeGreaterThanOrEqual(200)
        expect(send("GET", path, undefined, { accept }).status).toBe(200)
      },
    ),
    { numRuns: 3000, seed: 20260105 },
  )
})

test("whatever text is sent as a body, the answer is an answer", () => {
  const { send } = testApi()
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(send("POST", SERVICES, text).status).toBeGreaterThanOrEqual(400)
    }),
    { numRuns: 2000, seed: 20260106 },
  )
})

test("whatever path is asked for, the answer is an answer", () => {
  const { api } = testApi()
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("api", "apis", "v1", "apps", "namespaces", "demo", "pods", "%", "watch", "log", "..")),
      fc.string(),
      (parts, query) => {
        expect(api.request({ method: "GET", path: `/${parts.join("/")}?${query}` }).status).toBeGreaterThanOrEqual(200)
      },
    ),
    { numRuns: 2000, seed: 20260107 },
  )
})

test("copies of copies of copies are refused before they fill the memory", () => {
  const { send } = testApi()
  send("POST", SERVICES, { metadata: { name: "web" }, spec: { ports: [{ port: 80 }] } })
  const patch = Array.from({ length: 60 }, (_, index) => ({ op: "copy", from: "", path: `/x${index}` }))
  expect(send("PATCH", `${SERVICES}/web`, patch, { "content-type": "application/json-patch+json" }).status).toBe(422)
})

test("a pod of two hundred thousand empty containers is told of the first of them", () => {
  const { send } = testApi()
  const containers = Array.from({ length: 200_000 }, () => null)
  const text = JSON.stringify({ metadata: { name: "a" }, spec: { containers } })
  const { status, body } = send("POST", "/api/v1/namespaces/demo/pods", text)
  expect([status, String(body.message).slice(0, 77)]).toEqual([
    422,
    'Pod "a" is invalid: [spec.containers[0].name: Required value, spec.containers',
  ])
})
