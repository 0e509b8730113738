import { type CancellationSource, createCancellation } from "@pilotage/kube-model"
import { type Key, readKeys } from "./editor/keys.ts"
import { createLineEditor, type LineEditor } from "./editor/line-editor.ts"
import { outputTo } from "./streams/stream.ts"
import { createTypedInput } from "./streams/typed-input.ts"
import type { Terminal } from "./terminal.ts"
import type { CommandRecord, Tty } from "./world.ts"

export interface ConsoleOptions {
  /** Text for the screen, newlines as a terminal wants them (`\r\n`). */
  readonly write: (text: string) => void
  readonly columns: number
  readonly record?: (record: CommandRecord) => void
}

/** A terminal with somebody at it: keys in, screen out. */
export interface Console {
  /** What the terminal sent: keys, escape sequences, pastes. */
  readonly keys: (data: string) => void
  /** Runs a line as if it had been typed, when the prompt is there. */
  readonly type: (line: string) => void
  readonly resize: (columns: number) => void
  /** Is a program running, and not the prompt waiting? */
  readonly isBusy: () => boolean
  /** Ends what runs. */
  readonly close: () => void
}

/** Asks the terminal to mark what is pasted. */
const BRACKETED_PASTE = "\x1b[?2004h"

/** Opens a terminal on the login shell; when the shell is left, the next one begins. */
export const openConsole = (terminal: Terminal, options: ConsoleOptions): Console => {
  let { columns } = options
  let editor: LineEditor | undefined
  let typed = ""
  let closed = false
  let column = 0
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
        editor = createLineEditor({
          prompt,
          shell,
          history: terminal.history.lines(),
          columns: () => columns,
          write: options.write,
          done(text) {
            editor = undefined
            if (text !== undefined) terminal.history.add(text)
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

  const live = async (): Promise<void> => {
    while (!closed) {
      await terminal.interact(tty, { stdin, stdout: outputTo(write, true), stderr: outputTo(write, true) })
    }
  }
  options.write(BRACKETED_PASTE)
  void live()

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
    keys: (data) => press(readKeys(data)),
    type: (line) =>
      press([{ kind: "kill-start" }, { kind: "kill-line" }, { kind: "text", text: line }, { kind: "enter" }]),
    resize(next) {
      columns = Math.max(20, next)
      editor?.redraw()
    },
    isBusy: () => editor === undefined,
    close() {
      closed = true
      for (const source of [...foreground]) source.cancel()
    },
  }
}
