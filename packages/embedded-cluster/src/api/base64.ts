const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

/** UTF-8; half of a pair of surrogates becomes U+FFFD. */
const bytesOf = (text: string): number[] => {
  const bytes: number[] = []
  for (const character of text) {
    const given = character.codePointAt(0) ?? 0
    const code = given >= 0xd800 && given <= 0xdfff ? 0xfffd : given
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return bytes
}

/** Text as the base64 of its UTF-8 bytes: how JSON carries bytes. */
export const base64OfText = (text: string): string => {
  const bytes = bytesOf(text)
  const groups: string[] = []
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3)
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    const letters = [18, 12, 6, 0].map((shift) => ALPHABET[(word >> shift) & 63] ?? "")
    groups.push(
      letters
        .map((letter, index) => (index > (c === undefined ? (b === undefined ? 1 : 2) : 3) ? "=" : letter))
        .join(""),
    )
  }
  return groups.join("")
}

/** How many bytes a base64 text stands for. */
export const bytesInBase64 = (text: string): number => Math.floor((text.replace(/[=\s]/g, "").length * 3) / 4)

/** Where Go's decoder stops, in its words; undefined for good base64. Line breaks are passed over. */
export const base64Problem = (text: string): string | undefined => {
  const at = wrongByte(text)
  return at === undefined ? undefined : `illegal base64 data at input byte ${at}`
}

const isBreak = (character: string | undefined): boolean => character === "\n" || character === "\r"

const wrongByte = (text: string): number | undefined => {
  let filled = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ""
    if (isBreak(character)) continue
    if (character === "=") return wrongPadding(text, at, filled)
    if (!ALPHABET.includes(character)) return at
    filled = (filled + 1) % 4
  }
  return filled === 0 ? undefined : text.length - filled
}

/** `at` is the place of the first `=`, after `filled` letters of the last four. */
const wrongPadding = (text: string, at: number, filled: number): number | undefined => {
  if (filled < 2) return at
  let next = at + 1
  while (isBreak(text[next])) next += 1
  if (filled === 2) {
    if (next >= text.length) return text.length
    if (text[next] !== "=") return next
    next += 1
    while (isBreak(text[next])) next += 1
  }
  return next < text.length ? next : undefined
}

/** What good base64 stands for, a character below 256 for each byte. */
export const bytesOfBase64 = (text: string): string => {
  let [out, word, bits] = ["", 0, 0]
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter)
    if (value < 0) continue
    word = ((word << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    out += String.fromCharCode((word >> bits) & 255)
  }
  return out
}
