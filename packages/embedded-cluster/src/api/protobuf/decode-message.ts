import type { JsonValue } from "@pilotage/kube-model"
import { DEPTH_LIMIT } from "../json-text.ts"
import { base64Text, utf8Text } from "./byte-text.ts"
import type { Field, WireScalar, WireType } from "./message-type.ts"
import type { MessageGroup } from "./messages.ts"
import { readIntOrString, readQuantity, readRaw, readStringList, readTime } from "./value-messages.ts"
import {
  type Cursor,
  countItem,
  FIXED64,
  fieldOf,
  LENGTH,
  NO_TAG,
  readBool,
  readDouble,
  readInt32,
  readInt64,
  readSlice,
  readTag,
  skipField,
  VARINT,
  WireFault,
  wireTypeOf,
} from "./wire.ts"

type JsonObject = Record<string, JsonValue>

const NUMBERS: ReadonlySet<WireScalar> = new Set<WireScalar>(["int32", "int64", "bool"])

const readNumber = (cursor: Cursor, scalar: WireScalar): number | boolean =>
  scalar === "bool" ? readBool(cursor) : scalar === "int32" ? readInt32(cursor) : readInt64(cursor)

const wireTypeFor = (type: WireType): number => {
  if (type.kind !== "scalar") return LENGTH
  return type.scalar === "float64" ? FIXED64 : NUMBERS.has(type.scalar) ? VARINT : LENGTH
}

const finite = (value: number): number => {
  if (!Number.isFinite(value)) throw new WireFault(`json: unsupported value: ${value}`)
  return value
}

/** Undefined for a value that JSON leaves out or writes as null: no time, no raw JSON. */
const readScalar = (cursor: Cursor, scalar: WireScalar): JsonValue | undefined => {
  if (NUMBERS.has(scalar)) return readNumber(cursor, scalar)
  if (scalar === "float64") return finite(readDouble(cursor))
  const slice = readSlice(cursor)
  switch (scalar) {
    case "bytes":
      return base64Text(slice)
    case "Quantity":
      return readQuantity(slice)
    case "IntOrString":
      return readIntOrString(slice)
    case "Time":
      return readTime(slice, 0)
    case "MicroTime":
      return readTime(slice, 6)
    case "Raw":
      return readRaw(slice)
    case "StringList":
      return readStringList(slice)
    default:
      return utf8Text(slice)
  }
}

const INITIALISM =
  /^(api|cidr|cpu|csi|dns|fs|gid|grpc|host(?=IP)|http|id|ip|iscsi|nfs|os|rbd|tcp|tls|tty|ttl|uid)(?![a-z])/

/** The field's name in Go, for complaints: `clusterIP` is ClusterIP, `dnsPolicy` DNSPolicy. */
const goName = (name: string): string =>
  name === "metadata"
    ? "ObjectMeta"
    : name.replace(INITIALISM, (word) => word.toUpperCase()).replace(/^./, (first) => first.toUpperCase())

const isOwnObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** What a map's entry has when its value is not sent. */
const zeroOf = (type: WireType): JsonValue => {
  if (type.kind !== "scalar") return {}
  if (type.scalar === "bool") return false
  if (type.scalar === "StringList") return []
  return type.scalar === "Quantity" ? "0" : NUMBERS.has(type.scalar) ? 0 : ""
}

/**
 * Reads messages of a group into the JSON that the same client would have sent as JSON: fields by their JSON names, zeros
 * where Go writes them. Fields that the tables do not have are passed over, as the real decoder does whatever the field
 * validation. Throws WireFault. Repeated scalars may be packed; a message sent twice is merged.
 */
export const decodeMessage = (cursor: Cursor, name: string, group: MessageGroup, into: JsonObject = {}): JsonObject => {
  const fields = group.message(name)
  // Schemas are made of schemas: as deep as JSON may be, and no deeper.
  cursor.nesting.depth += 1
  if (cursor.nesting.depth > DEPTH_LIMIT) throw new WireFault("exceeded max depth")
  for (let tag = readTag(cursor, name); tag !== NO_TAG; tag = readTag(cursor, name)) {
    const field = fields?.get(fieldOf(tag))
    if (!field) skipField(cursor, wireTypeOf(tag))
    else readField(cursor, wireTypeOf(tag), field, group, into)
  }
  cursor.nesting.depth -= 1
  return into
}

/** A choice between two fields: the named one, else the other; an array or a boolean that was not sent is an empty one. */
const readChoice = (cursor: Cursor, name: string, group: MessageGroup): JsonValue => {
  const { one, other } = decodeMessage(readSlice(cursor), name, group)
  return one ?? other ?? []
}

const readField = (cursor: Cursor, wireType: number, field: Field, group: MessageGroup, into: JsonObject): void => {
  const { name, type } = field
  if (type.kind !== "list" && wireType !== wireTypeFor(type)) throw wrongWireType(wireType, field)
  if (type.kind === "list") readItems(cursor, wireType, field, type.item, group, into)
  else if (type.kind === "inline") decodeMessage(readSlice(cursor), type.name, group, into)
  else if (type.kind === "message") {
    const before = into[name]
    into[name] = decodeMessage(readSlice(cursor), type.name, group, isOwnObject(before) ? before : {})
  } else if (type.kind === "choice") into[name] = readChoice(cursor, type.name, group)
  else if (type.kind === "map") {
    const before = into[name]
    const map = isOwnObject(before) ? before : {}
    readEntry(readSlice(cursor), type.value, group, map)
    into[name] = map
  } else {
    const value = readScalar(cursor, type.scalar)
    const isZero = value === undefined || value === 0 || value === "" || value === false
    if (value !== undefined && (!isZero || field.keepsZero || type.scalar === "IntOrString")) into[name] = value
    else if (into[name] !== undefined) delete into[name]
  }
}

const wrongWireType = (wireType: number, { name, type }: Field): WireFault =>
  new WireFault(`proto: wrong wireType = ${wireType} for field ${type.kind === "inline" ? name : goName(name)}`)

const readItems = (
  cursor: Cursor,
  wireType: number,
  field: Field,
  item: WireType,
  group: MessageGroup,
  into: JsonObject,
): void => {
  const before = into[field.name]
  const items = Array.isArray(before) ? (before as JsonValue[]) : []
  into[field.name] = items
  const isPacked = wireType === LENGTH && wireTypeFor(item) === VARINT
  if (!isPacked && wireType !== wireTypeFor(item)) throw wrongWireType(wireType, field)
  countItem(cursor)
  if (item.kind === "message") items.push(decodeMessage(readSlice(cursor), item.name, group))
  else if (item.kind === "scalar") {
    const source = isPacked ? readSlice(cursor) : cursor
    const first = source.at
    while (isPacked ? source.at < source.end : source.at === first) {
      if (isPacked) countItem(source)
      items.push(readScalar(source, item.scalar) ?? zeroOf(item))
    }
  }
}

const readEntry = (entry: Cursor, type: WireType, group: MessageGroup, into: JsonObject): void => {
  let key = ""
  let value: JsonValue | undefined
  for (let tag = readTag(entry, "entry"); tag !== NO_TAG; tag = readTag(entry, "entry")) {
    const field = fieldOf(tag)
    if (field === 1) key = utf8Text(readSlice(entry))
    else if (field !== 2) skipField(entry, wireTypeOf(tag))
    else if (type.kind === "choice") value = readChoice(entry, type.name, group)
    else if (type.kind === "message") value = decodeMessage(readSlice(entry), type.name, group)
    else if (type.kind === "scalar") value = readScalar(entry, type.scalar)
  }
  if (key === "__proto__") throw new WireFault('the key "__proto__" is not allowed')
  into[key] = value ?? zeroOf(type)
}
