import type { ServedVersion } from "../discovery/served-groups.ts"
import { isJson } from "../json-object.ts"
import { describeField } from "../openapi/descriptions/descriptions.ts"
import { META, schemaNameOf } from "../openapi/operations.ts"
import type { Dialect, Schema } from "../openapi/schema.ts"
import type { ResourceInfo } from "../resources.ts"

const reference = (name: string, { prefix, wrapped }: Dialect): Schema => {
  const target = { $ref: `${prefix}${META}.${name}` }
  return wrapped ? { allOf: [target] } : target
}

const own = (dialect: Dialect, metadata: "ObjectMeta" | "ListMeta"): Schema => ({
  apiVersion: { description: describeField("Service", "apiVersion", true), type: "string" },
  kind: { description: describeField("Service", "kind", true), type: "string" },
  metadata: { description: describeField("Service", "metadata", true), ...reference(metadata, dialect) },
})

const schemasOfResource = (info: ResourceInfo, dialect: Dialect): readonly (readonly [string, Schema])[] => {
  const { group, version, kind, custom } = info
  const name = schemaNameOf(info)
  const { schema = {}, listKind = `${kind}List` } = custom ?? {}
  const properties = isJson(schema.properties) ? schema.properties : {}
  const item = { $ref: `${dialect.prefix}${name}` }
  const kindOf = (each: string): Schema => ({ "x-kubernetes-group-version-kind": [{ group, version, kind: each }] })
  return [
    [name, { ...schema, properties: { ...properties, ...own(dialect, "ObjectMeta") }, ...kindOf(kind) }],
    [
      `${name}List`,
      {
        description: `${listKind} is a list of ${kind}`,
        type: "object",
        required: ["items"],
        properties: {
          ...own(dialect, "ListMeta"),
          items: { type: "array", items: dialect.wrapped ? { allOf: [item] } : item },
        },
        ...kindOf(listKind),
      },
    ],
  ]
}

/** The schemas of the custom resources of a version, by name; what they name of others is not among them. */
export const customSchemas = ({ resources }: ServedVersion, dialect: Dialect): Readonly<Record<string, Schema>> =>
  Object.fromEntries(resources.filter(({ custom }) => custom).flatMap((info) => schemasOfResource(info, dialect)))
