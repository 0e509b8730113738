import { lineDifferences } from "./line-differences.ts"
import { matches } from "./matching.ts"
import type { Renaming, Value } from "./renaming.ts"
import type { RecordedCommand } from "./session-file.ts"
import type { Answer } from "./shell.ts"
import { type TextNode, textTree, treeLines } from "./text-tree.ts"
import { VOLATILE_RULES, type VolatileRule } from "./volatile-values.ts"

/** Values that a text names. */
export const valuesIn = (text: string): readonly string[] =>
  VOLATILE_RULES.flatMap(({ pattern, holds }) =>
    holds === "none" ? [] : [...text.matchAll(pattern)].map((found) => found.groups?.value ?? found[0]),
  )

const nodeValues = (nodes: readonly TextNode[]): readonly Value[] =>
  nodes.flatMap((node) =>
    node.kind === "line" ? node.line.values : node.units.flatMap((unit) => nodeValues(unit.nodes)),
  )

/** Lines of a unified difference: `-stdout …` was recorded, `+stdout …` is what came. Empty: they agree. */
export type Differences = readonly string[]

const isWatch = (cmd: string): boolean => /\brollout status\b| -w\b| --watch\b/.test(cmd)

const STREAMS = ["stdout", "stderr"] as const

/** Compares answers of one session, command by command. */
export interface Comparison {
  readonly compare: (recorded: RecordedCommand, got: Answer) => Differences
}

/** `given`: values that the session's files name, which are the same in every run. */
export const createComparison = (
  renaming: Renaming,
  worker: readonly VolatileRule[],
  filesGiven: Iterable<string>,
): Comparison => {
  const given = new Set(filesGiven)
  const rules = [...VOLATILE_RULES, ...worker]
  return {
    compare: (recorded, got) => {
      for (const value of valuesIn(`${recorded.cmd}\n${recorded.stdin}`)) if (!renaming.wasSeen(value)) given.add(value)
      const named = new Set([...given, ...worker.flatMap(({ pattern }) => recorded.cmd.match(pattern) ?? [])])
      const options = { rules, given: named, watched: isWatch(recorded.cmd) }
      const trees = STREAMS.map((name) => ({
        name,
        expected: textTree(recorded[name], options),
        got: textTree(got[name], options),
      }))
      const differences: string[] = []
      const pairing = renaming.start()
      if (recorded.exit !== got.exit)
        differences.push(`-exit ${recorded.exit}`, `+exit ${got.exit === -1 ? "took too long" : got.exit}`)
      for (const tree of trees)
        if (!matches(tree.expected, tree.got, pairing)) {
          const lines = lineDifferences(treeLines(tree.expected), treeLines(tree.got))
          differences.push(
            ...(lines.length > 0 ? lines : wrongNames(tree.expected, tree.got)).map(
              (line) => `${line.slice(0, 1)}${tree.name} ${line.slice(1)}`,
            ),
          )
        }
      if (differences.length === 0) pairing.keep()
      renaming.see(
        trees.flatMap((tree) => nodeValues(tree.expected)),
        trees.flatMap((tree) => nodeValues(tree.got)),
      )
      return differences
    },
  }
}

/** The same words, but a name or address stands where another one should. */
const wrongNames = (expected: readonly TextNode[], got: readonly TextNode[]): readonly string[] => {
  const list = (nodes: readonly TextNode[]) => nodeValues(nodes).map(({ kind, value }) => `${kind} ${value}`)
  return [`-names that stand for others: ${list(expected).join(", ")}`, `+here: ${list(got).join(", ")}`]
}
