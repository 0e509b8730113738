import { SERVED_VERSIONS, type ServedVersion } from "../discovery/served-groups.ts"
import { subresourcesOf } from "../discovery/verbs.ts"
import type { ResourceInfo } from "../resources.ts"
import { META, packageOfGroup } from "./operations.ts"
import { type Dialect, generateSchema, namedBy, type Schema, splitName } from "./schema.ts"

interface Kind {
  readonly group: string
  readonly version: string
  readonly kind: string
}

/** Every kind that has an apiVersion of its own, by its schema's name. Lists too; those have no row in any type table. */
const servedKinds = (): ReadonlyMap<string, Kind> => {
  const kinds = new Map<string, Kind>()
  const add = (group: string, version: string, kind: string): void => {
    kinds.set(`${packageOfGroup(group, version)}.${kind}`, { group, version, kind })
  }
  for (const { group, version, resources } of SERVED_VERSIONS)
    for (const info of resources) {
      add(group, version, info.kind)
      if (!info.createOnly) add(group, version, `${info.kind}List`)
      for (const sub of subresourcesOf(info)) if (sub.group !== undefined) add(sub.group, sub.version ?? "", sub.kind)
    }
  for (const kind of ["APIResourceList", "DeleteOptions", "Status"])
    kinds.set(`${META}.${kind}`, { group: "", version: "v1", kind })
  return kinds
}

const KINDS = servedKinds()

const isList = (name: string): boolean => name.endsWith("List") && KINDS.has(name.slice(0, -4))

const listSchema = (name: string, dialect: Dialect): Schema => {
  const item = { $ref: `${dialect.prefix}${name.slice(0, -4)}` }
  const metadata = { $ref: `${dialect.prefix}${META}.ListMeta` }
  const text = { type: "string" }
  return {
    description: `A list of objects of kind ${splitName(name.slice(0, -4))[1]}.`,
    type: "object",
    required: ["items"],
    properties: {
      apiVersion: text,
      items: { type: "array", items: dialect.wrapped ? { default: {}, allOf: [item] } : item },
      kind: text,
      metadata: dialect.wrapped ? { default: {}, allOf: [metadata] } : metadata,
    },
  }
}

const schemaOf = (name: string, dialect: Dialect): Schema => {
  const schema = isList(name) ? listSchema(name, dialect) : generateSchema(name, dialect)
  const kind = KINDS.get(name)
  return kind ? { ...schema, "x-kubernetes-group-version-kind": [kind] } : schema
}

const scaleRoots = (info: ResourceInfo): readonly string[] =>
  info.custom?.scale ? [`${packageOfGroup("autoscaling", "v1")}.Scale`] : []

const rootsOf = ({ group, version, resources }: ServedVersion): readonly string[] => [
  ...resources.flatMap((info) => {
    if (info.custom) return [`${META}.ObjectMeta`, ...scaleRoots(info)]
    const name = `${packageOfGroup(group, version)}.${info.kind}`
    const subs = subresourcesOf(info)
      .filter((sub) => sub.group !== undefined)
      .map((sub) => `${packageOfGroup(sub.group ?? "", sub.version ?? "")}.${sub.kind}`)
    return [name, ...(info.createOnly ? [] : [`${name}List`]), ...subs]
  }),
  ...["APIResourceList", "DeleteOptions", "Status", "Patch", "ListMeta"].map((kind) => `${META}.${kind}`),
]

/** The schemas that requests for a version use, with all that these name, by name. */
export const schemasOf = (versions: readonly ServedVersion[], dialect: Dialect): Readonly<Record<string, Schema>> => {
  const waiting = versions.flatMap(rootsOf)
  const names = new Set(waiting)
  for (const name of waiting)
    for (const named of namedBy(name))
      if (!names.has(named)) {
        names.add(named)
        waiting.push(named)
      }
  return Object.fromEntries([...names].sort().map((name) => [name, schemaOf(name, dialect)]))
}
