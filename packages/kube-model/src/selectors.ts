import type { LabelSelector, LabelSelectorRequirement, Labels } from "./object-meta.ts"
import { err, ok, type Result } from "./result.ts"

/** A Service's selector: every pair must match. An empty or absent map selects nothing (corev1 ServiceSpec.selector). */
export const selectsPods = (selector: Labels | undefined, labels: Labels | undefined): boolean => {
  const pairs = Object.entries(selector ?? {})
  return pairs.length > 0 && pairs.every(([key, value]) => labels?.[key] === value)
}

const meets = (requirement: LabelSelectorRequirement, labels: Labels): boolean => {
  const value = Object.hasOwn(labels, requirement.key) ? labels[requirement.key] : undefined
  switch (requirement.operator) {
    case "In":
      return value !== undefined && (requirement.values ?? []).includes(value)
    case "NotIn":
      return value === undefined || !(requirement.values ?? []).includes(value)
    case "Exists":
      return value !== undefined
    case "DoesNotExist":
      return value === undefined
  }
}

/** metav1.LabelSelector: absent selects nothing, empty everything. */
export const matchesSelector = (selector: LabelSelector | undefined, labels: Labels | undefined): boolean => {
  if (!selector) return false
  const own = labels ?? {}
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => own[key] === value) &&
    (selector.matchExpressions ?? []).every((requirement) => meets(requirement, own))
  )
}

export type LabelQuery = (labels: Labels | undefined) => boolean

const splitTerms = (text: string): string[] => {
  const terms: string[] = []
  let depth = 0
  let term = ""
  for (const char of text) {
    if (char === "(") depth += 1
    if (char === ")") depth -= 1
    if (char === "," && depth === 0) {
      terms.push(term)
      term = ""
    } else term += char
  }
  terms.push(term)
  return terms.map((each) => each.trim())
}

const NAME = "[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?"
const EQUALITY = new RegExp(`^(?<key>${NAME})\\s*(?<op>=|==|!=)\\s*(?<value>[A-Za-z0-9]?[-A-Za-z0-9_.]*)$`)
const SET = new RegExp(`^(?<key>${NAME})\\s+(?<op>in|notin)\\s*\\((?<values>[^()]*)\\)$`)
const PRESENCE = new RegExp(`^(?<not>!?)\\s*(?<key>${NAME})$`)

const parseTerm = (term: string): LabelSelectorRequirement | undefined => {
  const equality = EQUALITY.exec(term)?.groups
  if (equality?.key)
    return { key: equality.key, operator: equality.op === "!=" ? "NotIn" : "In", values: [equality.value ?? ""] }
  const set = SET.exec(term)?.groups
  if (set?.key)
    return {
      key: set.key,
      operator: set.op === "in" ? "In" : "NotIn",
      values: (set.values ?? "").split(",").map((value) => value.trim()),
    }
  const presence = PRESENCE.exec(term)?.groups
  if (presence?.key) return { key: presence.key, operator: presence.not ? "DoesNotExist" : "Exists" }
  return undefined
}

/** Parses `-l` text: `app=web,tier!=x,env in (a,b),!canary`. Empty text selects everything. */
export const parseLabelQuery = (text: string): Result<LabelQuery, string> => {
  if (text.trim() === "") return ok(() => true)
  const requirements: LabelSelectorRequirement[] = []
  for (const term of splitTerms(text)) {
    const requirement = parseTerm(term)
    if (!requirement) return err(`unable to parse requirement: ${JSON.stringify(term)}`)
    requirements.push(requirement)
  }
  return ok((labels) => requirements.every((requirement) => meets(requirement, labels ?? {})))
}
