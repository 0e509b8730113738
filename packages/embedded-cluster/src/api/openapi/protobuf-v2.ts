import type { DocumentV2 } from "./document-v2.ts"
import { bytesOf, flag, type Message, message, text, texts } from "./protobuf-writer.ts"
import type { Schema } from "./schema.ts"

/**
 * The document of version 2 as Protocol Buffers: messages and field numbers of gnostic's `openapi.v2`, the only form in
 * which kubectl before 1.27 asks for it (`application/com.github.proto-openapi.spec.v2@v1.0+protobuf`).
 */

const isObject = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const entries = (value: unknown): readonly (readonly [string, unknown])[] =>
  isObject(value) ? Object.entries(value) : []

const objects = (value: unknown): readonly Schema[] => (Array.isArray(value) ? value.filter(isObject) : [])

/** NamedSchema, NamedPathItem, NamedAny …: a name and what it is the name of. */
const named = (field: number, name: string, content: Message): Message =>
  message(field, text(1, name) + message(2, content))

/** Any: a value as YAML, and JSON is YAML. */
const any = (value: unknown): Message => text(2, JSON.stringify(value))

const extensions = (field: number, object: Schema): Message =>
  entries(object)
    .filter(([key]) => key.startsWith("x-"))
    .map(([key, value]) => named(field, key, any(value)))
    .join("")

const schema = (of: Schema): Message => {
  const { additionalProperties, type, items, properties } = of
  return [
    text(1, of.$ref),
    text(2, of.format),
    text(4, of.description),
    texts(19, of.required),
    ...(Array.isArray(of.enum) ? of.enum.map((each) => message(20, any(each))) : []),
    isObject(additionalProperties) ? message(21, message(1, schema(additionalProperties))) : "",
    typeof type === "string" ? message(22, text(1, type)) : "",
    isObject(items) ? message(23, message(1, schema(items))) : "",
    isObject(properties) ? message(25, namedSchemas(properties)) : "",
    extensions(31, of),
  ].join("")
}

const namedSchemas = (schemas: Schema): Message =>
  entries(schemas)
    .map(([name, value]) => (isObject(value) ? named(1, name, schema(value)) : ""))
    .join("")

const bodyParameter = (of: Schema): Message =>
  text(2, of.name) + text(3, of.in) + flag(4, of.required) + (isObject(of.schema) ? message(5, schema(of.schema)) : "")

/** Parameters of queries and of paths differ in one number: only those of queries may be empty. */
const plainParameter = (of: Schema, typeField: number): Message =>
  flag(1, of.required) + text(2, of.in) + text(3, of.description) + text(4, of.name) + text(typeField, of.type)

/** ParametersItem: a Parameter, which is a BodyParameter or a NonBodyParameter. */
const parameter = (of: Schema): Message => {
  if (of.in === "body") return message(1, message(1, bodyParameter(of)))
  const inner = of.in === "path" ? message(4, plainParameter(of, 5)) : message(3, plainParameter(of, 6))
  return message(1, message(2, inner))
}

const response = (of: unknown): Message => {
  if (!isObject(of)) return ""
  const sent = isObject(of.schema) ? message(2, message(1, schema(of.schema))) : ""
  return message(1, text(1, of.description) + sent)
}

const operation = (of: Schema): Message =>
  [
    texts(1, of.tags),
    text(3, of.description),
    text(5, of.operationId),
    texts(6, of.produces),
    texts(7, of.consumes),
    ...objects(of.parameters).map((each) => message(8, parameter(each))),
    message(
      9,
      entries(of.responses)
        .map(([code, each]) => named(1, code, response(each)))
        .join(""),
    ),
    texts(10, of.schemes),
    extensions(13, of),
  ].join("")

const METHOD_FIELDS = { get: 2, put: 3, post: 4, delete: 5, options: 6, head: 7, patch: 8 } as const

const pathItem = (of: Schema): Message =>
  [
    ...Object.entries(METHOD_FIELDS).map(([method, field]) => {
      const value = of[method]
      return isObject(value) ? message(field, operation(value)) : ""
    }),
    ...objects(of.parameters).map((each) => message(9, parameter(each))),
  ].join("")

export const protobufV2 = ({ swagger, info, paths, definitions }: DocumentV2): Uint8Array =>
  bytesOf(
    [
      text(1, swagger),
      message(2, text(1, info.title) + text(2, info.version)),
      message(
        8,
        Object.entries(paths)
          .map(([path, item]) => named(2, path, pathItem(item)))
          .join(""),
      ),
      message(9, namedSchemas(definitions)),
    ].join(""),
  )
