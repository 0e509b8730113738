/** Longer texts are told whole. */
const MAX_CELLS = 4_000_000

/** The lengths of the longest common subsequences of all pairs of tails. */
const commonLengths = (one: readonly string[], other: readonly string[]): Uint32Array[] => {
  const rows = Array.from({ length: one.length + 1 }, () => new Uint32Array(other.length + 1))
  for (let i = one.length - 1; i >= 0; i -= 1)
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const [row, below] = [rows[i], rows[i + 1]]
      if (!row || !below) continue
      row[j] = one[i] === other[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  return rows
}

/** What is only in one of two texts: `-` lines of the first, `+` lines of the second, in order. */
export const lineDifferences = (one: readonly string[], other: readonly string[]): readonly string[] => {
  if (one.length * other.length > MAX_CELLS)
    return [...one.map((line) => `-${line}`), ...other.map((line) => `+${line}`)]
  const lengths = commonLengths(one, other)
  const lines: string[] = []
  let [i, j] = [0, 0]
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i] === other[j]) {
      i += 1
      j += 1
    } else if (j >= other.length || (i < one.length && (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))) {
      lines.push(`-${one[i]}`)
      i += 1
    } else {
      lines.push(`+${other[j]}`)
      j += 1
    }
  }
  return lines
}
