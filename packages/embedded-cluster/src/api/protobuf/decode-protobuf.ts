import { err, type JsonValue, ok, type Result } from "@pilotage/kube-model"
import { utf8Text } from "./byte-text.ts"
import { decodeMessage } from "./decode-message.ts"
import { messageGroup } from "./messages.ts"
import {
  type Cursor,
  cursorOf,
  fieldOf,
  LENGTH,
  NO_TAG,
  readSlice,
  readTag,
  skipField,
  WireFault,
  wireTypeOf,
} from "./wire.ts"

export interface TypeMeta {
  readonly apiVersion: string
  readonly kind: string
}

export interface ProtobufFault {
  readonly message: string
  /** What the body says it is, once that could be read. */
  readonly type?: TypeMeta
}

/** `k8s\0` in front of runtime.Unknown. */
const MAGIC: readonly number[] = [0x6b, 0x38, 0x73, 0x00]

interface Envelope {
  readonly type: TypeMeta
  readonly raw: Cursor
}

const sliceOf = (cursor: Cursor, wireType: number, field: string): Cursor => {
  if (wireType !== LENGTH) throw new WireFault(`proto: wrong wireType = ${wireType} for field ${field}`)
  return readSlice(cursor)
}

const readTypeMeta = (cursor: Cursor): TypeMeta => {
  let [apiVersion, kind] = ["", ""]
  for (let tag = readTag(cursor, "TypeMeta"); tag !== NO_TAG; tag = readTag(cursor, "TypeMeta")) {
    if (fieldOf(tag) === 1) apiVersion = utf8Text(sliceOf(cursor, wireTypeOf(tag), "APIVersion"))
    else if (fieldOf(tag) === 2) kind = utf8Text(sliceOf(cursor, wireTypeOf(tag), "Kind"))
    else skipField(cursor, wireTypeOf(tag))
  }
  return { apiVersion, kind }
}

/** runtime.Unknown: typeMeta = 1, raw = 2, contentEncoding = 3, contentType = 4. */
const readEnvelope = (cursor: Cursor): Envelope => {
  let type: TypeMeta = { apiVersion: "", kind: "" }
  let raw: Cursor = { ...cursor, end: cursor.at }
  for (let tag = readTag(cursor, "Unknown"); tag !== NO_TAG; tag = readTag(cursor, "Unknown")) {
    if (fieldOf(tag) === 1) type = readTypeMeta(sliceOf(cursor, wireTypeOf(tag), "TypeMeta"))
    else if (fieldOf(tag) === 2) raw = sliceOf(cursor, wireTypeOf(tag), "Raw")
    else if (fieldOf(tag) === 3) sliceOf(cursor, wireTypeOf(tag), "ContentEncoding")
    else if (fieldOf(tag) === 4) sliceOf(cursor, wireTypeOf(tag), "ContentType")
    else skipField(cursor, wireTypeOf(tag))
  }
  return { type, raw }
}

const attempt = <T>(read: () => T): Result<T, string> => {
  try {
    return ok(read())
  } catch (caught) {
    if (caught instanceof WireFault) return err(caught.message)
    throw caught
  }
}

const notRegistered = ({ apiVersion, kind }: TypeMeta): string =>
  `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/runtime/scheme.go:111"`

/**
 * A protobuf body (`application/vnd.kubernetes.protobuf`) to the JSON object that it stands for, with apiVersion and kind;
 * what the body does not say of these is taken from `expected`. `kinds`: those that are known here, else all with a table.
 * Never throws.
 */
export const decodeProtobuf = (
  bytes: Uint8Array,
  expected: TypeMeta,
  kinds?: readonly string[],
): Result<JsonValue, ProtobufFault> => {
  if (bytes.length === 0) return err({ message: "empty data" })
  if (MAGIC.some((byte, index) => bytes[index] !== byte))
    return err({
      message: `provided data does not appear to be a protobuf message, expected prefix [${MAGIC.join(" ")}]`,
    })
  if (bytes.length === MAGIC.length) return err({ message: "empty body" })
  const envelope = attempt(() => readEnvelope(cursorOf(bytes, MAGIC.length)))
  if (!envelope.ok) return err({ message: envelope.error })
  const type: TypeMeta = {
    apiVersion: envelope.value.type.apiVersion || expected.apiVersion,
    kind: envelope.value.type.kind || expected.kind,
  }
  const group = kinds === undefined || kinds.includes(type.kind) ? messageGroup(type.apiVersion, type.kind) : undefined
  if (!group) return err({ message: notRegistered(type), type })
  const message = attempt(() => decodeMessage(envelope.value.raw, type.kind, group))
  return message.ok ? ok({ ...type, ...message.value }) : err({ message: message.error, type })
}
