import type { Cursor } from "./wire.ts"

const REPLACEMENT = "\ufffd"

/** Continuation bytes that a lead byte asks for, and the least code point that needs so many. */
const sequenceOf = (lead: number): { readonly more: number; readonly least: number } | undefined => {
  if (lead >= 0xc2 && lead < 0xe0) return { more: 1, least: 0x80 }
  if (lead >= 0xe0 && lead < 0xf0) return { more: 2, least: 0x800 }
  return lead >= 0xf0 && lead < 0xf5 ? { more: 3, least: 0x10000 } : undefined
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff

/** One call for many bytes costs more than it saves before there are this many, and a stack overflow beyond that many. */
const [FEW, MANY] = [48, 4096]

const asciiText = (bytes: Uint8Array, from: number, to: number): string => {
  let out = ""
  if (to - from < FEW) for (let at = from; at < to; at += 1) out += String.fromCharCode(bytes[at] ?? 0)
  else
    for (let at = from; at < to; at += MANY) out += String.fromCharCode(...bytes.subarray(at, Math.min(to, at + MANY)))
  return out
}

/** UTF-8 to text. A byte that fits nowhere becomes U+FFFD, as in Go. */
export const utf8Text = ({ bytes, at, end }: Cursor): string => {
  let out = ""
  let start = at
  let index = at
  while (index < end) {
    const lead = bytes[index] ?? 0
    if (lead < 0x80) {
      index += 1
      continue
    }
    out += asciiText(bytes, start, index)
    const sequence = sequenceOf(lead)
    let code = sequence ? lead & (0x3f >> sequence.more) : 0
    let read = 1
    while (sequence && read <= sequence.more && index + read < end) {
      const next = bytes[index + read] ?? 0
      if ((next & 0xc0) !== 0x80) break
      code = (code << 6) | (next & 0x3f)
      read += 1
    }
    const isWhole = sequence && read === sequence.more + 1 && code >= sequence.least
    const isGood = isWhole && code <= 0x10ffff && !isSurrogate(code)
    out += isGood ? String.fromCodePoint(code) : REPLACEMENT
    index += isGood ? read : 1
    start = index
  }
  return out + asciiText(bytes, start, end)
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

/** Bytes in base64 with padding, as JSON has them. */
export const base64Text = ({ bytes, at, end }: Cursor): string => {
  let out = ""
  for (let index = at; index < end; index += 3) {
    const count = Math.min(3, end - index)
    const three =
      ((bytes[index] ?? 0) << 16) |
      (count > 1 ? (bytes[index + 1] ?? 0) << 8 : 0) |
      (count > 2 ? (bytes[index + 2] ?? 0) : 0)
    for (let digit = 0; digit < 4; digit += 1) out += digit <= count ? DIGITS[(three >> (18 - 6 * digit)) & 0x3f] : "="
  }
  return out
}

/** Lower-case hex of the first `limit` bytes, with ` ...` when there are more; `<empty>` when there are none. */
export const hexSummary = (bytes: Uint8Array, limit: number): string => {
  if (bytes.length === 0) return "<empty>"
  const hex = [...bytes.subarray(0, limit)].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return bytes.length > limit ? `${hex} ...` : hex
}
