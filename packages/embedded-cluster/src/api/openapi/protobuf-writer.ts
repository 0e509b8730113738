/**
 * Protocol Buffers, as far as messages of texts, booleans and other messages need it. A message under way is a string with
 * a character (0–255) for each byte: such strings are cheap to put together.
 */
export type Message = string

const varint = (value: number): Message => {
  let text = ""
  let rest = value
  while (rest > 0x7f) {
    text += String.fromCharCode((rest & 0x7f) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  return text + String.fromCharCode(rest)
}

const utf8 = (text: string): Message =>
  /^[\0-\x7f]*$/.test(text)
    ? text
    : encodeURIComponent(text).replace(/%([0-9A-F]{2})/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )

/** A field that holds a message. */
export const message = (field: number, content: Message): Message =>
  varint(field * 8 + 2) + varint(content.length) + content

/** A field that holds a text; nothing for an absent one. */
export const text = (field: number, value: unknown): Message =>
  typeof value === "string" && value !== "" ? message(field, utf8(value)) : ""

export const texts = (field: number, values: unknown): Message =>
  Array.isArray(values) ? values.map((each) => message(field, utf8(String(each)))).join("") : ""

/** A field that is true; nothing when it is not. */
export const flag = (field: number, value: unknown): Message => (value === true ? varint(field * 8) + varint(1) : "")

export const bytesOf = (content: Message): Uint8Array => {
  const bytes = new Uint8Array(content.length)
  for (let at = 0; at < content.length; at += 1) bytes[at] = content.charCodeAt(at)
  return bytes
}
