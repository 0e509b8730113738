import {
  type Cancellation,
  createCancellation,
  type KubeStream,
  type Status,
  type StreamChunk,
  type WatchEvent,
} from "@pilotage/kube-model"
import type { Clock } from "../host.ts"

/** The chunks of a stream until it ends or `stop` is cancelled; closes it in any case. */
export async function* chunksOf(stream: KubeStream, stop: Cancellation): AsyncGenerator<StreamChunk, void> {
  const queue: StreamChunk[] = []
  let ended = false
  let wake = (): void => {}
  const silence = stop.onCancel(() => {
    ended = true
    wake()
  })
  stream.subscribe(
    (chunk) => {
      queue.push(chunk)
      wake()
    },
    () => {
      ended = true
      wake()
    },
  )
  try {
    for (;;) {
      for (let chunk = queue.shift(); chunk !== undefined && !stop.cancelled; chunk = queue.shift()) yield chunk
      if (ended) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    silence()
    stream.close()
  }
}

/** What an ERROR event says. */
export const statusOf = (event: WatchEvent): Status => {
  const { object } = event
  return object.kind === "Status" && "code" in object
    ? (object as Status)
    : { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message: "the watch failed", code: 500 }
}

/** A cancellation that ends with its parent or when the time has come, whichever is first. */
export interface Deadline {
  readonly cancellation: Cancellation
  readonly expired: () => boolean
  /** Lets go of the clock and the parent. */
  readonly release: () => void
}

/** `milliseconds` undefined: never expires by itself. */
export const deadlineAfter = (clock: Clock, parent: Cancellation, milliseconds: number | undefined): Deadline => {
  const source = createCancellation()
  const sleeping = createCancellation()
  let expired = false
  const silence = parent.onCancel(() => source.cancel())
  if (milliseconds !== undefined)
    void clock.sleep(milliseconds, sleeping).then(() => {
      if (sleeping.cancelled || source.cancelled) return
      expired = true
      source.cancel()
    })
  return {
    cancellation: source,
    expired: () => expired,
    release() {
      silence()
      sleeping.cancel()
    },
  }
}
