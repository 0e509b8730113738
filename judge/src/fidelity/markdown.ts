/** A cell of a table: a pipe would end it, a line break the row. */
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ")

/** A Markdown table, or nothing without rows. */
export const table = (
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): readonly string[] => {
  if (rows.length === 0) return []
  const line = (cells: readonly (string | number)[]) => `| ${cells.map((each) => cell(String(each))).join(" | ")} |`
  return [line(headings), `|${headings.map(() => " --- |").join("")}`, ...rows.map(line), ""]
}

export const code = (text: string): string => `\`${text.replaceAll("`", "'")}\``

export const number = (value: number): string => value.toLocaleString("en")

/** `274/289 (94.8 %)`, rounded down. */
export const share = (agree: number, total: number): string =>
  `${number(agree)}/${number(total)} (${total === 0 ? 0 : Math.floor((1000 * agree) / total) / 10} %)`
