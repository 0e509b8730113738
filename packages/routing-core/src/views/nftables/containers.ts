import type { RuleLine, RuleRole } from "../rule-line.ts"

/** An element of a set or map: `10.96.0.10 . tcp . 53 : goto service-…`. */
export interface Element extends Omit<RuleLine, "text"> {
  readonly key: string
  /** The verdict, of a map; a set has none. */
  readonly value?: string
  readonly comment?: string
}

const FIRST = "\t\telements = { "
const NEXT = "\t\t\t     "

const elementText = ({ key, value, comment }: Element): string =>
  `${key}${comment === undefined ? "" : ` comment "${comment}"`}${value === undefined ? "" : ` : ${value}`}`

export const plumbing = (text: string): RuleLine => ({ text, role: "plumbing" })

export const rule = (role: RuleRole, text: string, more: Omit<RuleLine, "text" | "role"> = {}): RuleLine => ({
  text: `\t\t${text}`,
  role,
  ...more,
})

/** nft breaks lists of IPv4 addresses after two, lists of everything else after each. */
const elementLines = (elements: readonly Element[], perLine: number): readonly RuleLine[] => {
  const lines: RuleLine[] = []
  for (let start = 0; start < elements.length; start += perLine) {
    const row = elements.slice(start, start + perLine)
    const isLast = start + perLine >= elements.length
    const text = `${start === 0 ? FIRST : NEXT}${row.map(elementText).join(", ")}${isLast ? " }" : ","}`
    const [first] = row
    if (!first) continue
    const { key, value, comment, ...links } = first
    lines.push(
      row.length === 1 ? { text, ...links } : { text, role: first.role, ...(first.rule && { rule: first.rule }) },
    )
  }
  return lines
}

/** A set or map with its elements; a key that comes twice counts once, the first. */
export const container = (
  head: string,
  attributes: readonly string[],
  elements: readonly Element[],
  perLine = 1,
): readonly RuleLine[] => {
  const seen = new Set<string>()
  const unique = elements.filter(({ key }) => !seen.has(key) && seen.add(key))
  return [
    plumbing(`\t${head} {`),
    ...attributes.map((text) => plumbing(`\t\t${text}`)),
    ...elementLines(unique, perLine),
    plumbing("\t}"),
    plumbing(""),
  ]
}

export const chain = (name: string, rules: readonly RuleLine[]): readonly RuleLine[] => [
  plumbing(`\tchain ${name} {`),
  ...rules,
  plumbing("\t}"),
  plumbing(""),
]
