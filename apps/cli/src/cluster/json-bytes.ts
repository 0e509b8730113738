import type { StreamChunk } from "@pilotage/kube-model"

const texts = new WeakMap<object, string>()
const events = new WeakMap<object, Map<string, Buffer>>()

/** Objects of a cluster never change, so each is written once, whoever asks. */
export const jsonText = (value: object): string => {
  const known = texts.get(value)
  if (known !== undefined) return known
  const text = JSON.stringify(value)
  texts.set(value, text)
  return text
}

/** A line of a watch, or a piece of a log. */
export const chunkBytes = (chunk: StreamChunk): Buffer => {
  if (typeof chunk === "string") return Buffer.from(chunk)
  const { type, object } = chunk
  const byType = events.get(object) ?? new Map<string, Buffer>()
  events.set(object, byType)
  const known = byType.get(type)
  if (known) return known
  const bytes = Buffer.from(`{"type":"${type}","object":${jsonText(object)}}\n`)
  byType.set(type, bytes)
  return bytes
}
