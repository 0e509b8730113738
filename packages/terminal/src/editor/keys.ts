/** What a key does; text is typed or pasted. */
export type Key =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind:
        | "enter"
        | "tab"
        | "backspace"
        | "delete"
        | "left"
        | "right"
        | "word-left"
        | "word-right"
        | "up"
        | "down"
        | "home"
        | "end"
        | "kill-line"
        | "kill-start"
        | "kill-word"
        | "yank"
        | "clear"
        | "search"
        | "interrupt"
        | "end-of-file"
        | "escape"
    }

type Plain = Exclude<Key["kind"], "text">

const CONTROL: Readonly<Record<string, Plain>> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x01": "home",
  "\x02": "left",
  "\x03": "interrupt",
  "\x04": "end-of-file",
  "\x05": "end",
  "\x06": "right",
  "\x07": "escape",
  "\x0b": "kill-line",
  "\x0c": "clear",
  "\x0e": "down",
  "\x10": "up",
  "\x12": "search",
  "\x15": "kill-start",
  "\x17": "kill-word",
  "\x19": "yank",
}

const SEQUENCES: Readonly<Record<string, Plain>> = {
  "[A": "up",
  "[B": "down",
  "[C": "right",
  "[D": "left",
  "[H": "home",
  "[F": "end",
  OA: "up",
  OB: "down",
  OC: "right",
  OD: "left",
  OH: "home",
  OF: "end",
  "[1~": "home",
  "[4~": "end",
  "[7~": "home",
  "[8~": "end",
  "[3~": "delete",
  "[1;5C": "word-right",
  "[1;5D": "word-left",
  "[1;3C": "word-right",
  "[1;3D": "word-left",
  b: "word-left",
  f: "word-right",
}

/** What follows the escape character. */
const ESCAPE_SEQUENCE = /^(?:\[[0-9;]*[A-Za-z~]|O[A-Za-z]|[a-zA-Z])/

/** Between these a terminal in bracketed paste mode sends what was pasted. */
const PASTE_START = "\x1b[200~"
const PASTE_END = "\x1b[201~"

/** What a terminal sent, as keys. Unknown sequences are left out; a paste is one text with plain newlines. */
export const readKeys = (data: string): readonly Key[] => {
  const keys: Key[] = []
  let text = ""
  const flush = (): void => {
    if (text !== "") keys.push({ kind: "text", text })
    text = ""
  }
  for (let index = 0; index < data.length; ) {
    if (data.startsWith(PASTE_START, index)) {
      const end = data.indexOf(PASTE_END, index)
      const stop = end < 0 ? data.length : end
      text += data.slice(index + PASTE_START.length, stop).replace(/\r\n?/g, "\n")
      index = end < 0 ? data.length : end + PASTE_END.length
      continue
    }
    const character = data[index] ?? ""
    if (character === "\x1b") {
      const sequence = ESCAPE_SEQUENCE.exec(data.slice(index + 1))
      flush()
      const kind = sequence ? SEQUENCES[sequence[0]] : "escape"
      if (kind) keys.push({ kind })
      index += 1 + (sequence?.[0].length ?? 0)
      continue
    }
    const kind = CONTROL[character]
    if (kind) {
      flush()
      keys.push({ kind })
    } else if (character >= " ") text += character
    index += 1
  }
  flush()
  return keys
}
