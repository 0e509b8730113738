import type { CommandLineShell } from "../world.ts"
import { walkHistory } from "./history.ts"
import type { Key } from "./keys.ts"
import { emptyLine, insert, type Line, lineOf, moveTo, removeNext, replaceBack, wordEnd, wordStart } from "./line.ts"
import { type Drawn, draw, inColumns, nothingDrawn } from "./screen.ts"

/** The prompt of the lines after the first. */
const CONTINUATION = "> "

/** More candidates than this are only counted. */
const MOST_CANDIDATES = 200

export interface LineEditorOptions {
  readonly prompt: string
  readonly shell: CommandLineShell
  readonly history: readonly string[]
  readonly columns: () => number
  readonly write: (text: string) => void
  /** Called once: the whole command, or undefined for Ctrl-D on an empty line. */
  readonly done: (text: string | undefined) => void
}

/** Edits one command, of several lines while the shell says that it is unfinished. */
export interface LineEditor {
  /** Resolves when the key has had its effect; keys must be given one after another. */
  readonly press: (key: Key) => Promise<void>
  /** Draws the line again, after a resize or after something else wrote on the screen. */
  readonly redraw: () => void
}

const commonStart = (words: readonly string[]): string => {
  let start = words[0] ?? ""
  for (const word of words) while (!word.startsWith(start)) start = start.slice(0, -1)
  return start
}

export const createLineEditor = (options: LineEditorOptions): LineEditor => {
  const { shell, write, columns } = options
  let finished: readonly string[] = []
  let line: Line = emptyLine
  let drawn: Drawn = nothingDrawn
  let killed = ""
  let search: { readonly text: string; readonly skip: number; readonly before: Line } | undefined
  let walk = walkHistory(options.history)

  const prompt = (): string => {
    if (search) return `(reverse-i-search)\`${search.text}': `
    return finished.length === 0 ? options.prompt : CONTINUATION
  }
  const redraw = (): void => {
    const result = draw(prompt(), line, columns(), drawn)
    drawn = result.drawn
    write(result.output)
  }
  const leaveLine = (mark = ""): void => {
    line = moveTo(line, line.text.length)
    redraw()
    write(`${mark}\r\n`)
    drawn = nothingDrawn
  }
  const set = (next: Line): void => {
    line = next
    redraw()
  }

  const enter = (): void => {
    const text = [...finished, line.text].join("\n")
    leaveLine()
    if (text.trim() !== "" && shell.isUnfinished(text)) {
      finished = [...finished, line.text]
      walk = walkHistory(options.history)
      set(emptyLine)
      return
    }
    options.done(text.replace(/\\\n/g, ""))
  }

  const cancel = (): void => {
    search = undefined
    leaveLine("^C")
    finished = []
    walk = walkHistory(options.history)
    set(emptyLine)
  }

  const listCandidates = (candidates: readonly string[]): void => {
    const { cursor } = line
    leaveLine()
    const shown = candidates.map((each) => each.replace(/^.*\/(?=.)/, ""))
    write(
      candidates.length > MOST_CANDIDATES
        ? `${candidates.length} possibilities\r\n`
        : `${inColumns(shown, columns())}\r\n`,
    )
    set(moveTo(line, cursor))
  }

  const complete = async (): Promise<void> => {
    const before = line
    const whole = [...finished, before.text].join("\n")
    const lead = whole.length - before.text.length
    const { from, candidates } = await shell.complete(whole, lead + before.cursor)
    if (line !== before || candidates.length === 0 || from < lead) return
    const typed = before.text.slice(from - lead, before.cursor)
    const [only] = candidates
    if (candidates.length === 1 && only !== undefined) {
      set(replaceBack(before, from - lead, /[/=:]$/.test(only) ? only : `${only} `))
      return
    }
    const start = commonStart(candidates)
    if (start.length > typed.length && start.startsWith(typed)) set(replaceBack(before, from - lead, start))
    else listCandidates(candidates)
  }

  /** True: the key was for the search. */
  const searching = (key: Key): boolean => {
    if (!search) return false
    const look = (text: string, skip: number): void => {
      const found = walk.find(text, skip)
      search = { text, skip: found === undefined ? Math.max(0, skip - 1) : skip, before: search?.before ?? line }
      set(found === undefined ? line : lineOf(found))
    }
    if (key.kind === "text") look(search.text + key.text, 0)
    else if (key.kind === "search") look(search.text, search.skip + 1)
    else if (key.kind === "backspace") look(search.text.slice(0, -1), 0)
    else if (key.kind === "escape") {
      line = search.before
      search = undefined
      redraw()
    } else {
      search = undefined
      redraw()
      return false
    }
    return true
  }

  const kill = (from: number, to: number): void => {
    killed = line.text.slice(from, to)
    set({ text: line.text.slice(0, from) + line.text.slice(to), cursor: from })
  }

  const type = (text: string): void => {
    const [first = "", ...more] = text.split("\n")
    set(insert(line, first))
    // Pasted lines are run one after another only once they make a whole command.
    for (const next of more) {
      finished = [...finished, line.text]
      leaveLine()
      set(lineOf(next))
    }
  }

  const press = async (key: Key): Promise<void> => {
    if (searching(key)) return
    switch (key.kind) {
      case "text":
        return type(key.text)
      case "enter":
        return enter()
      case "tab":
        return complete()
      case "backspace":
        return line.cursor > 0 ? set(replaceBack(line, line.cursor - 1, "")) : undefined
      case "delete":
        return set(removeNext(line))
      case "left":
        return set(moveTo(line, line.cursor - 1))
      case "right":
        return set(moveTo(line, line.cursor + 1))
      case "word-left":
        return set(moveTo(line, wordStart(line)))
      case "word-right":
        return set(moveTo(line, wordEnd(line)))
      case "home":
        return set(moveTo(line, 0))
      case "end":
        return set(moveTo(line, line.text.length))
      case "up":
      case "down": {
        const text = key.kind === "up" ? walk.older(line.text) : walk.newer(line.text)
        return text === undefined ? undefined : set(lineOf(text))
      }
      case "kill-line":
        return kill(line.cursor, line.text.length)
      case "kill-start":
        return kill(0, line.cursor)
      case "kill-word":
        return kill(wordStart(line), line.cursor)
      case "yank":
        return set(insert(line, killed))
      case "clear":
        write("\x1b[H\x1b[2J")
        drawn = nothingDrawn
        return redraw()
      case "search":
        search = { text: "", skip: 0, before: line }
        return redraw()
      case "interrupt":
        return cancel()
      case "end-of-file":
        if (line.text !== "") return set(removeNext(line))
        if (finished.length === 0) {
          leaveLine()
          return options.done(undefined)
        }
        return cancel()
      case "escape":
        return undefined
    }
  }
  redraw()
  return { press, redraw }
}
