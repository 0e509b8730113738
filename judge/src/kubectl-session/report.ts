import type { Verdict } from "./replay.ts"
import type { ClientVersions, Rule } from "./rules/rule.ts"

/** How many commands agree by a rule, and why they may. */
interface RuleUse {
  readonly name: string
  readonly kind: Rule["kind"]
  readonly reason: string
  /** Names of the commands. */
  readonly commands: readonly string[]
}

interface Disagreement extends Omit<Verdict, "rules"> {
  /** Rules that took some of the differences away. */
  readonly rules: readonly string[]
}

export interface SessionReport {
  /** The versions of kubectl, as far as they tell them. */
  readonly clients: { readonly recorded: string | undefined; readonly here: string | undefined }
  readonly agree: number
  readonly total: number
  /** Of those that agree: word for word but for volatile values; by a rule about clients; by any other rule. */
  readonly asRecorded: number
  readonly byClient: number
  readonly byStatedRule: number
  readonly rules: readonly RuleUse[]
  readonly enough: boolean
  readonly disagreements: readonly Disagreement[]
}

const ruleUses = (verdicts: readonly Verdict[]): readonly RuleUse[] => {
  const commands = new Map<Rule, string[]>()
  for (const { name, rules } of verdicts)
    for (const rule of rules) commands.set(rule, [...(commands.get(rule) ?? []), name])
  return [...commands]
    .map(([{ name, kind, reason }, names]) => ({ name, kind, reason, commands: names }))
    .sort((one, other) => other.commands.length - one.commands.length)
}

/** `least`: the share of commands that has to agree, of 100. */
export const sessionReport = (
  verdicts: readonly Verdict[],
  { recorded, here }: ClientVersions,
  least: number,
): SessionReport => {
  const disagreements = verdicts.filter(({ differences }) => differences.length > 0)
  const agreements = verdicts.filter(({ differences }) => differences.length === 0)
  const byStatedRule = agreements.filter(({ rules }) => rules.some(({ kind }) => kind === "stated")).length
  const byAnyRule = agreements.filter(({ rules }) => rules.length > 0).length
  const [total, agree] = [verdicts.length, agreements.length]
  return {
    clients: { recorded: recorded?.text, here: here?.text },
    agree,
    total,
    asRecorded: agree - byAnyRule,
    byClient: byAnyRule - byStatedRule,
    byStatedRule,
    rules: ruleUses(agreements),
    enough: agree * 100 >= total * least,
    disagreements: disagreements.map((each) => ({ ...each, rules: each.rules.map(({ name }) => name) })),
  }
}

const MOST_LINES = 12

const disagreement = ({ n, name, cmd, differences, reason }: Disagreement): readonly string[] => [
  `${n} ${name}: ${cmd}`,
  `    reason: ${reason ?? "unexplained"}`,
  ...differences.slice(0, MOST_LINES).map((line) => `    ${line}`),
  ...(differences.length > MOST_LINES
    ? [`    and ${differences.length - MOST_LINES} more lines (-o json has them)`]
    : []),
]

const KINDS = { client: "by the client's version", stated: "by a stated rule" } as const

const ruleText = ({ name, kind, reason, commands }: RuleUse): string =>
  `    ${commands.length} ${KINDS[kind]}: ${name} (${reason})`

/** `agree/total`, how many of these by which rules, then up to `limit` disagreements: `-` was recorded, `+` is what came. */
export const sessionText = (report: SessionReport, limit: number): readonly string[] => {
  const { clients, agree, total, asRecorded, byClient, byStatedRule, rules, disagreements } = report
  return [
    `kubectl ${clients.here ?? "of an unknown version"}; the session was recorded with ${clients.recorded ?? "one of an unknown version"}`,
    `${agree}/${total} agree (${total === 0 ? 0 : Math.floor((1000 * agree) / total) / 10} %)`,
    ...(rules.length > 0
      ? [`    ${asRecorded} as recorded, ${byClient} ${KINDS.client}, ${byStatedRule} ${KINDS.stated}`]
      : []),
    ...rules.map(ruleText),
    ...disagreements.slice(0, limit).flatMap(disagreement),
    ...(disagreements.length > limit
      ? [`and ${disagreements.length - limit} more (--limit ${disagreements.length} shows them all)`]
      : []),
  ]
}
