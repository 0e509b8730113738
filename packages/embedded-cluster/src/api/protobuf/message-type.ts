/** How a field's bytes are read and what they are in JSON. */
export type WireType =
  | { readonly kind: "scalar"; readonly scalar: WireScalar }
  | { readonly kind: "message"; readonly name: string }
  | { readonly kind: "list"; readonly item: WireType }
  | { readonly kind: "map"; readonly value: WireType }
  /** The message's fields stand in the JSON object around it. */
  | { readonly kind: "inline"; readonly name: string }
  /** The message's `one` field stands for it, or `other` where that is not sent: in JSON these have no names. */
  | { readonly kind: "choice"; readonly name: string }

export type WireScalar =
  | "string"
  | "bytes"
  | "int32"
  | "int64"
  | "bool"
  | "float64"
  | "Quantity"
  | "IntOrString"
  | "Time"
  | "MicroTime"
  /** A message that holds JSON text: RawExtension, FieldsV1. */
  | "Raw"
  /** A message that holds a list of strings: ExtraValue. */
  | "StringList"

export interface Field {
  /** In JSON. */
  readonly name: string
  /** Zero and the empty string say something: Go holds the field by pointer, or writes it in any case. */
  readonly keepsZero: boolean
  readonly type: WireType
}

/** Fields by number. */
export type MessageType = ReadonlyMap<number, Field>

const SCALARS: ReadonlySet<string> = new Set<WireScalar>([
  "string",
  "bytes",
  "int32",
  "int64",
  "bool",
  "float64",
  "Quantity",
  "IntOrString",
  "Time",
  "MicroTime",
  "Raw",
  "StringList",
])

const isScalar = (text: string): text is WireScalar => SCALARS.has(text)

const parseType = (text: string): WireType => {
  if (text === "") return { kind: "scalar", scalar: "string" }
  if (text.startsWith("[")) return { kind: "list", item: parseType(text.slice(1, -1)) }
  if (text.startsWith("{")) return { kind: "map", value: parseType(text.slice(1, -1)) }
  if (text.startsWith("^")) return { kind: "inline", name: text.slice(1) }
  if (text.startsWith("|")) return { kind: "choice", name: text.slice(1) }
  return isScalar(text) ? { kind: "scalar", scalar: text } : { kind: "message", name: text }
}

const parseField = (text: string): readonly [number, Field] => {
  const [, name = "", number = "", keeps = "", type = ""] = /^([\w$-]+):(\d+)(\??)(.*)$/.exec(text) ?? []
  return [Number(number), { name, keepsZero: keeps === "?", type: parseType(type) }]
}

/**
 * The fields of a message from its line in a table, `field:NUMBER[?]TYPE …`. TYPE is a scalar (nothing: string), a
 * message, `[TYPE]`, `{TYPE}` (a map from strings), `^Message` (inline) or `|Message` (one of its fields in its place);
 * `?`: see Field.keepsZero.
 */
export const parseMessage = (text: string): MessageType =>
  new Map(
    text
      .split(" ")
      .filter((field) => field !== "")
      .map(parseField),
  )
