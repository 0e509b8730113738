import type { Cancellation } from "@pilotage/kube-model"
import type { Input, Output } from "./stream.ts"

/** A writer that is this far ahead of its reader waits (Linux pipe(7): 64 KiB). */
const CAPACITY = 65_536

export interface Pipe {
  readonly input: Input
  readonly output: Output
  /** End of file for the reader. */
  readonly closeWriter: () => void
  /** The reader is gone: what is written from now on goes nowhere. */
  readonly closeReader: () => void
}

/** One stage's stdout and the next one's stdin. */
export const createPipe = (): Pipe => {
  let buffer = ""
  let writerOpen = true
  let readerOpen = true
  let wakeReader: (() => void) | undefined
  const wakeWriters = new Set<() => void>()

  const waitFor = (register: (wake: () => void) => void, cancellation: Cancellation): Promise<void> =>
    new Promise((resolve) => {
      const stop = cancellation.onCancel(resolve)
      register(() => {
        stop()
        resolve()
      })
    })

  const releaseWriters = (): void => {
    for (const wake of wakeWriters) wake()
    wakeWriters.clear()
  }

  return {
    input: {
      isTerminal: false,
      async read(cancellation) {
        while (buffer === "" && writerOpen && !cancellation.cancelled)
          await waitFor((wake) => {
            wakeReader = wake
          }, cancellation)
        wakeReader = undefined
        if (buffer === "" || cancellation.cancelled) return undefined
        const chunk = buffer
        buffer = ""
        releaseWriters()
        return chunk
      },
      unread(text) {
        buffer = text + buffer
      },
    },
    output: {
      isTerminal: false,
      write(text) {
        if (!readerOpen || text === "") return
        buffer += text
        wakeReader?.()
      },
      async ready(cancellation) {
        while (buffer.length > CAPACITY && readerOpen && !cancellation.cancelled)
          await waitFor((wake) => wakeWriters.add(wake), cancellation)
      },
    },
    closeWriter() {
      writerOpen = false
      wakeReader?.()
    },
    closeReader() {
      readerOpen = false
      buffer = ""
      releaseWriters()
    },
  }
}
