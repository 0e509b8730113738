import type { WatchEvent } from "./api-answers.ts"
import type { JsonValue } from "./json.ts"

/** A Kubernetes API request as data. `path` starts with `/` and carries the query. */
export interface KubeRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  readonly path: string
  /** Names in lower case, for example `content-type`, `accept`. */
  readonly headers?: Readonly<Record<string, string>>
  /** Text or bytes as sent (JSON, YAML; protobuf comes as bytes), or the parsed value (as in-process callers have it). */
  readonly body?: JsonValue | Uint8Array
}

/** A request that JSON can hold, and with it a log. */
export interface PlainKubeRequest extends KubeRequest {
  readonly body?: JsonValue
}

/**
 * A whole answer. A JSON body is the (immutable, shared) value. What is text is sent as it is, whatever its content type
 * says: logs, plain errors, documents kept as JSON text (`/openapi`). Bytes (`Uint8Array`) are sent as they are too.
 */
export interface KubeResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** A chunk of a watch (an event) or of a followed log (text). */
export type StreamChunk = WatchEvent | string

/** An answer that goes on: a watch or `logs -f`. Chunks before `subscribe` are kept for it. */
export interface KubeStream {
  readonly status: 200
  readonly headers: Readonly<Record<string, string>>
  /** One subscriber. `end` is called once, when the server ends the stream; not after `close`. */
  readonly subscribe: (chunk: (chunk: StreamChunk) => void, end: () => void) => void
  readonly close: () => void
}

export type KubeAnswer = KubeResponse | KubeStream

export const isStream = (answer: KubeAnswer): answer is KubeStream => "subscribe" in answer
