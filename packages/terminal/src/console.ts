import { createTeletype } from "./teletype.ts"
import type { Terminal } from "./terminal.ts"
import type { CommandRecord } from "./world.ts"

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
  const teletype = createTeletype({ ...options, history: terminal.history })
  let closed = false
  const live = async (): Promise<void> => {
    while (!closed) await terminal.interact(teletype.tty, teletype.streams)
  }
  options.write(BRACKETED_PASTE)
  void live()
  return {
    keys: teletype.keys,
    type: (line) =>
      teletype.press([{ kind: "kill-start" }, { kind: "kill-line" }, { kind: "text", text: line }, { kind: "enter" }]),
    resize: teletype.resize,
    isBusy: teletype.isBusy,
    close() {
      closed = true
      teletype.hangUp()
    },
  }
}
