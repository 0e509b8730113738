const SHORT: Readonly<Record<number, string>> = {
  7: "\\a",
  8: "\\b",
  9: "\\t",
  10: "\\n",
  11: "\\v",
  12: "\\f",
  13: "\\r",
  34: '\\"',
  92: "\\\\",
}

const hex = (code: number, width: number): string => code.toString(16).padStart(width, "0")

const isPrintable = (char: string): boolean => char === " " || !/[\p{C}\p{Z}]/u.test(char)

const quotedChar = (char: string): string => {
  const code = char.codePointAt(0) ?? 0
  const short = SHORT[code]
  if (short !== undefined) return short
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`
  if (isPrintable(char)) return char
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`
}

/** A text in quotes as Go's `%q` writes it (strconv.Quote): `"a\x01b"`. */
export const goQuote = (text: string): string => {
  // Most texts need nothing but the quotes.
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`
  return `"${Array.from(text, quotedChar).join("")}"`
}
