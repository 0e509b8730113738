import { createInflate } from "node:zlib"
import { DICTIONARY } from "./dictionary.ts"

/** Names in lower case. */
export type Headers = ReadonlyMap<string, string>

/** Bytes that the headers of one frame may have when they are unpacked. */
const LARGEST_BLOCK = 64 * 1024

/** SPDY/3.1 §2.6.10: the number of pairs, then each name and value with its length before it. */
const parseHeaders = (block: Buffer): Headers => {
  const headers = new Map<string, string>()
  let at = 0
  const next = (): string => {
    const length = block.readUInt32BE(at)
    at += 4 + length
    if (at > block.length) throw new RangeError("a header ends beyond its block")
    return block.toString("utf8", at - length, at)
  }
  const count = block.readUInt32BE(0)
  at = 4
  for (let pair = 0; pair < count; pair += 1) {
    const name = next()
    headers.set(name.toLowerCase(), next())
  }
  return headers
}

export interface HeaderReader {
  /** One frame's headers; frames must be read one after the other. Rejects when they are none, or too large. */
  readonly read: (packed: Buffer) => Promise<Headers>
  readonly close: () => void
}

/** One zlib stream carries the headers of all frames of a side. */
export const createHeaderReader = (): HeaderReader => {
  const inflate = createInflate({ dictionary: DICTIONARY })
  let block: Buffer[] = []
  let size = 0
  let fail = (_: Error): void => {}
  inflate.on("data", (bytes: Buffer) => {
    size += bytes.length
    if (size > LARGEST_BLOCK) inflate.destroy(new RangeError("headers are too large"))
    else block.push(bytes)
  })
  inflate.on("error", (error) => fail(error))
  return {
    read: (packed) =>
      new Promise((resolve, reject) => {
        fail = reject
        block = []
        size = 0
        inflate.write(packed, () => {
          try {
            resolve(parseHeaders(Buffer.concat(block)))
          } catch (error) {
            reject(error)
          }
        })
      }),
    close: () => inflate.destroy(),
  }
}

const ZLIB_HEADER = Buffer.of(0x78, 0x01)
/** An empty stored block: what comes before it can be read without what comes after it (zlib's Z_SYNC_FLUSH). */
const FLUSH = Buffer.of(0, 0, 0, 0xff, 0xff)
/** No headers: the number of pairs is 0, in a stored block of 4 bytes. */
const EMPTY = Buffer.of(0, 4, 0, 0xfb, 0xff, 0, 0, 0, 0)

/** The header blocks of all our replies, which have no headers: packed as a zlib stream must be, without compression. */
export const emptyHeaders = (isFirst: boolean): Buffer =>
  Buffer.concat([...(isFirst ? [ZLIB_HEADER] : []), EMPTY, FLUSH])
