import type { KubeStream, StreamChunk } from "@pilotage/kube-model"

/** Chunks that are kept for a subscriber who has not come yet; more, and the stream ends. */
const BACKLOG_LIMIT = 10_000

/** A stream that is written to. */
export interface ChunkQueue {
  readonly send: (chunk: StreamChunk) => void
  /** Chunks that are there from the beginning; they do not count for the backlog. */
  readonly begin: (chunks: readonly StreamChunk[]) => void
  /** Ends the stream from the server's side. */
  readonly end: () => void
  readonly isOpen: () => boolean
  readonly stream: KubeStream
}

/** `onLeave` is called once, when the stream ends or is closed. */
export const createChunkQueue = (headers: KubeStream["headers"], onLeave: () => void): ChunkQueue => {
  let waiting: StreamChunk[] = []
  let limit = BACKLOG_LIMIT
  let given: { readonly chunk: (chunk: StreamChunk) => void; readonly end: () => void } | undefined
  let state: "open" | "ended" | "closed" = "open"
  const leave = (next: "ended" | "closed"): void => {
    if (state !== "open") return
    state = next
    onLeave()
  }
  const end = (): void => {
    const wasOpen = state === "open"
    leave("ended")
    if (wasOpen) given?.end()
  }
  return {
    begin(chunks) {
      waiting = [...waiting, ...chunks]
      limit = waiting.length + BACKLOG_LIMIT
    },
    send(chunk) {
      if (state !== "open") return
      if (given) given.chunk(chunk)
      else if (waiting.length < limit) waiting.push(chunk)
      else end()
    },
    end,
    isOpen: () => state === "open",
    stream: {
      status: 200,
      headers,
      subscribe(chunk, onEnd) {
        given = { chunk, end: onEnd }
        const kept = waiting
        waiting = []
        for (const each of kept) chunk(each)
        if (state === "ended") onEnd()
      },
      close: () => leave("closed"),
    },
  }
}
