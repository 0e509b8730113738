/** What comes of one case. `environment`: by our own words it hangs on the network around the cluster; counted apart. */
export type Outcome =
  | { readonly kind: "agree" }
  | { readonly kind: "disagree"; readonly expected: string; readonly actual: string }
  | {
      readonly kind: "environment"
      readonly reason: string
      readonly agrees: boolean
      readonly expected: string
      readonly actual: string
    }
  | { readonly kind: "not-judged"; readonly reason: string }

export interface JudgedCase {
  readonly id: string
  readonly outcome: Outcome
}

interface Disagreement {
  readonly id: string
  readonly expected: string
  readonly actual: string
}

/** Cases of one reason that do not count, and how many of them we would have got right. */
export interface Apart {
  readonly reason: string
  readonly cases: number
  readonly agree: number
  readonly ids: readonly string[]
}

/** One file's result. `total` counts neither environment cases nor those that were not judged. */
export interface FileReport {
  readonly file: string
  readonly agree: number
  readonly total: number
  readonly environment: readonly Apart[]
  readonly notJudged: readonly Apart[]
  readonly disagreements: readonly Disagreement[]
}

/** The outcome of a comparison of two texts. */
export const compared = (expected: string, actual: string): Outcome =>
  expected === actual ? { kind: "agree" } : { kind: "disagree", expected, actual }

const addApart = (apart: Map<string, Apart>, reason: string, agrees: boolean, id: string): void => {
  const { cases, agree, ids } = apart.get(reason) ?? { cases: 0, agree: 0, ids: [] }
  apart.set(reason, { reason, cases: cases + 1, agree: agree + (agrees ? 1 : 0), ids: [...ids, id] })
}

const byCount = (apart: Map<string, Apart>): readonly Apart[] =>
  [...apart.values()].sort((one, other) => other.cases - one.cases)

export const tally = (file: string, cases: Iterable<JudgedCase>): FileReport => {
  const environment = new Map<string, Apart>()
  const notJudged = new Map<string, Apart>()
  const disagreements: Disagreement[] = []
  let agree = 0
  for (const { id, outcome } of cases)
    switch (outcome.kind) {
      case "agree":
        agree += 1
        break
      case "disagree":
        disagreements.push({ id, expected: outcome.expected, actual: outcome.actual })
        break
      case "environment":
        addApart(environment, outcome.reason, outcome.agrees, id)
        break
      case "not-judged":
        addApart(notJudged, outcome.reason, false, id)
    }
  return {
    file,
    agree,
    total: agree + disagreements.length,
    environment: byCount(environment),
    notJudged: byCount(notJudged),
    disagreements,
  }
}
