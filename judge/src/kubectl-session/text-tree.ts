import { isName, type Levelled, levelled, type VolatileRule } from "./volatile-values.ts"

/** A text as lines, and groups of units whose order is chance. */
export type TextNode =
  | { readonly kind: "line"; readonly line: Levelled }
  | { readonly kind: "group"; readonly units: readonly TextUnit[] }

/** What moves together when the order is chance: a row of a table, an item of a list, one described object. */
export interface TextUnit {
  readonly nodes: readonly TextNode[]
  /** What two units must have in common to be compared: their text, lines sorted. */
  readonly shape: string
}

const GENERATED = /⟨(?:suffix|hash|uid|event|pod-address)⟩/
const ADDRESS_LIST = /\b\d+\.\d+\.\d+\.\d+(?::\d+)?(?:, ?\d+\.\d+\.\d+\.\d+(?::\d+)?)+/g

/** Addresses come in the order of a hash: sorted, one list is like another. */
const sortLists = (line: string): string =>
  line.replace(ADDRESS_LIST, (list) => {
    const separator = list.includes(", ") ? ", " : ","
    return list.split(separator).sort().join(separator)
  })

const indentOf = (text: string): number => /^ */.exec(text)?.[0].length ?? 0

const shapeOf = (nodes: readonly TextNode[]): string =>
  nodes
    .map((node) =>
      node.kind === "line"
        ? node.line.text
        : node.units
            .map((unit) => unit.shape)
            .sort()
            .join("\n"),
    )
    .join("\n")

const unitOf = (nodes: readonly TextNode[]): TextUnit => ({ nodes, shape: shapeOf(nodes) })

const lineNode = (line: Levelled): TextNode => ({ kind: "line", line })

/** How many lines from `from` on the condition holds for. */
const run = (lines: readonly Levelled[], from: number, holds: (text: string) => boolean): number => {
  let end = from
  for (; end < lines.length; end += 1) if (!holds(lines[end]?.text ?? "")) break
  return end - from
}

/** The lines of the list item that starts at `from`: the first, and all that are indented further. */
const itemLength = (lines: readonly Levelled[], from: number): number => {
  const first = lines[from]?.text ?? ""
  if (!/^ *- /.test(first)) return 0
  const indent = indentOf(first)
  return 1 + run(lines, from + 1, (text) => text !== "" && indentOf(text) > indent)
}

/** Items of one list, one after another, in which something generated stands. */
const listAt = (lines: readonly Levelled[], from: number): readonly (readonly Levelled[])[] => {
  const items: (readonly Levelled[])[] = []
  const indent = indentOf(lines[from]?.text ?? "")
  for (let at = from; indentOf(lines[at]?.text ?? "") === indent; ) {
    const item = lines.slice(at, at + itemLength(lines, at))
    if (!item.some(({ text }) => GENERATED.test(text))) break
    items.push(item)
    at += item.length
  }
  return items
}

const rowsAt = (lines: readonly Levelled[], from: number): number => {
  const before = lines[from - 1]?.text ?? ""
  if (/^LAST SEEN /.test(before)) return run(lines, from, (text) => text !== "")
  if (/^ +-+(?: +-+)* *$/.test(before) && /^ +Type +Reason +Age/.test(lines[from - 2]?.text ?? ""))
    return run(lines, from, (text) => /^ /.test(text))
  // EndpointSlices have their ports in the order of a hash over Go's memory.
  if (/^ +-+(?: +-+)* *$/.test(before) && /^ +Name +Port +Protocol/.test(lines[from - 2]?.text ?? ""))
    return run(lines, from, (text) => /^ /.test(text))
  const prefixed = run(lines, from, (text) => text.startsWith("[pod/"))
  if (prefixed > 0) return prefixed
  const variables = run(lines, from, (text) => /^[A-Z][A-Z0-9_]*=/.test(text))
  if (variables > 0) return variables
  return run(lines, from, (text) => /^(?:[a-z][\w-]* {2})?(?:[\w.]+\/)?[a-z][\w.-]*-⟨(?:suffix|hash)⟩/.test(text))
}

/** An item may hold lists of its own. */
const itemUnit = ([first, ...rest]: readonly Levelled[]): TextUnit =>
  unitOf([...(first ? [lineNode(first)] : []), ...parse(rest)])

const parse = (lines: readonly Levelled[]): readonly TextNode[] => {
  const nodes: TextNode[] = []
  for (let at = 0; at < lines.length; ) {
    const rows = rowsAt(lines, at)
    const items = rows > 0 ? lines.slice(at, at + rows).map((line) => [line]) : listAt(lines, at)
    const [line] = lines.slice(at)
    if (items.length > 0) nodes.push({ kind: "group", units: items.map(itemUnit) })
    else if (line) nodes.push(lineNode(line))
    at += Math.max(1, items.flat().length)
  }
  return nodes
}

/** Several objects described one after another come in the order of their names. */
const describedObjects = (lines: readonly Levelled[]): readonly TextNode[] | undefined => {
  const starts = lines.flatMap(({ text }, index) => (/^Name: /.test(text) ? [index] : []))
  if (starts.length < 2 || starts[0] !== 0) return undefined
  const units = starts.map((start, index) => {
    const end = starts[index + 1] ?? lines.length
    const own = lines.slice(start, end)
    return own.slice(0, own.findLastIndex(({ text }) => text !== "") + 1)
  })
  return [{ kind: "group", units: units.map((unit) => unitOf(parse(unit))) }]
}

/** Neighbours that say the same: a watch tells of as many steps as it happened to see. */
const withoutRepeats = (lines: readonly Levelled[]): readonly Levelled[] =>
  lines.filter(({ text, values }, index) => {
    const before = lines[index - 1]
    return (
      before?.text !== text || before.values.some(({ kind, value }, at) => isName(kind) && value !== values[at]?.value)
    )
  })

export interface TextOptions {
  readonly rules: readonly VolatileRule[]
  readonly given: ReadonlySet<string>
  /** The text is what a watch told. */
  readonly watched: boolean
}

/** Reads what a command printed. */
export const textTree = (text: string, { rules, given, watched }: TextOptions): readonly TextNode[] => {
  const all = text.split("\n").map((line) => levelled(sortLists(line), rules, given))
  const lines = watched ? withoutRepeats(all) : all
  return describedObjects(lines) ?? parse(lines)
}

/** The lines of a tree, groups sorted: for showing where two differ. */
export const treeLines = (nodes: readonly TextNode[]): readonly string[] =>
  nodes.flatMap((node) =>
    node.kind === "line"
      ? [node.line.text]
      : [...node.units]
          .sort((one, other) => (one.shape < other.shape ? -1 : 1))
          .flatMap((unit) => treeLines(unit.nodes)),
  )
