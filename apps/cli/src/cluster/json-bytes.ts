import { jsonText } from "@pilotage/embedded-cluster"
import type { StreamChunk } from "@pilotage/kube-model"

const events = new WeakMap<object, Map<string, Buffer>>()

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
