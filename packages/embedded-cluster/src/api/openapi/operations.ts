import { type Subresource, subresourcesOf, verbsOf } from "../discovery/verbs.ts"
import type { ResourceInfo } from "../resources.ts"
import {
  CONNECTION,
  DELETE,
  DELETE_COLLECTION,
  LIST,
  NAME,
  NAMESPACE,
  PATCH,
  type Parameter,
  PRETTY,
  WRITE,
} from "./parameters.ts"

/** What a method of a path does, before it is written for a version of OpenAPI. */
export interface Operation {
  readonly method: "get" | "put" | "post" | "delete" | "patch" | "options" | "head"
  readonly id: string
  readonly action: string
  readonly description: string
  readonly kind: GroupVersionKind
  readonly parameters: readonly Parameter[]
  /** Full names of schemas; absent answer: text. */
  readonly body?: string
  readonly answer?: string
  readonly codes: readonly number[]
  /** The answer may be a watch. */
  readonly streams: boolean
}

export interface GroupVersionKind {
  readonly group: string
  readonly version: string
  readonly kind: string
}

export interface PathItem {
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly operations: readonly Operation[]
}

export const META = "io.k8s.apimachinery.pkg.apis.meta.v1"

/** The package of the types of a group: `io.k8s.api.rbac.v1` for rbac.authorization.k8s.io/v1. */
export const packageOfGroup = (group: string, version: string): string =>
  `io.k8s.api.${group === "" ? "core" : (group.split(".")[0] ?? group)}.${version}`

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

/** `core`, `rbacAuthorization`: how tags and ids name a group. */
export const groupWord = (group: string): string => {
  const [first = "core", ...rest] = group.replace(/\.k8s\.io$/, "").split(".")
  return `${first === "" ? "core" : first}${rest.map(capital).join("")}`
}

const OBJECT_CODES: Readonly<Record<string, readonly number[]>> = {
  get: [200],
  put: [200, 201],
  post: [200, 201, 202],
  patch: [200, 201],
  delete: [200, 202],
}

interface Words {
  readonly info: ResourceInfo
  readonly gvk: GroupVersionKind
  readonly schema: string
  /** Between the verb and the kind in ids: `CoreV1Namespaced`. */
  readonly prefix: string
}

const operation = (
  { gvk, schema, prefix }: Words,
  method: Operation["method"],
  verb: string,
  what: Partial<Operation> & { readonly subject: string; readonly text: string },
): Operation => {
  const { subject, text, ...more } = what
  return {
    method,
    id: `${verb}${prefix}${subject}`,
    action: method,
    description: text,
    kind: gvk,
    parameters: [],
    answer: schema,
    codes: OBJECT_CODES[method] ?? [200],
    streams: false,
    ...more,
  }
}

const collection = (words: Words): readonly Operation[] => {
  const { info, schema } = words
  const { kind } = info
  const verbs = verbsOf(info)
  const list = operation(words, "get", "list", {
    subject: kind,
    text: `list or watch objects of kind ${kind}`,
    action: "list",
    parameters: LIST,
    answer: `${schema}List`,
    streams: true,
  })
  const create = operation(words, "post", "create", {
    subject: kind,
    text: `create a ${kind}`,
    parameters: WRITE,
    body: schema,
  })
  const clear = operation(words, "delete", "delete", {
    subject: kind,
    text: `delete collection of ${kind}`,
    id: `delete${words.prefix.replace(/(Namespaced)?$/, "Collection$1")}${kind}`,
    action: "deletecollection",
    parameters: DELETE_COLLECTION,
    body: `${META}.DeleteOptions`,
    answer: `${META}.Status`,
    codes: [200],
  })
  const all: readonly (readonly [string, Operation])[] = [
    ["list", list],
    ["create", create],
    ["deletecollection", clear],
  ]
  return all.filter(([verb]) => verbs.includes(verb)).map(([, each]) => each)
}

/** Reading, replacing and patching an object or a part of it: `of` is "" or "status of ". */
const readAndWrite = (words: Words, subject: string, of: string, verbs: readonly string[]): readonly Operation[] => {
  const { schema } = words
  const thing = `${of}the specified ${words.info.kind}`
  const all: readonly (readonly [string, Operation])[] = [
    ["get", operation(words, "get", "read", { subject, text: `read ${thing}` })],
    [
      "update",
      operation(words, "put", "replace", { subject, text: `replace ${thing}`, parameters: WRITE, body: schema }),
    ],
    [
      "patch",
      operation(words, "patch", "patch", {
        subject,
        text: `partially update ${thing}`,
        parameters: PATCH,
        body: `${META}.Patch`,
      }),
    ],
  ]
  return all.filter(([verb]) => verbs.includes(verb)).map(([, each]) => each)
}

const single = (words: Words): readonly Operation[] => {
  const { kind } = words.info
  const remove = operation(words, "delete", "delete", {
    subject: kind,
    text: `delete a ${kind}`,
    parameters: DELETE,
    body: `${META}.DeleteOptions`,
    // What is deleted at once answers with its last state only for some kinds.
    ...(ANSWERS_WITH_OBJECT.has(words.info.resource) ? {} : { answer: `${META}.Status` }),
  })
  return [...readAndWrite(words, kind, "", verbsOf(words.info)), remove]
}

/** Resources whose deletion answers with the object (kubernetes 1.36, `ReturnDeletedObject` of their stores). */
const ANSWERS_WITH_OBJECT: ReadonlySet<string> = new Set([
  "pods",
  "services",
  "serviceaccounts",
  "podtemplates",
  "persistentvolumes",
  "persistentvolumeclaims",
  "resourcequotas",
  "csinodes",
  "storageclasses",
  "volumeattachments",
])

const CONNECT_METHODS: Readonly<Record<string, readonly Operation["method"][]>> = {
  proxy: ["get", "put", "post", "delete", "options", "head", "patch"],
}

const ofSubresource = (words: Words, sub: Subresource): readonly Operation[] => {
  const { info } = words
  const group = sub.group ?? info.group
  const version = sub.version ?? info.version
  const gvk = { group, version, kind: sub.kind }
  const schema = `${packageOfGroup(group, version)}.${sub.kind}`
  const inner: Words = { ...words, gvk, schema }
  const subject = `${info.kind}${capital(sub.name)}`
  const { answer: _, ...text } = operation(inner, "get", "read", {
    subject,
    text: `read ${sub.name} of the specified ${info.kind}`,
  })
  if (sub.name === "log") return [text]
  if (CONNECTION[sub.name])
    return (CONNECT_METHODS[sub.name] ?? ["get", "post"]).map((method) => ({
      ...text,
      method,
      id: `connect${words.prefix.replace(/(Namespaced)?$/, `${capital(method)}$1`)}${subject}`,
      action: "connect",
      description: `connect ${method.toUpperCase()} requests to ${sub.name} of ${info.kind}`,
      codes: [200],
    }))
  const create = operation(inner, "post", "create", {
    subject,
    text: `create ${sub.name} of a ${info.kind}`,
    body: schema,
    parameters: WRITE,
  })
  return [
    ...readAndWrite(inner, subject, `${sub.name} of `, sub.verbs),
    ...(sub.verbs.includes("create") ? [create] : []),
  ]
}

const byName = (a: Parameter, b: Parameter): number => (a.name < b.name ? -1 : 1)

/** The path with what all its operations take among its own parameters, in the order of their names. */
export const withShared = ({ path, parameters, operations }: PathItem): PathItem => {
  const [first, ...others] = operations
  const shared = (first?.parameters ?? []).filter((each) => others.every((other) => other.parameters.includes(each)))
  return {
    path,
    parameters: [...parameters, ...shared].sort(byName),
    operations: operations.map((each) => ({
      ...each,
      parameters: each.parameters.filter((parameter) => !shared.includes(parameter)),
    })),
  }
}

/** All paths of a resource. `root` is `/api/v1` or `/apis/apps/v1`. */
export const pathsOf = (info: ResourceInfo, root: string): readonly PathItem[] => {
  const { group, version, kind, resource, namespaced } = info
  const group3 = `${capital(groupWord(group))}${capital(version)}`
  const words: Words = {
    info,
    gvk: { group, version, kind },
    schema: `${packageOfGroup(group, version)}.${kind}`,
    prefix: namespaced ? `${group3}Namespaced` : group3,
  }
  const scope = namespaced ? [NAMESPACE] : []
  const place = `${root}${namespaced ? "/namespaces/{namespace}" : ""}/${resource}`
  const inPlace: PathItem = { path: place, parameters: [...scope, PRETTY], operations: collection(words) }
  if (info.createOnly) return [inPlace]
  const everywhere = collection({ ...words, prefix: group3 })
    .filter(({ action }) => action === "list")
    .map((each) => ({ ...each, id: `${each.id}ForAllNamespaces` }))
  return [
    ...(namespaced ? [{ path: `${root}/${resource}`, parameters: [PRETTY], operations: everywhere }] : []),
    inPlace,
    { path: `${place}/{name}`, parameters: [NAME(kind), ...scope, PRETTY], operations: single(words) },
    ...subresourcesOf(info).map((sub) => ({
      path: `${place}/{name}/${sub.name}`,
      parameters: [...(CONNECTION[sub.name] ?? []), NAME(sub.kind), ...scope, PRETTY],
      operations: ofSubresource(words, sub),
    })),
  ]
}
