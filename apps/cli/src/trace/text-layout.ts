import { styleText } from "node:util"

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan"

/** Where text is shown. `columns`: characters in a line. */
export interface Page {
  readonly columns: number
  readonly paint: (style: Style, text: string) => string
}

export const pageOf = (terminal: { readonly columns: number; readonly colour: boolean }): Page => ({
  columns: Math.max(40, terminal.columns),
  paint: (style, text) => (terminal.colour ? styleText(style, text, { validateStream: false }) : text),
})

/** Lines of at most `width` characters; words that are longer stay whole, so that they can be copied. */
export const wrapped = (text: string, width: number): readonly string[] => {
  const lines: string[] = []
  let line = ""
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === "" ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** Wrapped text after a label, `Fix   Let the selector…`, the following lines under the text. */
export const labelled = (page: Page, label: string, text: string, indent = 7): string => {
  const lines = wrapped(text, page.columns - indent)
  return lines
    .map((line, index) => `${index === 0 ? page.paint("bold", label.padEnd(indent)) : " ".repeat(indent)}${line}\n`)
    .join("")
}

/** Rows in columns as wide as their widest cell, two blanks between. */
export const columns = (rows: readonly (readonly string[])[], indent = ""): string => {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => (row[index] ?? "").length)))
  return rows
    .map((row) => `${indent}${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ")}`.trimEnd())
    .map((line) => `${line}\n`)
    .join("")
}
