import { subresourcesOf, verbsOf } from "../discovery/verbs.ts"
import type { ResourceInfo } from "../resources.ts"
import {
  capital,
  groupWord,
  META,
  type Operation,
  operation,
  readAndWrite,
  schemaNameOf,
  type Words,
} from "./operations.ts"
import {
  CONNECTION,
  DELETE,
  DELETE_COLLECTION,
  LIST,
  NAME,
  NAMESPACE,
  type Parameter,
  PRETTY,
  WRITE,
} from "./parameters.ts"
import { subresourceOperations } from "./subresource-operations.ts"

export interface PathItem {
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly operations: readonly Operation[]
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
  const verbs = verbsOf(words.info)
  return [...readAndWrite(words, kind, "", verbs), ...(verbs.includes("delete") ? [remove] : [])]
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
    schema: schemaNameOf(info),
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
      operations: subresourceOperations(words, sub),
    })),
  ]
}
