/** Elastic tab stops: the algorithm and its parameters are those of Go's text/tabwriter (padding with spaces). */
export interface TabWriterOptions {
  readonly minWidth: number
  readonly padding: number
  /** Columns never become narrower in a later `flush` (kubectl's get, for watches). */
  readonly rememberWidths?: boolean
}

export interface TabWriter {
  /** Takes text with tabs and line ends; what follows the last line end waits for more. */
  readonly write: (text: string) => void
  /** The aligned text of the whole lines since the last flush. */
  readonly flush: () => string
}

const widthOf = (cell: string): number => [...cell].length

export const createTabWriter = ({ minWidth, padding, rememberWidths = false }: TabWriterOptions): TabWriter => {
  let pending = ""
  const remembered: number[] = []

  const columnWidth = (column: number, cells: readonly string[]): number => {
    const width = Math.max(minWidth, ...cells.map((cell) => widthOf(cell) + padding))
    if (!rememberWidths) return width
    const kept = Math.max(width, remembered[column] ?? 0)
    remembered[column] = kept
    return kept
  }

  const render = (lines: readonly (readonly string[])[], widths: readonly number[]): string =>
    lines
      .map((cells) =>
        cells
          .map((cell, index) =>
            index < widths.length ? cell + " ".repeat((widths[index] ?? 0) - widthOf(cell)) : cell,
          )
          .join(""),
      )
      .map((line) => `${line}\n`)
      .join("")

  /** A column's block is a run of lines that have a tab after that column's cell; each block has its own width. */
  const format = (lines: readonly (readonly string[])[], widths: readonly number[]): string => {
    const column = widths.length
    let output = ""
    let plain = 0
    for (let line = 0; line < lines.length; line += 1) {
      if (column >= (lines[line]?.length ?? 0) - 1) continue
      output += render(lines.slice(plain, line), widths)
      let end = line
      while (end < lines.length && column < (lines[end]?.length ?? 0) - 1) end += 1
      const block = lines.slice(line, end)
      const width = columnWidth(
        column,
        block.map((cells) => cells[column] ?? ""),
      )
      output += format(block, [...widths, width])
      plain = end
      line = end - 1
    }
    return output + render(lines.slice(plain), widths)
  }

  return {
    write(text) {
      pending += text
    },
    flush() {
      const end = pending.lastIndexOf("\n")
      if (end < 0) return ""
      const lines = pending
        .slice(0, end)
        .split("\n")
        .map((line) => line.split("\t"))
      pending = pending.slice(end + 1)
      return format(lines, [])
    },
  }
}
