import { GROUP_PRIORITY } from "../discovery/group-priority.ts"
import type { ResourceInfo } from "../resources.ts"
import { PATCH, type Parameter, WRITE } from "./parameters.ts"

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

interface GroupVersionKind {
  readonly group: string
  readonly version: string
  readonly kind: string
}

export const META = "io.k8s.apimachinery.pkg.apis.meta.v1"

const OTHER_PACKAGES: Readonly<Record<string, string>> = {
  "apiextensions.k8s.io": "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions",
  "apiregistration.k8s.io": "io.k8s.kube-aggregator.pkg.apis.apiregistration",
}

/** The package of the types of a group: `io.k8s.api.rbac.v1` for rbac.authorization.k8s.io/v1. */
export const packageOfGroup = (group: string, version: string): string =>
  `${OTHER_PACKAGES[group] ?? `io.k8s.api.${group === "" ? "core" : (group.split(".")[0] ?? group)}`}.${version}`

export const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

/** The full name of the schema of a resource's kind: `com.example.shop.v1.Widget` for a custom one of shop.example.com. */
export const schemaNameOf = ({ group, version, kind }: Pick<ResourceInfo, "group" | "version" | "kind">): string =>
  GROUP_PRIORITY.includes(group)
    ? `${packageOfGroup(group, version)}.${kind}`
    : `${group.split(".").toReversed().join(".")}.${version}.${kind}`

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

/** What the operations of one resource have in common. */
export interface Words {
  readonly info: ResourceInfo
  readonly gvk: GroupVersionKind
  readonly schema: string
  /** Between the verb and the kind in ids: `CoreV1Namespaced`. */
  readonly prefix: string
}

export const operation = (
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

/** Reading, replacing and patching an object or a part of it: `of` is "" or "status of ". */
export const readAndWrite = (
  words: Words,
  subject: string,
  of: string,
  verbs: readonly string[],
): readonly Operation[] => {
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
