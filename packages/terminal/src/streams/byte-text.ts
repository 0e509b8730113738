/**
 * Bytes as the text that programs work on, and back, without loss. UTF-8 becomes its characters; a byte that is no part
 * of well-formed UTF-8 becomes a lone surrogate, U+DC80 for 0x80 up to U+DCFF for 0xFF (PEP 383), which no well-formed
 * text has.
 */

const ESCAPES = 0xdc00

/** Continuation bytes that a lead byte asks for, and the least code point that needs so many. */
const sequenceOf = (lead: number): { readonly more: number; readonly least: number } | undefined => {
  if (lead >= 0xc2 && lead < 0xe0) return { more: 1, least: 0x80 }
  if (lead >= 0xe0 && lead < 0xf0) return { more: 2, least: 0x800 }
  return lead >= 0xf0 && lead < 0xf5 ? { more: 3, least: 0x10000 } : undefined
}

/** `short`: the bytes end in the middle of a character. */
const characterAt = (bytes: Uint8Array, at: number): { readonly code: number; readonly size: number } | "short" => {
  const lead = bytes[at] ?? 0
  const escaped = { code: ESCAPES + lead, size: 1 }
  const sequence = sequenceOf(lead)
  if (!sequence) return lead < 0x80 ? { code: lead, size: 1 } : escaped
  let code = lead & (0x3f >> sequence.more)
  for (let index = 1; index <= sequence.more; index += 1) {
    const next = bytes[at + index]
    if (next === undefined) return "short"
    if ((next & 0xc0) !== 0x80) return escaped
    code = (code << 6) | (next & 0x3f)
  }
  const isGood = code >= sequence.least && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
  return isGood ? { code, size: sequence.more + 1 } : escaped
}

/** How many code points go into one call. */
const AT_ONCE = 4096

export interface ByteReader {
  /** The text of the next bytes; those of a character that has not ended yet wait for the next call. */
  readonly read: (bytes: Uint8Array) => string
  /** What still waits at the end. */
  readonly end: () => string
}

/** Reads bytes that come in chunks. */
export const createByteReader = (): ByteReader => {
  let held = new Uint8Array(0)
  const decode = (bytes: Uint8Array, isLast: boolean): string => {
    let text = ""
    let codes: number[] = []
    let at = 0
    while (at < bytes.length) {
      const character = characterAt(bytes, at)
      if (character === "short" && !isLast) break
      const { code, size } = character === "short" ? { code: ESCAPES + (bytes[at] ?? 0), size: 1 } : character
      codes.push(code)
      at += size
      if (codes.length < AT_ONCE) continue
      text += String.fromCodePoint(...codes)
      codes = []
    }
    held = bytes.slice(at)
    return text + String.fromCodePoint(...codes)
  }
  return {
    read(bytes) {
      if (held.length === 0) return decode(bytes, false)
      const joined = new Uint8Array(held.length + bytes.length)
      joined.set(held)
      joined.set(bytes, held.length)
      return decode(joined, false)
    },
    end: () => decode(held, true),
  }
}

export const textOfBytes = (bytes: Uint8Array): string => {
  const reader = createByteReader()
  return reader.read(bytes) + reader.end()
}

const pushCode = (bytes: number[], code: number): void => {
  if (code < 0x80) bytes.push(code)
  else if (code >= ESCAPES + 0x80 && code <= ESCAPES + 0xff) bytes.push(code - ESCAPES)
  else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f))
  else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
  else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
}

export const bytesOfText = (text: string): Uint8Array => {
  const bytes: number[] = []
  for (const character of text) pushCode(bytes, character.codePointAt(0) ?? 0)
  return Uint8Array.from(bytes)
}

/** Bytes of a text. */
export const byteLength = (text: string): number => bytesOfText(text).length
