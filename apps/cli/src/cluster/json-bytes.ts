import { jsonText } from "@pilotage/embedded-cluster"
import type { StreamChunk } from "@pilotage/kube-model"

const lines = new WeakMap<object, Buffer>()

/** A piece of a log; or a line of a watch, which all watchers of an event share. */
export const chunkBytes = (chunk: StreamChunk): Buffer => {
  if (typeof chunk === "string") return Buffer.from(chunk)
  const known = lines.get(chunk)
  if (known) return known
  const bytes = Buffer.from(`{"type":"${chunk.type}","object":${jsonText(chunk.object)}}\n`)
  lines.set(chunk, bytes)
  return bytes
}
