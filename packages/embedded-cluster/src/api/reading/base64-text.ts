import { err, ok, type Result } from "@pilotage/kube-model"

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

/** Base64 for URLs, without padding (RFC 4648 §5). `text` is of characters below 256, a byte each. */
export const toBase64 = (text: string): string => {
  let out = ""
  for (let at = 0; at < text.length; at += 3) {
    const left = Math.min(3, text.length - at)
    const word =
      (text.charCodeAt(at) << 16) |
      ((left > 1 ? text.charCodeAt(at + 1) : 0) << 8) |
      (left > 2 ? text.charCodeAt(at + 2) : 0)
    for (let index = 0; index <= left; index += 1) out += LETTERS[(word >> (18 - 6 * index)) & 63] ?? ""
  }
  return out
}

/** The bytes as characters below 256. Errors are those of Go's encoding/base64. */
export const fromBase64 = (text: string): Result<string, string> => {
  let out = ""
  let word = 0
  let bits = 0
  for (let at = 0; at < text.length; at += 1) {
    const value = LETTERS.indexOf(text[at] ?? "=")
    if (value < 0) return err(`illegal base64 data at input byte ${at}`)
    word = ((word << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    out += String.fromCharCode((word >> bits) & 255)
  }
  return text.length % 4 === 1 ? err(`illegal base64 data at input byte ${text.length - 1}`) : ok(out)
}
