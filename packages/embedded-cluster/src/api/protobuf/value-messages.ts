import { formatTime, type JsonValue } from "@pilotage/kube-model"
import { parseJsonText } from "../json-text.ts"
import { utf8Text } from "./byte-text.ts"
import {
  type Cursor,
  fieldOf,
  LENGTH,
  NO_TAG,
  readInt32,
  readInt64,
  readSlice,
  readTag,
  skipField,
  VARINT,
  WireFault,
  wireTypeOf,
} from "./wire.ts"

/** Reads fields by number: varints by `numbers`, the rest by `slices`; others are passed over. */
const readFields = (
  cursor: Cursor,
  message: string,
  numbers: Readonly<Record<number, (cursor: Cursor) => void>>,
  slices: Readonly<Record<number, (slice: Cursor) => void>>,
): void => {
  for (let tag = readTag(cursor, message); tag !== NO_TAG; tag = readTag(cursor, message)) {
    const number = numbers[fieldOf(tag)]
    const slice = slices[fieldOf(tag)]
    if (number && wireTypeOf(tag) === VARINT) number(cursor)
    else if (slice && wireTypeOf(tag) === LENGTH) slice(readSlice(cursor))
    else if (number || slice) throw new WireFault(`proto: wrong wireType = ${wireTypeOf(tag)} for field ${message}`)
    else skipField(cursor, wireTypeOf(tag))
  }
}

/** resource.Quantity: its text; nothing is "0". */
export const readQuantity = (cursor: Cursor): string => {
  let text = ""
  readFields(cursor, "Quantity", {}, { 1: (slice) => (text = utf8Text(slice)) })
  return text === "" ? "0" : text
}

export const readIntOrString = (cursor: Cursor): number | string => {
  let [type, int, text] = [0, 0, ""]
  readFields(
    cursor,
    "IntOrString",
    { 1: (at) => (type = readInt64(at)), 2: (at) => (int = readInt32(at)) },
    { 3: (slice) => (text = utf8Text(slice)) },
  )
  if (type !== 0 && type !== 1) throw new WireFault("impossible IntOrString.Type")
  return type === 0 ? int : text
}

/** 0001-01-01 and 10000-01-01 in seconds since 1970: what RFC 3339 can say. */
const [FIRST_SECOND, LAST_SECOND] = [-62_135_596_800, 253_402_300_800]

/** RFC 3339, whole seconds for Time, microseconds for MicroTime; undefined for no time at all (an empty message). */
export const readTime = (cursor: Cursor, digits: 0 | 6): string | undefined => {
  if (cursor.at >= cursor.end) return undefined
  let [seconds, nanos] = [0, 0]
  readFields(cursor, "Timestamp", { 1: (at) => (seconds = readInt64(at)), 2: (at) => (nanos = readInt32(at)) }, {})
  if (seconds < FIRST_SECOND || seconds >= LAST_SECOND || nanos < 0 || nanos >= 1e9)
    throw new WireFault("Time is beyond the years 1 to 9999")
  if (seconds === FIRST_SECOND && nanos === 0) return undefined
  const text = formatTime(seconds * 1000)
  return digits === 0 ? text : text.replace("Z", `.${String(Math.floor(nanos / 1000)).padStart(6, "0")}Z`)
}

/** RawExtension and FieldsV1: JSON text inside; undefined when there is none. */
export const readRaw = (cursor: Cursor): JsonValue | undefined => {
  let text = ""
  readFields(cursor, "RawExtension", {}, { 1: (slice) => (text = utf8Text(slice)) })
  if (text === "") return undefined
  const parsed = parseJsonText(text)
  if (!parsed.ok) throw new WireFault(`json parse error: ${parsed.error}`)
  return parsed.value.value
}

export const readStringList = (cursor: Cursor): readonly string[] => {
  const items: string[] = []
  readFields(cursor, "ExtraValue", {}, { 1: (slice) => items.push(utf8Text(slice)) })
  return items
}
