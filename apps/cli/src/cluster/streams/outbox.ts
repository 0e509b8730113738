/** Bytes that a client may leave unread before the writer is asked to wait, and before the client is given up. */
const [HIGH, LIMIT] = [256 * 1024, 16 * 1024 * 1024]

export interface Outbox {
  /** Sends; `done` of the transport is told when the bytes have left. */
  readonly send: (bytes: Buffer) => void
  /** Resolves when not too much waits to leave, or nobody will read it. */
  readonly ready: () => Promise<void>
  /** Nobody reads any more: who waits goes on, what is sent is dropped. */
  readonly close: () => void
}

/** Counts what is on its way. A reader that is too slow holds its writers up; one that reads nothing at all is cut off. */
export const createOutbox = (transport: {
  readonly send: (bytes: Buffer, done: () => void) => void
  readonly cutOff: () => void
}): Outbox => {
  let underway = 0
  let closed = false
  let waiting: (() => void)[] = []
  const wake = (): void => {
    const ready = waiting
    waiting = []
    for (const each of ready) each()
  }
  return {
    send(bytes) {
      if (closed) return
      underway += bytes.length
      transport.send(bytes, () => {
        underway -= bytes.length
        if (underway <= HIGH) wake()
      })
      if (underway > LIMIT) transport.cutOff()
    },
    ready: () => (closed || underway <= HIGH ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    close() {
      closed = true
      wake()
    },
  }
}
