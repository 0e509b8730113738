import type { Input } from "./stream.ts"

/** What is typed, on its way to a program that reads. */
export interface TypedInput extends Input {
  /** A line with its newline; undefined is Ctrl-D. */
  readonly push: (text: string | undefined) => void
  readonly clear: () => void
  /** Does a program wait for a line? */
  readonly isAwaited: () => boolean
}

/** `awaited` is told when a program begins to wait. */
export const createTypedInput = (awaited: () => void): TypedInput => {
  let waiting: ((text: string | undefined) => void) | undefined
  let held: (string | undefined)[] = []
  return {
    isTerminal: true,
    read(cancellation) {
      if (held.length > 0) return Promise.resolve(held.shift())
      if (cancellation.cancelled) return Promise.resolve(undefined)
      return new Promise((resolve) => {
        const stop = cancellation.onCancel(() => {
          waiting = undefined
          resolve(undefined)
        })
        waiting = (text) => {
          stop()
          waiting = undefined
          resolve(text)
        }
        awaited()
      })
    },
    unread: (text) => void held.unshift(text),
    push(text) {
      if (waiting) waiting(text)
      else held.push(text)
    },
    clear() {
      held = []
    },
    isAwaited: () => waiting !== undefined,
  }
}
