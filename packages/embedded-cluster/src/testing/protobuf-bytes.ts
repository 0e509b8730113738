/** Writes protobuf by hand: field numbers and what is in them. An encoder of its own, so that tests do not ask the decoder's tables. */
export type Part = readonly [field: number, value: number | string | readonly number[] | readonly Part[]]

export const utf8 = (text: string): number[] =>
  [...encodeURIComponent(text).matchAll(/%(..)|./g)].map(([one, hex]) =>
    hex === undefined ? one.charCodeAt(0) : Number.parseInt(hex, 16),
  )

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

export const bytesOfBase64 = (text: string): Uint8Array => {
  const bits = [...text.replace(/=+$/, "")].map((digit) => DIGITS.indexOf(digit).toString(2).padStart(6, "0")).join("")
  return Uint8Array.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

export const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]

const isBytes = (value: readonly number[] | readonly Part[]): value is readonly number[] => typeof value[0] === "number"

/** A number is a varint, all else is length-delimited: text, bytes, a message of parts. */
export const message = (...parts: readonly Part[]): number[] =>
  parts.flatMap(([field, value]) => {
    if (typeof value === "number") return [...varint(field * 8), ...varint(value)]
    const bytes = typeof value === "string" ? utf8(value) : isBytes(value) ? value : message(...value)
    return [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes]
  })

/** `k8s\0` and runtime.Unknown around the bytes of an object. */
export const protobufBody = (apiVersion: string, kind: string, raw: readonly number[]): Uint8Array => {
  const type: readonly Part[] = [
    [1, apiVersion],
    [2, kind],
  ]
  return Uint8Array.from([...utf8("k8s\0"), ...message([1, type]), ...varint(2 * 8 + 2), ...varint(raw.length), ...raw])
}
