type Edit = { readonly kind: " " | "-" | "+"; readonly line: string }

/** The shortest way from one list of lines to another: lengths of common ends by dynamic programming. */
const editsBetween = (before: readonly string[], after: readonly string[]): readonly Edit[] => {
  const width = after.length + 1
  const common = new Uint32Array((before.length + 1) * width)
  const at = (i: number, j: number): number => common[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const edits: Edit[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    const old = before[i]
    const fresh = after[j]
    if (old !== undefined && fresh !== undefined && old === fresh) {
      edits.push({ kind: " ", line: old })
      i += 1
      j += 1
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      edits.push({ kind: "-", line: old })
      i += 1
    } else if (fresh !== undefined) {
      edits.push({ kind: "+", line: fresh })
      j += 1
    }
  }
  return edits
}

const CONTEXT = 3

const linesOf = (text: string): readonly string[] => (text === "" ? [] : text.replace(/\n$/, "").split("\n"))

const range = (start: number, count: number): string => {
  const first = count === 0 ? start - 1 : start
  return count === 1 ? `${first}` : `${first},${count}`
}

/** The hunks of `diff -u` with three lines of context; empty when the texts are the same. */
export const unifiedDiff = (before: string, after: string): string => {
  const edits = editsBetween(linesOf(before), linesOf(after))
  const changed = edits.flatMap(({ kind }, index) => (kind === " " ? [] : [index]))
  let output = ""
  for (let next = 0; next < changed.length; ) {
    const first = changed[next] ?? 0
    let last = first
    while (next < changed.length && (changed[next] ?? 0) - last <= 2 * CONTEXT) {
      last = changed[next] ?? last
      next += 1
    }
    const from = Math.max(0, first - CONTEXT)
    const hunk = edits.slice(from, last + CONTEXT + 1)
    const count = (list: readonly Edit[], other: string): number => list.filter(({ kind }) => kind !== other).length
    const head = edits.slice(0, from)
    const old = range(count(head, "+") + 1, count(hunk, "+"))
    const fresh = range(count(head, "-") + 1, count(hunk, "-"))
    output += `@@ -${old} +${fresh} @@\n${hunk.map(({ kind, line }) => `${kind}${line}\n`).join("")}`
  }
  return output
}
