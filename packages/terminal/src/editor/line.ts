/** A line that is being edited: its text and where the cursor stands in it. */
export interface Line {
  readonly text: string
  readonly cursor: number
}

export const emptyLine: Line = { text: "", cursor: 0 }

/** The cursor stands at the end. */
export const lineOf = (text: string): Line => ({ text, cursor: text.length })

/** Puts `text` in place of what lies between `from` and the cursor. */
export const replaceBack = (line: Line, from: number, text: string): Line => ({
  text: line.text.slice(0, from) + text + line.text.slice(line.cursor),
  cursor: from + text.length,
})

export const insert = (line: Line, text: string): Line => replaceBack(line, line.cursor, text)

export const moveTo = (line: Line, cursor: number): Line => ({
  text: line.text,
  cursor: Math.min(Math.max(0, cursor), line.text.length),
})

export const removeNext = (line: Line): Line => ({
  text: line.text.slice(0, line.cursor) + line.text.slice(line.cursor + 1),
  cursor: line.cursor,
})

/** Where the word left of the cursor begins. */
export const wordStart = (line: Line): number => Math.max(0, line.text.slice(0, line.cursor).search(/\S+\s*$/))

export const wordEnd = (line: Line): number =>
  line.cursor + (/^\s*\S*/.exec(line.text.slice(line.cursor))?.[0].length ?? 0)
