import { customSchemas } from "../custom/custom-openapi.ts"
import type { ServedVersion } from "../discovery/served-groups.ts"
import { VERSION } from "../discovery/version.ts"
import { groupWord, type Operation } from "./operations.ts"
import { writeParameter } from "./parameters.ts"
import { type PathItem, pathsOf, withShared } from "./paths.ts"
import type { Schema } from "./schema.ts"
import { schemasOf } from "./schemas.ts"

const V2 = { prefix: "#/definitions/", wrapped: false } as const

const PRODUCED = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"]
const WATCHED = [...PRODUCED, "application/json;stream=watch", "application/vnd.kubernetes.protobuf;stream=watch"]
const PATCHES = [
  "application/json-patch+json",
  "application/merge-patch+json",
  "application/strategic-merge-patch+json",
  "application/apply-patch+yaml",
]

const TEXTS: Readonly<Record<number, string>> = { 200: "OK", 201: "Created", 202: "Accepted", 401: "Unauthorized" }

const reference = (name: string): Schema => ({ $ref: `${V2.prefix}${name}` })

const writeOperation = (tag: string, operation: Operation): Schema => {
  const { id, action, description, kind, method, body, answer, codes, streams } = operation
  const schema = answer === undefined ? { type: "string" } : reference(answer)
  const sent = { in: "body", name: "body", ...(method === "delete" ? {} : { required: true }) }
  const parameters = [
    ...(body === undefined ? [] : [{ ...sent, schema: reference(body) }]),
    ...operation.parameters.map((each) => writeParameter(each, 2)),
  ]
  return {
    consumes: method === "patch" ? PATCHES : ["*/*"],
    description,
    operationId: id,
    ...(parameters.length > 0 ? { parameters } : {}),
    produces: streams ? WATCHED : PRODUCED,
    responses: {
      ...Object.fromEntries(codes.map((code) => [code, { description: TEXTS[code], schema }])),
      401: { description: TEXTS[401] },
    },
    schemes: ["https"],
    tags: [tag],
    "x-kubernetes-action": action,
    "x-kubernetes-group-version-kind": kind,
  }
}

const writePath = (tag: string, item: PathItem): readonly [string, Schema] => {
  const { path, parameters, operations } = withShared(item)
  const written = operations.map((each) => [each.method, writeOperation(tag, each)])
  return [path, { ...Object.fromEntries(written), parameters: parameters.map((each) => writeParameter(each, 2)) }]
}

const pathsOfVersion = ({ group, version, path, resources }: ServedVersion): readonly (readonly [string, Schema])[] =>
  resources.flatMap((info) => pathsOf(info, path)).map((item) => writePath(`${groupWord(group)}_${version}`, item))

export interface DocumentV2 {
  readonly swagger: "2.0"
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, Schema>>
  readonly definitions: Readonly<Record<string, Schema>>
}

/** `/openapi/v2`: everything in one document of Swagger 2.0, which clients older than 1.27 read. */
export const documentV2 = (versions: readonly ServedVersion[]): DocumentV2 => ({
  swagger: "2.0",
  info: { title: "Kubernetes", version: VERSION.gitVersion },
  paths: Object.fromEntries(versions.flatMap(pathsOfVersion).sort(([a], [b]) => (a < b ? -1 : 1))),
  definitions: {
    ...schemasOf(versions, V2),
    ...Object.assign({}, ...versions.map((version) => customSchemas(version, V2))),
  },
})
