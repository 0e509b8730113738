/** What is wrong with a message, in the words of upstream's generated decoders (gogo/protobuf). */
export class WireFault {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** A place in bytes; reading moves `at`. `end` is where the message at hand ends. */
export interface Cursor {
  readonly bytes: Uint8Array
  at: number
  readonly end: number
  /** Items of lists that were read out of these bytes, by any of their cursors. */
  readonly items: { read: number }
  /** How many messages the one at hand is inside of. */
  readonly nesting: { depth: number }
}

export const cursorOf = (bytes: Uint8Array, at = 0): Cursor => ({
  bytes,
  at,
  end: bytes.length,
  items: { read: 0 },
  nesting: { depth: 0 },
})

export const TOO_MANY_ITEMS = "too many items"

/** So many would be more than 1 MiB as JSON, in which each asks for 8 bytes with its place. */
const ITEM_LIMIT = 131_072

/** An empty message takes two bytes and makes an object: what a body may ask for is limited before it is all there. */
export const countItem = ({ items }: Cursor): void => {
  items.read += 1
  if (items.read > ITEM_LIMIT) throw new WireFault(TOO_MANY_ITEMS)
}

export const VARINT = 0
export const FIXED64 = 1
export const LENGTH = 2
const START_GROUP = 3
const END_GROUP = 4
const FIXED32 = 5

const unexpectedEnd = (): WireFault => new WireFault("unexpected EOF")

const readByte = (cursor: Cursor): number => {
  const byte = cursor.at < cursor.end ? cursor.bytes[cursor.at] : undefined
  if (byte === undefined) throw unexpectedEnd()
  cursor.at += 1
  return byte
}

/** The 64 bits of a varint, as unsigned halves. */
const readHalves = (cursor: Cursor): { readonly low: number; readonly high: number } => {
  const first = cursor.bytes[cursor.at]
  if (first !== undefined && first < 0x80 && cursor.at < cursor.end) {
    cursor.at += 1
    return { low: first, high: 0 }
  }
  let [low, high] = [0, 0]
  for (let shift = 0; shift < 64; shift += 7) {
    const byte = readByte(cursor)
    const seven = byte & 0x7f
    if (shift < 32) low |= seven << shift
    if (shift === 28) high |= seven >> 4
    else if (shift > 28) high |= seven << (shift - 32)
    if (byte < 0x80) return { low: low >>> 0, high: high >>> 0 }
  }
  throw new WireFault("proto: integer overflow")
}

/** Cut to 32 bits, as Go does. */
export const readInt32 = (cursor: Cursor): number => readHalves(cursor).low | 0

/** Exact up to 2^53, the nearest number beyond. */
export const readInt64 = (cursor: Cursor): number => {
  const { low, high } = readHalves(cursor)
  return (high | 0) * 2 ** 32 + low
}

export const readBool = (cursor: Cursor): boolean => {
  const { low, high } = readHalves(cursor)
  return low !== 0 || high !== 0
}

/** An IEEE 754 double, the lowest byte first. */
export const readDouble = (cursor: Cursor): number => {
  const { bytes, at } = cursor
  if (cursor.end - at < 8) throw unexpectedEnd()
  cursor.at = at + 8
  return new DataView(bytes.buffer, bytes.byteOffset + at, 8).getFloat64(0, true)
}

/** The bytes of a length-delimited field, as a cursor of their own; moves behind them. */
export const readSlice = (cursor: Cursor): Cursor => {
  const length = readInt64(cursor)
  if (length < 0) throw new WireFault("proto: negative length found during unmarshaling")
  const at = cursor.at
  if (length > cursor.end - at) throw unexpectedEnd()
  cursor.at = at + length
  return { bytes: cursor.bytes, at, end: cursor.at, items: cursor.items, nesting: cursor.nesting }
}

/** What stands behind the last field. */
export const NO_TAG = -1

export const fieldOf = (tag: number): number => tag >>> 3
export const wireTypeOf = (tag: number): number => tag & 7

/** Field numbers beyond 32 bits are told as this one, which no type has. */
const UNKNOWN_FIELD = 0x1fffffff

/** The next field's number and wire type in one number, or NO_TAG at the end. `message` is named in the complaint. */
export const readTag = (cursor: Cursor, message: string): number => {
  const start = cursor.at
  if (start >= cursor.end) return NO_TAG
  const { low, high } = readHalves(cursor)
  const wireType = low & 7
  const field = (low >>> 3) | (high << 29) | 0
  if (wireType === END_GROUP) throw new WireFault(`proto: ${message}: wiretype end group for non-group`)
  if (field <= 0) {
    const wire = readInt64({ ...cursor, at: start })
    throw new WireFault(`proto: ${message}: illegal tag ${field} (wire type ${wire})`)
  }
  return high === 0 ? low : ((UNKNOWN_FIELD << 3) | wireType) >>> 0
}

const pass = (cursor: Cursor, length: number): void => {
  if (length > cursor.end - cursor.at) throw unexpectedEnd()
  cursor.at += length
}

/** Passes over a field that the type does not have; groups may nest and need no stack. */
export const skipField = (cursor: Cursor, first: number): void => {
  let depth = 0
  let wireType = first
  for (;;) {
    if (wireType === VARINT) readHalves(cursor)
    else if (wireType === FIXED64) pass(cursor, 8)
    else if (wireType === LENGTH) readSlice(cursor)
    else if (wireType === START_GROUP) depth += 1
    else if (wireType === END_GROUP) depth -= 1
    else if (wireType === FIXED32) pass(cursor, 4)
    else throw new WireFault(`proto: illegal wireType ${wireType}`)
    if (depth === 0) return
    wireType = readHalves(cursor).low & 7
  }
}
