import { readFileSync } from "node:fs"
import { join } from "node:path"
import { cache } from "react"

interface RuleEntry {
  /** `R12`. */
  readonly id: string
  /** Markdown of one line, as is `source`. */
  readonly sentence: string
  /** Where the rule comes from: upstream code, a specification, a recording. */
  readonly source: string
}

export interface RuleSection {
  readonly title: string
  readonly rules: readonly RuleEntry[]
}

const RULE = /^- \*\*(?<id>R\d+)\*\* (?<sentence>.+)\n {2}_Source: (?<source>.+)_$/gm

/** The sections of a SPEC.md that have rules, in its order. */
export const parseRules = (spec: string): readonly RuleSection[] =>
  spec
    .split(/^## /m)
    .slice(1)
    .map((text) => ({
      title: text.slice(0, text.indexOf("\n")),
      rules: [...text.matchAll(RULE)].map(({ groups }) => ({
        id: groups?.id ?? "",
        sentence: groups?.sentence ?? "",
        source: groups?.source ?? "",
      })),
    }))
    .filter(({ rules }) => rules.length > 0)

/** The rules that decide where a packet goes, as they stand in routing-core's SPEC.md at build time. */
export const loadRules = cache((): readonly RuleSection[] =>
  parseRules(readFileSync(join(process.cwd(), "../../packages/routing-core/SPEC.md"), "utf8")),
)
