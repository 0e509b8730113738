import type { LabelSelector } from "@pilotage/kube-model"

const OPERATORS = { In: "in", NotIn: "notin" } as const

/** A label selector as text: `app=web,tier in (a,b)` (apimachinery `FormatLabelSelector`). */
export const selectorText = (selector: LabelSelector | undefined): string => {
  const pairs = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => [key, `${key}=${value}`] as const)
  const expressions = (selector?.matchExpressions ?? []).map(({ key, operator, values }) => {
    if (operator === "Exists") return [key, key] as const
    if (operator === "DoesNotExist") return [key, `!${key}`] as const
    return [key, `${key} ${OPERATORS[operator]} (${[...(values ?? [])].sort().join(",")})`] as const
  })
  return [...pairs, ...expressions]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, term]) => term)
    .join(",")
}
