import { lineDifferences } from "./line-differences.ts"
import { matches } from "./matching.ts"
import type { Pairing, Renaming, Value } from "./renaming.ts"
import { byRules, type Streams } from "./rules/apply-rules.ts"
import type { Rule } from "./rules/rule.ts"
import type { RecordedCommand } from "./session-file.ts"
import type { Answer } from "./shell.ts"
import { type TextNode, type TextOptions, textTree, treeLines } from "./text-tree.ts"
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

/** What came of a comparison. */
interface Compared {
  readonly differences: Differences
  /** Rules without which they would not agree, or that took some of the differences away. */
  readonly rules: readonly Rule[]
}

const isWatch = (cmd: string): boolean => /\brollout status\b| -w\b| --watch\b/.test(cmd)

const STREAMS = ["stdout", "stderr"] as const

interface Attempt {
  readonly differences: Differences
  readonly pairing: Pairing
  readonly expected: readonly Value[]
  readonly got: readonly Value[]
}

/** Compares answers of one session, command by command. */
export interface Comparison {
  readonly compare: (recorded: RecordedCommand, got: Answer) => Compared
}

export interface ComparisonFacts {
  readonly worker: readonly VolatileRule[]
  /** Values that the session's files name, which are the same in every run. */
  readonly given: Iterable<string>
  /** Rules for what two faithful clusters or clients may say differently. */
  readonly rules: readonly Rule[]
}

export const createComparison = (renaming: Renaming, facts: ComparisonFacts): Comparison => {
  const given = new Set(facts.given)
  const volatile = [...VOLATILE_RULES, ...facts.worker]

  const attempt = (texts: Streams, exits: Differences, options: TextOptions): Attempt => {
    const pairing = renaming.start()
    const trees = STREAMS.map((name) => ({
      name,
      expected: textTree(texts[name].recorded, options),
      got: textTree(texts[name].got, options),
    }))
    const differences = trees.flatMap(({ name, expected, got }) => {
      if (matches(expected, got, pairing)) return []
      const lines = lineDifferences(treeLines(expected), treeLines(got))
      return (lines.length > 0 ? lines : wrongNames(expected, got)).map(
        (line) => `${line.slice(0, 1)}${name} ${line.slice(1)}`,
      )
    })
    return {
      differences: [...exits, ...differences],
      pairing,
      expected: trees.flatMap((tree) => nodeValues(tree.expected)),
      got: trees.flatMap((tree) => nodeValues(tree.got)),
    }
  }

  return {
    compare: (recorded, got) => {
      for (const value of valuesIn(`${recorded.cmd}\n${recorded.stdin}`)) if (!renaming.wasSeen(value)) given.add(value)
      const named = new Set([...given, ...facts.worker.flatMap(({ pattern }) => recorded.cmd.match(pattern) ?? [])])
      const options = { rules: volatile, given: named, watched: isWatch(recorded.cmd) }
      const exits =
        recorded.exit === got.exit
          ? []
          : [`-exit ${recorded.exit}`, `+exit ${got.exit === -1 ? "took too long" : got.exit}`]
      const texts: Streams = {
        stdout: { recorded: recorded.stdout, got: got.stdout },
        stderr: { recorded: recorded.stderr, got: got.stderr },
      }
      const plain = attempt(texts, exits, options)
      const { result, rules } = byRules(texts, recorded.cmd, facts.rules, plain, (levelled) =>
        attempt(levelled, exits, options),
      )
      if (result.differences.length === 0) result.pairing.keep()
      renaming.see(plain.expected, plain.got)
      return { differences: result.differences, rules }
    },
  }
}

/** The same words, but a name or address stands where another one should. */
const wrongNames = (expected: readonly TextNode[], got: readonly TextNode[]): readonly string[] => {
  const list = (nodes: readonly TextNode[]) => nodeValues(nodes).map(({ kind, value }) => `${kind} ${value}`)
  return [`-names that stand for others: ${list(expected).join(", ")}`, `+here: ${list(got).join(", ")}`]
}
