/** SPDY/3.1 §2.2: eight bytes, and then as many as the last three of them say. */

export type Frame =
  | { readonly kind: "data"; readonly stream: number; readonly isLast: boolean; readonly bytes: Buffer }
  | { readonly kind: "control"; readonly type: number; readonly flags: number; readonly body: Buffer }

export const SYN_STREAM = 1
export const SYN_REPLY = 2
export const RST_STREAM = 3
export const PING = 6
export const GOAWAY = 7
export const HEADERS = 8

export const FLAG_FIN = 1

/** Clients send 32 KiB at a time. */
const LARGEST_FRAME = 1024 * 1024

const VERSION = 3

/** The frames in a flow of bytes. Throws when one is too large, or of another version. */
export async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame, void> {
  let held: Buffer[] = []
  let size = 0
  let needed = 8
  for await (const chunk of source) {
    held.push(chunk)
    size += chunk.length
    if (size < needed) continue
    let rest = Buffer.concat(held)
    while (rest.length >= 8) {
      const length = rest.readUIntBE(5, 3)
      if (length > LARGEST_FRAME) throw new RangeError(`a frame of ${length} bytes`)
      needed = 8 + length
      if (rest.length < needed) break
      const body = rest.subarray(8, needed)
      const flags = rest.readUInt8(4)
      if (rest.readUInt8(0) < 0x80)
        yield { kind: "data", stream: rest.readUInt32BE(0), isLast: (flags & FLAG_FIN) > 0, bytes: body }
      else if (rest.readUInt16BE(0) === 0x8000 + VERSION)
        yield { kind: "control", type: rest.readUInt16BE(2), flags, body }
      else throw new RangeError("this is not SPDY/3.1")
      rest = rest.subarray(needed)
      needed = 8
    }
    held = [rest]
    size = rest.length
  }
}

const frameOf = (first: number, second: number, flags: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(8)
  head.writeUInt16BE(first, 0)
  head.writeUInt16BE(second, 2)
  head.writeUInt8(flags, 4)
  head.writeUIntBE(body.length, 5, 3)
  return Buffer.concat([head, body])
}

export const dataFrame = (stream: number, bytes: Buffer, isLast: boolean): Buffer =>
  frameOf(stream >>> 16, stream & 0xffff, isLast ? FLAG_FIN : 0, bytes)

/** Whole numbers of four bytes, and what follows them. */
export const controlFrame = (type: number, numbers: readonly number[], rest: Buffer = Buffer.alloc(0)): Buffer => {
  const fixed = Buffer.alloc(4 * numbers.length)
  for (const [index, number] of numbers.entries()) fixed.writeUInt32BE(number, 4 * index)
  return frameOf(0x8000 + VERSION, type, 0, Buffer.concat([fixed, rest]))
}
