import type { Rule, Texts } from "./rule.ts"

/** Both streams of a command, as recorded and as they are here. */
export interface Streams {
  readonly stdout: Texts
  readonly stderr: Texts
}

interface Levelled {
  readonly texts: Streams
  /** The rules that changed anything. */
  readonly used: readonly Rule[]
}

const isSame = (one: Texts, other: Texts): boolean => one.recorded === other.recorded && one.got === other.got

const levelled = (texts: Streams, cmd: string, rules: readonly Rule[]): Levelled =>
  rules.reduce<Levelled>(
    ({ texts: before, used }, rule) => {
      const level = (stream: keyof Streams): Texts =>
        rule.stream === undefined || rule.stream === stream ? rule.level(before[stream], cmd) : before[stream]
      const after = { stdout: level("stdout"), stderr: level("stderr") }
      const changed = !isSame(before.stdout, after.stdout) || !isSame(before.stderr, after.stderr)
      return { texts: after, used: changed ? [...used, rule] : used }
    },
    { texts, used: [] },
  )

interface Outcome {
  readonly differences: readonly string[]
}

/**
 * Tries the rules when two answers differ. `rules` of the answer: the fewest that make them agree, or, when they differ all
 * the same, those that changed anything.
 */
export const byRules = <T extends Outcome>(
  texts: Streams,
  cmd: string,
  rules: readonly Rule[],
  plain: T,
  compare: (texts: Streams) => T,
): { readonly result: T; readonly rules: readonly Rule[] } => {
  const fitting = rules.filter((rule) => rule.cmd?.test(cmd) ?? true)
  if (plain.differences.length === 0) return { result: plain, rules: [] }
  const all = levelled(texts, cmd, fitting)
  if (all.used.length === 0) return { result: plain, rules: [] }
  const result = compare(all.texts)
  if (result.differences.length > 0) return { result, rules: all.used }
  return all.used.reduce<{ readonly result: T; readonly rules: readonly Rule[] }>(
    (known, rule) => {
      const fewer = known.rules.filter((each) => each !== rule)
      const without = compare(levelled(texts, cmd, fewer).texts)
      return without.differences.length === 0 ? { result: without, rules: fewer } : known
    },
    { result, rules: all.used },
  )
}
