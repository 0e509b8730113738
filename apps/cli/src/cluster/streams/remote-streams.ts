import type { EndStatus } from "./exec-status.ts"

/** Bytes on their way to the client. */
export interface Sink {
  readonly write: (bytes: Uint8Array) => void
  /** Resolves when the client has kept up, or is gone. */
  readonly ready: () => Promise<void>
}

/** The client's end of an exec or attach, whatever protocol carries it. */
export interface RemoteStreams {
  /** What the client's stdin brings; ends at its end and when the client is gone. */
  readonly stdin: AsyncIterable<Uint8Array>
  readonly stdout: Sink
  readonly stderr: Sink
  /** The server translates between this client and the node. */
  readonly isTranslated: boolean
  readonly onResize: (listener: (columns: number) => void) => void
  /** Called once: the client is gone, or the server ends. */
  readonly onGone: (listener: () => void) => void
  /** The last word; then the connection is closed. */
  readonly finish: (status: EndStatus) => void
}
