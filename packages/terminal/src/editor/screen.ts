import type { Line } from "./line.ts"

/** Where the editor's text stands on the screen, counted in rows from the prompt's. */
export interface Drawn {
  readonly cursorRow: number
  readonly rows: number
}

export const nothingDrawn: Drawn = { cursorRow: 0, rows: 1 }

/** Columns that a text takes; wide (East Asian) characters take two. */
const widthOf = (text: string): number => {
  let width = 0
  for (const character of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(character) ? 2 : 1
  return width
}

/** Row and column of the end of a text that is written from the left edge. */
const endOf = (text: string, columns: number): { readonly row: number; readonly column: number } => {
  let row = 0
  let column = 0
  for (const [index, part] of text.split("\n").entries()) {
    if (index > 0) {
      row += 1
      column = 0
    }
    const width = widthOf(part)
    row += Math.floor(width / columns)
    column = width % columns
  }
  return { row, column }
}

const up = (rows: number): string => (rows > 0 ? `\x1b[${rows}A` : "")

/** What to write so that prompt and line stand on the screen anew and the cursor where it should. */
export const draw = (
  prompt: string,
  line: Line,
  columns: number,
  before: Drawn,
): { readonly output: string; readonly drawn: Drawn } => {
  const whole = prompt + line.text
  const end = endOf(whole, columns)
  const cursor = endOf(prompt + line.text.slice(0, line.cursor), columns)
  // A terminal wraps only with the next character: a full last row needs a nudge.
  const nudge = end.column === 0 && end.row > 0 && !whole.endsWith("\n") ? " \r" : ""
  const output =
    `\r${up(before.cursorRow)}\x1b[J${whole.replaceAll("\n", "\r\n")}${nudge}` +
    `\r${up(end.row - cursor.row)}${cursor.column > 0 ? `\x1b[${cursor.column}C` : ""}`
  return { output, drawn: { cursorRow: cursor.row, rows: end.row + 1 } }
}

/** Names in columns, as bash lists candidates. */
export const inColumns = (names: readonly string[], columns: number): string => {
  const width = Math.max(...names.map((name) => name.length)) + 2
  const perRow = Math.max(1, Math.floor(columns / width))
  const rows = Math.ceil(names.length / perRow)
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: perRow }, (_each, column) => names[column * rows + row] ?? "")
      .map((name) => name.padEnd(width))
      .join("")
      .trimEnd(),
  ).join("\r\n")
}
