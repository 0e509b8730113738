import { type CancellationSource, createCancellation } from "@pilotage/kube-model"
import { type Key, readKeys } from "./editor/keys.ts"
import { createLineEditor, type LineEditor } from "./editor/line-editor.ts"
import { outputTo, type Streams } from "./streams/stream.ts"
import { createTypedInput } from "./streams/typed-input.ts"
import type { CommandRecord, Tty } from "./world.ts"

export interface TeletypeOptions {
  /** Text for the screen, newlines as a terminal wants them (`\r\n`). */
  readonly write: (text: string) => void
  readonly columns: number
  readonly history: { readonly lines: () => readonly string[]; readonly add: (line: string) => void }
  readonly record?: (record: CommandRecord) => void
}

/** The terminal device between a person and the program in the foreground: keys in, screen out. */
export interface Teletype {
  readonly tty: Tty
  /** The streams of a program that runs at it. */
  readonly streams: Streams
  /** What the terminal sent: keys, escape sequences, pastes. */
  readonly keys: (data: string) => void
  readonly press: (keys: readonly Key[]) => void
  readonly resize: (columns: number) => void
  /** Is a program running, and not the prompt waiting? */
  readonly isBusy: () => boolean
  /** Ends what runs, a shell at its prompt too; nothing is written any more. */
  readonly hangUp: () => void
}

/** Columns below which a prompt could not be drawn. */
const NARROWEST = 20

export const createTeletype = (options: TeletypeOptions): Teletype => {
  let { columns } = options
  let editor: LineEditor | undefined
  let typed = ""
  let closed = false
  let column = 0
  let leavePrompt = (): void => {}
  const foreground: CancellationSource[] = []
  const stdin = createTypedInput(() => void handleKeys())
  const queue: Key[] = []
  let handling = false

  const write = (text: string): void => {
    if (closed) return
    const end = text.lastIndexOf("\n")
    column = end < 0 ? column + text.length : text.length - end - 1
    options.write(text.replace(/\r?\n/g, "\r\n"))
  }

  const tty: Tty = {
    columns: () => columns,
    readCommand: (prompt, shell) =>
      new Promise((resolve) => {
        // Output without a newline at its end is not overwritten by the prompt.
        const lead = column > 0 ? "\r\n" : ""
        if (lead !== "") write("\n")
        column = 0
        stdin.clear()
        typed = ""
        leavePrompt = () => resolve(undefined)
        editor = createLineEditor({
          prompt,
          shell,
          history: options.history.lines(),
          columns: () => columns,
          write: options.write,
          done(text) {
            editor = undefined
            if (text !== undefined) options.history.add(text)
            resolve(text)
          },
        })
        void handleKeys()
      }),
    async inForeground(work) {
      const source = createCancellation()
      foreground.push(source)
      try {
        return await work(source)
      } finally {
        foreground.splice(foreground.indexOf(source), 1)
      }
    },
    record: (record) => options.record?.(record),
  }

  /** A key while a program runs: Ctrl-C ends it, lines go to its stdin with echo. */
  const pressForProgram = (key: Key): void => {
    switch (key.kind) {
      case "interrupt":
        write("^C\n")
        typed = ""
        foreground.at(-1)?.cancel()
        return
      case "end-of-file":
        stdin.push(typed === "" ? undefined : typed)
        typed = ""
        return
      case "enter":
        write("\n")
        stdin.push(`${typed}\n`)
        typed = ""
        return
      case "backspace":
        if (typed === "") return
        typed = typed.slice(0, -1)
        options.write("\b \b")
        return
      case "text":
        typed += key.text
        write(key.text)
        return
      default:
        return
    }
  }

  const handleKeys = async (): Promise<void> => {
    if (handling) return
    handling = true
    // What is typed ahead waits for the program that reads it, or for the next prompt.
    while (queue.length > 0 && (editor || stdin.isAwaited())) {
      const key = queue.shift()
      if (!key) break
      if (editor) await editor.press(key)
      else pressForProgram(key)
    }
    handling = false
  }

  const press = (keys: readonly Key[]): void => {
    for (const key of keys) {
      if (key.kind === "interrupt" && !editor) {
        queue.length = 0
        pressForProgram(key)
      } else queue.push(key)
    }
    void handleKeys()
  }

  return {
    tty,
    streams: { stdin, stdout: outputTo(write, true), stderr: outputTo(write, true) },
    keys: (data) => press(readKeys(data)),
    press,
    resize(next) {
      columns = Math.max(NARROWEST, next)
      editor?.redraw()
    },
    isBusy: () => editor === undefined,
    hangUp() {
      closed = true
      leavePrompt()
      for (const source of [...foreground]) source.cancel()
    },
  }
}
