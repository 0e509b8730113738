/** Words that one brace expression may become; `{1..1000000000}` is stopped here. */
const MOST_WORDS = 10_000

const skipQuoted = (text: string, start: number): number => {
  const character = text[start]
  if (character === "\\") return start + 2
  if (character === "'" || character === '"') {
    let index = start + 1
    while (index < text.length && text[index] !== character) index += text[index] === "\\" && character === '"' ? 2 : 1
    return index + 1
  }
  if (character === "$" && (text[start + 1] === "{" || text[start + 1] === "(")) {
    const close = text[start + 1] === "{" ? "}" : ")"
    let depth = 0
    for (let index = start + 1; index < text.length; index += 1) {
      if (text[index] === text[start + 1]) depth += 1
      else if (text[index] === close) {
        depth -= 1
        if (depth === 0) return index + 1
      }
    }
    return text.length
  }
  return start
}

interface Braces {
  readonly start: number
  readonly end: number
  readonly parts: readonly string[]
}

const findBraces = (text: string): Braces | undefined => {
  for (let start = 0; start < text.length; start += 1) {
    const skipped = skipQuoted(text, start)
    if (skipped !== start) {
      start = skipped - 1
      continue
    }
    if (text[start] !== "{") continue
    const parts: string[] = []
    let depth = 1
    let from = start + 1
    for (let index = start + 1; index < text.length; index += 1) {
      const next = skipQuoted(text, index)
      if (next !== index) {
        index = next - 1
        continue
      }
      const character = text[index]
      if (character === "{") depth += 1
      if (character === "," && depth === 1) {
        parts.push(text.slice(from, index))
        from = index + 1
      }
      if (character !== "}") continue
      depth -= 1
      if (depth > 0) continue
      parts.push(text.slice(from, index))
      const alternatives = parts.length > 1 ? parts : sequence(parts[0] ?? "")
      if (alternatives) return { start, end: index + 1, parts: alternatives }
      break
    }
  }
  return undefined
}

const sequence = (body: string): readonly string[] | undefined => {
  const numbers = /^(-?\d{1,15})\.\.(-?\d{1,15})(?:\.\.(-?\d{1,15}))?$/.exec(body)
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d{1,15}))?$/.exec(body)
  const match = numbers ?? letters
  if (!match) return undefined
  const [, first = "", last = "", stepText] = match
  const at = (end: string): number => (numbers ? Number(end) : end.charCodeAt(0))
  const step = Math.max(1, Math.abs(Number(stepText ?? 1)))
  const width = numbers && [first, last].some((end) => /^-?0\d/.test(end)) ? Math.max(first.length, last.length) : 0
  const count = Math.floor(Math.abs(at(last) - at(first)) / step) + 1
  if (count > MOST_WORDS) return undefined
  return Array.from({ length: count }, (_, index) => {
    const value = at(first) + (at(last) < at(first) ? -1 : 1) * index * step
    return numbers ? String(value).padStart(width, "0") : String.fromCharCode(value)
  })
}

/** `a{b,c}d{1..3}` as the source texts of the words it stands for; quotes and expansions stay as written. */
export const expandBraces = (text: string): readonly string[] => {
  let words: readonly string[] = [text]
  for (;;) {
    let changed = false
    const next = words.flatMap((word) => {
      const braces = findBraces(word)
      if (!braces || words.length * braces.parts.length > MOST_WORDS) return [word]
      changed = true
      return braces.parts.map((part) => word.slice(0, braces.start) + part + word.slice(braces.end))
    })
    words = next
    if (!changed || words.length > MOST_WORDS) return words
  }
}
