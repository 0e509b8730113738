const distance = (left: string, right: string): number => {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= right.length; j += 1)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)),
      )
    row = next
  }
  return row[right.length] ?? 0
}

/** The names that a typing mistake may have meant: two edits away at most, or begun but not finished (cobra). */
export const suggestions = (typed: string, names: readonly string[]): readonly string[] =>
  names.filter((name) => distance(typed.toLowerCase(), name) <= 2 || name.startsWith(typed.toLowerCase()))
