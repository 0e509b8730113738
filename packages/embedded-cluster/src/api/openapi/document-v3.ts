import { customSchemas } from "../custom/custom-openapi.ts"
import type { ServedVersion } from "../discovery/served-groups.ts"
import { groupWord, META, type Operation } from "./operations.ts"
import { writeParameter } from "./parameters.ts"
import { type PathItem, pathsOf, withShared } from "./paths.ts"
import type { Schema } from "./schema.ts"
import { schemasOf } from "./schemas.ts"

const V3 = { prefix: "#/components/schemas/", wrapped: true } as const

const MEDIA = ["application/json", "application/vnd.kubernetes.protobuf", "application/yaml"]
const WATCHED = [
  "application/json",
  "application/json;stream=watch",
  "application/vnd.kubernetes.protobuf",
  "application/vnd.kubernetes.protobuf;stream=watch",
  "application/yaml",
]
const PATCHES = [
  "application/apply-patch+yaml",
  "application/json-patch+json",
  "application/merge-patch+json",
  "application/strategic-merge-patch+json",
]

const content = (types: readonly string[], schema: Schema): Schema =>
  Object.fromEntries(types.map((type) => [type, { schema }]))

const TEXTS: Readonly<Record<number, string>> = { 200: "OK", 201: "Created", 202: "Accepted", 401: "Unauthorized" }

const reference = (name: string): Schema => ({ $ref: `${V3.prefix}${name}` })

const responses = ({ answer, codes, streams }: Operation): Schema => {
  const body =
    answer === undefined
      ? content([...MEDIA, "text/plain"], { type: "string" })
      : content(streams ? WATCHED : MEDIA, reference(answer))
  return {
    ...Object.fromEntries(codes.map((code) => [code, { description: TEXTS[code], content: body }])),
    401: { description: TEXTS[401] },
  }
}

const writeOperation = (tag: string, operation: Operation): Schema => {
  const { id, action, description, kind, parameters, body, method } = operation
  const types = method === "patch" ? PATCHES : ["*/*"]
  return {
    tags: [tag],
    description,
    operationId: id,
    ...(parameters.length > 0 ? { parameters: parameters.map((each) => writeParameter(each, 3)) } : {}),
    ...(body === undefined
      ? {}
      : {
          requestBody: { content: content(types, reference(body)), ...(method === "delete" ? {} : { required: true }) },
        }),
    responses: responses(operation),
    "x-kubernetes-action": action,
    "x-kubernetes-group-version-kind": kind,
  }
}

const writePath = (tag: string, item: PathItem): readonly [string, Schema] => {
  const { path, parameters, operations } = withShared(item)
  return [
    path,
    {
      ...Object.fromEntries(operations.map((each) => [each.method, writeOperation(tag, each)])),
      parameters: parameters.map((each) => writeParameter(each, 3)),
    },
  ]
}

const byPath = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

/** `/openapi/v3/apis/apps/v1`: the schemas and paths of one version of a group. */
export const documentV3 = (served: ServedVersion): object => {
  const { group, version, path, resources } = served
  const word = groupWord(group)
  const tag = `${word}_${version}`
  const list: Operation = {
    method: "get",
    id: `get${word.slice(0, 1).toUpperCase()}${word.slice(1)}${version.toUpperCase()}APIResources`,
    action: "",
    description: "get available resources",
    kind: { group: "", version: "", kind: "" },
    parameters: [],
    answer: `${META}.APIResourceList`,
    codes: [200],
    streams: false,
  }
  const { "x-kubernetes-action": _, "x-kubernetes-group-version-kind": __, ...discovery } = writeOperation(tag, list)
  const paths = resources.flatMap((info) => pathsOf(info, path)).map((each) => writePath(tag, each))
  return {
    openapi: "3.0.0",
    info: { title: "Kubernetes", version: "1.36" },
    paths: { [`${path}/`]: { get: discovery }, ...Object.fromEntries(paths.sort(byPath)) },
    components: {
      schemas: { ...schemasOf([served], V3), ...customSchemas(served, V3) },
      securitySchemes: {
        BearerToken: {
          type: "apiKey",
          description: "Bearer Token authentication",
          name: "authorization",
          in: "header",
        },
      },
    },
  }
}
