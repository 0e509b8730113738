const pairsOf = (text: string): readonly string[] => {
  const plain = text.toLowerCase().replaceAll(/[^a-z0-9]/g, "")
  return Array.from({ length: Math.max(0, plain.length - 1) }, (_, index) => plain.slice(index, index + 2))
}

/** How alike two names look, 0 to 1, by shared pairs of letters (Dice): backend and back-end are 1, web and db are 0. */
export const likeness = (a: string, b: string): number => {
  const left = pairsOf(a)
  const rest = [...pairsOf(b)]
  if (left.length + rest.length === 0) return a === b ? 1 : 0
  const total = left.length + rest.length
  let shared = 0
  for (const pair of left) {
    const at = rest.indexOf(pair)
    if (at < 0) continue
    shared += 1
    rest.splice(at, 1)
  }
  return (2 * shared) / total
}
