import { createApi, createStore, strategyOf } from "@pilotage/embedded-cluster/judging"
import { createRandom, isStream, type JsonValue, type KubeRequest } from "@pilotage/kube-model"
import { z } from "zod"
import { readJson } from "../case-file.ts"
import { compared, type JudgedCase, type Outcome } from "../verdict.ts"
import { canonicalText } from "./json.ts"

const valueSchema = z.custom<JsonValue>((value) => typeof value === "object" && value !== null, "must be an object")

const operationSchema = z.object({
  op: z.enum(["create", "update", "delete", "updateStatus"]),
  name: z.string().optional(),
  input: valueSchema.optional(),
  dryRun: z.boolean().optional(),
  output: valueSchema.optional(),
  error: valueSchema.optional(),
  allocated: z.array(z.object({ path: z.string() })).default([]),
  allocatedAfter: z.record(z.string(), z.array(z.union([z.string(), z.number()]))).optional(),
})

type Operation = z.infer<typeof operationSchema>

const rowsSchema = z.array(
  z.object({
    id: z.string(),
    clusterFamilies: z.array(z.enum(["IPv4", "IPv6"])),
    ops: z.array(operationSchema),
  }),
)

const RANGES = { IPv4: "10.0.0.0/16", IPv6: "2000::/108" } as const
const SERVICES = "/api/v1/namespaces/default/services"

/** What the store gives and takes care of. */
const SERVER_FIELDS = ["uid", "resourceVersion", "creationTimestamp"]

const withoutServerFields = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null, (key, each: unknown) => (SERVER_FIELDS.includes(key) ? undefined : each)))

const at = (value: unknown, path: string): unknown =>
  path
    .replaceAll("]", "")
    .split(/[.[]/)
    .reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>> | undefined)?.[key], value)

/** Addresses and ports that upstream's allocator drew, and those that ours did, for the rest of a row. */
type Draws = Map<string, string>

const PORT_KEYS = ["nodePort", "healthCheckNodePort", "nodePorts"]

/** In texts that hold a drawn value too, such as messages. */
const translatedText = (text: string, draws: Draws): string =>
  text.replace(/[\da-fA-F:.]*[\da-fA-F]/g, (word) => draws.get(word) ?? word)

const translated = (value: unknown, draws: Draws, key = ""): unknown => {
  if (draws.size === 0) return value
  if (Array.isArray(value)) return value.map((each) => translated(each, draws, key))
  if (typeof value === "string") return translatedText(value, draws)
  if (typeof value === "number" && PORT_KEYS.includes(key)) return Number(draws.get(String(value)) ?? value)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, translated(each, draws, name)]))
}

/** The rows' objects have been through the defaults before they reached the storage. */
const withoutDefaults: typeof strategyOf = (resource) =>
  resource === "services" ? { ...strategyOf(resource), defaults: (object) => object } : strategyOf(resource)

const newCluster = (families: readonly (keyof typeof RANGES)[]) => {
  const random = createRandom(1)
  const store = createStore({ random, now: () => 0 })
  const config = { serviceCIDRs: families.map((family) => RANGES[family]) }
  const api = createApi({ store, random, now: () => 0, commit: store.apply, config, strategies: withoutDefaults })
  const send = (method: KubeRequest["method"], path: string, body?: unknown): Readonly<Record<string, unknown>> => {
    const answer = api.request({ method, path, ...(body === undefined ? {} : { body: body as JsonValue }) })
    return isStream(answer) ? {} : (answer.body as Readonly<Record<string, unknown>>)
  }
  send("POST", "/api/v1/namespaces", { metadata: { name: "default" } })
  const occupy = (spec: object): void => {
    const metadata = { name: `occupied-${store.list("services").length}`, namespace: "elsewhere" }
    store.apply({ kind: "create", resource: "services", object: { apiVersion: "v1", kind: "Service", metadata, spec } })
  }
  return { send, occupy, services: () => store.list("services") }
}

type Cluster = ReturnType<typeof newCluster>

const ask = ({ send }: Cluster, { op, name, dryRun }: Operation, input: unknown) => {
  const query = dryRun ? "?dryRun=All" : ""
  const body = input === undefined ? undefined : withoutServerFields(input)
  const path = `${SERVICES}/${name ?? String(at(input, "metadata.name"))}`
  if (op === "create") return send("POST", `${SERVICES}${query}`, body)
  if (op === "update") return send("PUT", `${path}${query}`, body)
  return op === "updateStatus" ? send("PUT", `${path}/status${query}`, body) : send("DELETE", `${path}${query}`)
}

/** Our allocators have no contents of their own: what is taken is what the stored Services have. */
const taken = ({ services }: Cluster, families: readonly string[]) => {
  const specs = services().map(({ spec }) => spec)
  const ips = specs.flatMap(({ clusterIPs = [] }) => clusterIPs.filter((ip) => ip !== "None"))
  const ports = specs.flatMap((spec) => [
    ...(spec.ports ?? []).map(({ nodePort }) => nodePort),
    spec.healthCheckNodePort,
  ])
  const byFamily = families.map((family) => [family, ips.filter((ip) => ip.includes(":") === (family === "IPv6"))])
  return { ...Object.fromEntries(byFamily), nodePorts: [...new Set(ports.filter(Boolean))] }
}

type Taken = NonNullable<Operation["allocatedAfter"]>

/** Nobody gets an address by a request that is refused: what is taken after one, and was not before, others hold. */
const occupyForOthers = (cluster: Cluster, before: Taken, after: Taken): void => {
  for (const [what, values] of Object.entries(after))
    for (const value of values.filter((each) => !before[what]?.includes(each)))
      cluster.occupy(what === "nodePorts" ? { ports: [{ port: 1, nodePort: value }] } : { clusterIPs: [value] })
}

const sortedLists = (lists: unknown) =>
  Object.fromEntries(
    Object.entries(lists as Readonly<Record<string, readonly unknown[]>>).map(([key, list]) => [
      key,
      list.map(String).sort(),
    ]),
  )

/** What of a Status the rows have. */
const refusalOf = ({ status, message, reason, details, code }: Readonly<Record<string, unknown>>) => ({
  status,
  message,
  reason,
  details,
  code,
})

const judgeRow = ({ clusterFamilies, ops }: z.infer<typeof rowsSchema>[number]): Outcome => {
  const cluster = newCluster(clusterFamilies)
  const draws: Draws = new Map()
  const expected: string[] = []
  const actual: string[] = []
  let before: Taken = {}
  const note = (step: string, theirs: unknown, ours: unknown): void => {
    expected.push(`${step} ${canonicalText(theirs)}`)
    actual.push(`${step} ${canonicalText(ours)}`)
  }
  for (const [index, operation] of ops.entries()) {
    const step = `${index + 1} ${operation.op}`
    const after = operation.allocatedAfter
    if (operation.error !== undefined && after) occupyForOthers(cluster, before, after)
    const body = ask(cluster, operation, translated(operation.input, draws))
    for (const { path } of operation.allocated) {
      const ours = at(body, path)
      if (ours !== undefined) draws.set(String(at(operation.output, path)), String(ours))
    }
    if (operation.error !== undefined)
      note(step, refusalOf(translated(operation.error, draws) as Readonly<Record<string, unknown>>), refusalOf(body))
    if (operation.output !== undefined)
      note(step, withoutServerFields(translated(operation.output, draws)), withoutServerFields(body))
    before = after ?? before
    if (after)
      note(`${step}: taken`, sortedLists(translated(after, draws)), sortedLists(taken(cluster, clusterFamilies)))
  }
  return compared(expected.join("\n"), actual.join("\n"))
}

/** service-storage: Services created, changed and deleted through the API; what the allocators draw may differ. */
export function* judgeServiceStorage(file: string): Iterable<JudgedCase> {
  for (const row of readJson(file, rowsSchema)) yield { id: row.id, outcome: judgeRow(row) }
}
