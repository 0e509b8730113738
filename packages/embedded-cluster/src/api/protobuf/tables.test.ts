import { expect, test } from "vitest"
import { apiVersionOf, RESOURCES } from "../resources.ts"
import { type FieldType, kindType, structType } from "../schema/type-text.ts"
import type { Field, WireType } from "./message-type.ts"
import { type MessageGroup, messageGroup } from "./messages.ts"

/** Fields by JSON name, those of inline messages among them. */
const fieldsOf = (name: string, group: MessageGroup): ReadonlyMap<string, Field> =>
  new Map(
    [...(group.message(name)?.values() ?? [])].flatMap((field) =>
      field.type.kind === "inline" ? [...fieldsOf(field.type.name, group)] : [[field.name, field] as const],
    ),
  )

const shape = (type: FieldType | WireType): string => {
  if (type.kind === "list") return `[${shape(type.item)}]`
  if (type.kind === "map") return `{${shape(type.value)}}`
  // What may be one thing or another has no name of its own in JSON.
  if (type.kind === "choice") return type.name
  if (type.kind === "scalar")
    return type.scalar === "any" || type.scalar === "JSON"
      ? "Raw"
      : type.scalar === "StringList"
        ? "[string]"
        : type.scalar
  return "message"
}

const inner = (type: FieldType | WireType): string | undefined => {
  if (type.kind === "list") return inner(type.item)
  if (type.kind === "map") return inner(type.value)
  return type.kind === "scalar" || type.kind === "choice" ? undefined : type.name
}

/** What the envelope says of an object. */
const ENVELOPE: ReadonlySet<string> = new Set(["apiVersion", "kind"])

/** Where the table of messages and the table of JSON types do not say the same, both walked from a kind. */
const differences = (type: string, kind: string, group: MessageGroup): readonly string[] => {
  const seen = new Set<string>()
  const found: string[] = []
  const walk = (struct: string, message: string): void => {
    if (seen.has(`${struct} ${message}`)) return
    seen.add(`${struct} ${message}`)
    const fields = fieldsOf(message, group)
    for (const [name, type] of structType(struct)) {
      if (ENVELOPE.has(name) && structType(struct).has("metadata")) continue
      const field = fields.get(name)
      if (!field) found.push(`${message}.${name} has no number`)
      else if (shape(field.type) !== shape(type))
        found.push(`${message}.${name} is ${shape(field.type)}, not ${shape(type)}`)
      const [deeper, sent] = [inner(type), field ? inner(field.type) : undefined]
      if (deeper !== undefined && sent !== undefined) walk(deeper, sent)
    }
  }
  walk(type, kind)
  return found
}

test.each(RESOURCES.map((info) => [info.kind, info] as const))(
  "every field of %s can be sent in protobuf",
  (kind, info) => {
    const group = messageGroup(apiVersionOf(info), kind)
    expect(group && differences(kindType(info), kind, group)).toEqual([])
  },
)
