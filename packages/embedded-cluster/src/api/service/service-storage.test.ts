import { expect, test } from "vitest"
import rows from "../../golden/service-storage.json" with { type: "json" }
import { type TestApi, testApi } from "../test-api.ts"

interface Operation {
  readonly op: string
  readonly name?: string
  readonly input?: { readonly metadata: { readonly name: string } }
  readonly output?: unknown
  readonly error?: string
  readonly allocated?: readonly string[]
  readonly dryRun?: boolean
}

const at = (value: unknown, path: string): unknown =>
  path
    .replaceAll("]", "")
    .split(/[.[]/)
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value)

const NODE_PORTS = ["nodePort", "healthCheckNodePort"]

/** Addresses and ports that upstream's allocator chose are replaced by those that ours did. */
const translated = (value: unknown, names: ReadonlyMap<unknown, unknown>, key = ""): unknown => {
  if (Array.isArray(value)) return value.map((each) => translated(each, names))
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, translated(each, names, name)]))
  if (typeof value === "number" && !NODE_PORTS.includes(key)) return value
  return names.get(value) ?? value
}

const SERVER_FIELDS = ["uid", "resourceVersion", "creationTimestamp"]

const comparable = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null, (key, each: unknown) => (SERVER_FIELDS.includes(key) ? undefined : each)))

const BASE = "/api/v1/namespaces/default/services"

const run = ({ send }: TestApi, { op, name, input, dryRun }: Operation) => {
  const query = dryRun ? "?dryRun=All" : ""
  const body = input && comparable(input)
  const path = `${BASE}/${name ?? input?.metadata.name}`
  if (op === "create") return send("POST", `${BASE}${query}`, body)
  if (op === "update") return send("PUT", `${path}${query}`, body)
  return op === "updateStatus" ? send("PUT", `${path}/status${query}`, body) : send("DELETE", `${path}${query}`)
}

const CIDRS: Readonly<Record<string, string>> = { IPv4: "10.0.0.0/16", IPv6: "2000::/108" }

test.each(rows as unknown as readonly { id: string; clusterFamilies: readonly string[]; ops: readonly Operation[] }[])(
  "a Service is stored as upstream stores it: $id",
  ({ clusterFamilies, ops }) => {
    const api = testApi({ serviceCIDRs: clusterFamilies.flatMap((family) => CIDRS[family] ?? []) })
    const names = new Map<unknown, unknown>()
    for (const given of ops) {
      const operation = translated(given, names) as Operation
      const { body } = run(api, operation)
      if (operation.error !== undefined) expect(body.message).toBe(operation.error)
      if (operation.output === undefined) continue
      for (const path of given.allocated ?? []) names.set(at(given.output, path), at(body, path))
      expect(comparable(body)).toEqual(translated(given.output, names))
    }
  },
)
