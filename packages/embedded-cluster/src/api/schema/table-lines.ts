/** Reads a table of types: a line each, `Name rest …`; indented lines go on with the one before. The rests by name. */
export const tableLines = (table: string): ReadonlyMap<string, string> =>
  new Map(
    table
      .replaceAll("\n  ", " ")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => {
        const at = line.indexOf(" ")
        return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)]
      }),
  )
