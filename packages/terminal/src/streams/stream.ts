import type { Cancellation } from "@pilotage/kube-model"

/** Where a program reads. One reader at a time; what it takes too much it gives back with `unread`. */
export interface Input {
  /** The next chunk, never empty; undefined at end of file and when cancelled. */
  readonly read: (cancellation: Cancellation) => Promise<string | undefined>
  readonly unread: (text: string) => void
  readonly isTerminal: boolean
}

/** Where a program writes. */
export interface Output {
  readonly write: (text: string) => void
  readonly isTerminal: boolean
  /** Resolves when the reader has kept up, or the writer is cancelled. */
  readonly ready: (cancellation: Cancellation) => Promise<void>
}

/** The three streams of a program or of a part of a script. */
export interface Streams {
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
}

const settled = Promise.resolve()

/** An output that hands every text on at once. */
export const outputTo = (write: (text: string) => void, isTerminal = false): Output => ({
  write(text) {
    if (text !== "") write(text)
  },
  isTerminal,
  ready: () => settled,
})

export const discard: Output = outputTo(() => {})

/** What is left of a text that was given back, in front of what `next` still brings. */
const withPushback = (
  next: (cancellation: Cancellation) => Promise<string | undefined>,
  isTerminal: boolean,
): Input => {
  let held = ""
  return {
    isTerminal,
    async read(cancellation) {
      if (held === "") return cancellation.cancelled ? undefined : next(cancellation)
      const text = held
      held = ""
      return text
    },
    unread(text) {
      held = text + held
    },
  }
}

export const inputFromText = (text: string): Input => {
  let rest = text
  return withPushback(async () => {
    const chunk = rest
    rest = ""
    return chunk === "" ? undefined : chunk
  }, false)
}

export const emptyInput = (): Input => inputFromText("")

/** A chunk that arrives after a cancelled read is kept for the next reader. */
export const inputFromIterable = (source: AsyncIterable<string>, isTerminal: boolean): Input => {
  const iterator = source[Symbol.asyncIterator]()
  let pending: Promise<string | undefined> | undefined
  const pull = async (): Promise<string | undefined> => {
    for (;;) {
      const step = await iterator.next()
      if (step.done === true) return undefined
      if (step.value !== "") return step.value
    }
  }
  return withPushback(async (cancellation) => {
    pending ??= pull()
    const chunk = await orCancelled(pending, cancellation)
    if (chunk !== CANCELLED) pending = undefined
    return chunk === CANCELLED ? undefined : chunk
  }, isTerminal)
}

const CANCELLED = Symbol("cancelled")

const orCancelled = <T>(promise: Promise<T>, cancellation: Cancellation): Promise<T | typeof CANCELLED> =>
  new Promise((resolve, reject) => {
    const stop = cancellation.onCancel(() => resolve(CANCELLED))
    promise.then(
      (value) => {
        stop()
        resolve(value)
      },
      (reason: unknown) => {
        stop()
        reject(reason)
      },
    )
  })

/** The input as kubectl reads it. */
export const iterateInput = async function* (input: Input, cancellation: Cancellation): AsyncGenerator<string> {
  for (;;) {
    const chunk = await input.read(cancellation)
    if (chunk === undefined) return
    yield chunk
  }
}

/** Everything up to end of file. */
export const readAll = async (input: Input, cancellation: Cancellation): Promise<string> => {
  const chunks: string[] = []
  for await (const chunk of iterateInput(input, cancellation)) chunks.push(chunk)
  return chunks.join("")
}

/** One line with its newline, if it has one; undefined at end of file. Takes nothing beyond the line. */
export const readLine = async (input: Input, cancellation: Cancellation): Promise<string | undefined> => {
  let line = ""
  for (;;) {
    const chunk = await input.read(cancellation)
    if (chunk === undefined) return line === "" || cancellation.cancelled ? undefined : line
    const end = chunk.indexOf("\n")
    if (end >= 0) {
      if (end + 1 < chunk.length) input.unread(chunk.slice(end + 1))
      return line + chunk.slice(0, end + 1)
    }
    line += chunk
  }
}

/** The lines of the input without their newlines. */
export const iterateLines = async function* (input: Input, cancellation: Cancellation): AsyncGenerator<string> {
  let rest = ""
  for await (const chunk of iterateInput(input, cancellation)) {
    const lines = (rest + chunk).split("\n")
    rest = lines.pop() ?? ""
    for (const [index, line] of lines.entries()) {
      let handedOver = false
      try {
        yield line
        handedOver = true
      } finally {
        if (!handedOver) input.unread([...lines.slice(index + 1), rest].join("\n"))
      }
    }
  }
  if (rest !== "") yield rest
}
