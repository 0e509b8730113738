import {
  type KubeAnswer,
  type KubeObject,
  type KubeRequest,
  type KubeResponse,
  parseLabelQuery,
  type StreamChunk,
} from "@pilotage/kube-model"
import { at, isRecord, type JsonRecord } from "../json-value.ts"

interface FakeType {
  readonly group: string
  readonly plural: string
  readonly kind: string
  readonly namespaced: boolean
  readonly short: string
}

const TYPES: readonly FakeType[] = [
  { group: "", plural: "configmaps", kind: "ConfigMap", namespaced: true, short: "cm" },
  { group: "", plural: "events", kind: "Event", namespaced: true, short: "ev" },
  { group: "", plural: "namespaces", kind: "Namespace", namespaced: false, short: "ns" },
  { group: "", plural: "pods", kind: "Pod", namespaced: true, short: "po" },
  { group: "", plural: "services", kind: "Service", namespaced: true, short: "svc" },
  { group: "apps", plural: "deployments", kind: "Deployment", namespaced: true, short: "deploy" },
  { group: "apps", plural: "replicasets", kind: "ReplicaSet", namespaced: true, short: "rs" },
  { group: "discovery.k8s.io", plural: "endpointslices", kind: "EndpointSlice", namespaced: true, short: "" },
]

/** Just enough of an API server for kubectl's tests: objects, tables of names, watches, and a list of what was asked. */
export interface FakeServer {
  readonly transport: (request: KubeRequest) => Promise<KubeAnswer>
  readonly requests: readonly KubeRequest[]
  readonly put: (object: KubeObject) => void
  readonly remove: (kind: string, name: string) => void
  /** Answers the next request that matches, once, in place of the store. */
  readonly answerOnce: (method: string, path: RegExp, answer: KubeResponse) => void
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}): KubeResponse => ({
  status,
  headers,
  body,
})

export const failure = (code: number, reason: string, message: string, details: object = {}): KubeResponse =>
  json(code, { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, details, code })

const merge = (target: unknown, patch: unknown): unknown => {
  if (!isRecord(patch)) return patch
  const next: Record<string, unknown> = isRecord(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith("$")) continue
    if (value === null) delete next[key]
    else next[key] = merge(next[key], value)
  }
  return next
}

const discovery = (path: string): unknown => {
  const list = (group: string): unknown => ({
    resources: TYPES.filter((type) => type.group === group).map((type) => ({
      name: type.plural,
      singularName: type.kind.toLowerCase(),
      kind: type.kind,
      namespaced: type.namespaced,
      verbs: ["get", "list"],
      ...(type.short === "" ? {} : { shortNames: [type.short] }),
    })),
  })
  if (path === "/api") return { versions: ["v1"] }
  if (path === "/api/v1") return list("")
  if (path === "/apis")
    return {
      groups: ["apps", "discovery.k8s.io"].map((name) => ({
        name,
        versions: [{ groupVersion: `${name}/v1`, version: "v1" }],
        preferredVersion: { version: "v1" },
      })),
    }
  const group = /^\/apis\/([^/]+)\/v1$/.exec(path)?.[1]
  return group ? list(group) : undefined
}

const parsePath = (path: string): { type: FakeType; namespace?: string; name?: string } | undefined => {
  const match =
    /^\/(?:api|apis\/([^/]+))\/v1(?:\/namespaces\/([^/]+)(?=\/))?\/([^/]+)(?:\/([^/]+))?(?:\/[a-z]+)?$/.exec(path)
  const type = TYPES.find((each) => each.group === (match?.[1] ?? "") && each.plural === match?.[3])
  if (!match || !type) return undefined
  return { type, ...(match[2] ? { namespace: match[2] } : {}), ...(match[4] ? { name: match[4] } : {}) }
}

const tableOf = (objects: readonly KubeObject[]): unknown => ({
  kind: "Table",
  apiVersion: "meta.k8s.io/v1",
  metadata: { resourceVersion: "9" },
  columnDefinitions: [
    { name: "Name", type: "string", format: "name", description: "", priority: 0 },
    { name: "Age", type: "string", format: "", description: "", priority: 0 },
    { name: "Extra", type: "string", format: "", description: "", priority: 1 },
  ],
  rows: objects.map((object) => ({ cells: [object.metadata.name, "5s", "more"], object })),
})

export const createFakeServer = (initial: readonly KubeObject[] = []): FakeServer => {
  let objects = [...initial]
  let version = 10
  const requests: KubeRequest[] = []
  const watchers = new Set<(type: "ADDED" | "MODIFIED" | "DELETED", object: KubeObject) => void>()
  const prepared: { method: string; path: RegExp; answer: KubeResponse }[] = []
  const tell = (type: "ADDED" | "MODIFIED" | "DELETED", object: KubeObject): void => {
    for (const watcher of [...watchers]) watcher(type, object)
  }
  const store = (object: KubeObject): KubeObject => {
    version += 1
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } }
    const isOld = (each: KubeObject): boolean =>
      each.kind === object.kind &&
      each.metadata.name === object.metadata.name &&
      each.metadata.namespace === object.metadata.namespace
    const known = objects.some(isOld)
    objects = known ? objects.map((each) => (isOld(each) ? stored : each)) : [...objects, stored]
    tell(known ? "MODIFIED" : "ADDED", stored)
    return stored
  }
  const drop = (object: KubeObject): void => {
    objects = objects.filter((each) => each !== object)
    tell("DELETED", object)
  }

  const handle = (request: KubeRequest): KubeAnswer => {
    requests.push(request)
    const [path = "", queryText = ""] = request.path.split("?")
    const index = prepared.findIndex((each) => each.method === request.method && each.path.test(request.path))
    const [ready] = index < 0 ? [] : prepared.splice(index, 1)
    if (ready) return ready.answer
    const found = discovery(path)
    if (found) return json(200, found)
    const place = parsePath(path)
    if (!place) return failure(404, "NotFound", "the server could not find the requested resource")
    const query = new Map(
      queryText
        .split("&")
        .map((pair) => [pair.split("=")[0] ?? "", decodeURIComponent(pair.split("=").slice(1).join("="))]),
    )
    const labels = parseLabelQuery(query.get("labelSelector") ?? "")
    const fields = (query.get("fieldSelector") ?? "").split(",").filter((term) => term !== "")
    const fits = (object: KubeObject): boolean =>
      object.kind === place.type.kind &&
      (place.namespace === undefined || object.metadata.namespace === place.namespace) &&
      labels.ok &&
      labels.value(object.metadata.labels) &&
      fields.every((term) => {
        const [, field = "", operator, value] = /^([^!=]+)(!=|=)(.*)$/.exec(term) ?? []
        return (String(at(object, ...field.split(".")) ?? "") === value) === (operator === "=")
      })
    const matching = objects.filter(fits)
    const asTable = (request.headers?.accept ?? "").includes("as=Table")
    if (query.get("watch") === "true") {
      const waiting: StreamChunk[] = []
      let out: ((chunk: StreamChunk) => void) | undefined
      const watcher = (type: "ADDED" | "MODIFIED" | "DELETED", object: KubeObject): void => {
        if (!fits(object)) return
        const event = { type, object: asTable ? (tableOf([object]) as never) : object }
        if (out) out(event)
        else waiting.push(event)
      }
      watchers.add(watcher)
      return {
        status: 200,
        headers: {},
        subscribe(chunk) {
          out = chunk
          for (const each of waiting.splice(0)) chunk(each)
        },
        close: () => void watchers.delete(watcher),
      }
    }
    if (request.method === "POST") return json(201, store(request.body as unknown as KubeObject))
    if (place.name === undefined)
      return json(200, asTable ? tableOf(matching) : { metadata: { resourceVersion: "9" }, items: matching })
    const object = matching.find((each) => each.metadata.name === place.name)
    if (!object) {
      const resource = place.type.group === "" ? place.type.plural : `${place.type.plural}.${place.type.group}`
      return failure(404, "NotFound", `${resource} "${place.name}" not found`, {
        name: place.name,
        kind: place.type.plural,
      })
    }
    if (request.method === "PATCH") return json(200, store(merge(object, request.body) as KubeObject))
    if (request.method === "PUT") return json(200, store(request.body as unknown as KubeObject))
    if (request.method === "DELETE") {
      drop(object)
      return json(200, object)
    }
    return json(200, asTable ? tableOf([object]) : object)
  }
  return {
    transport: async (request) => handle(request),
    requests,
    put: (object) => void store(object),
    remove(kind, name) {
      const object = objects.find((each) => each.kind === kind && each.metadata.name === name)
      if (object) drop(object)
    },
    answerOnce: (method, path, answer) => void prepared.push({ method, path, answer }),
  }
}

export const objectOf = (apiVersion: string, kind: string, name: string, rest: JsonRecord = {}): KubeObject => {
  const metadata = isRecord(rest.metadata) ? rest.metadata : {}
  return {
    ...rest,
    apiVersion,
    kind,
    metadata: {
      name,
      ...(kind === "Namespace" ? {} : { namespace: "demo" }),
      uid: `uid-${name}`,
      resourceVersion: "1",
      ...metadata,
    },
  }
}
