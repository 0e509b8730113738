import type { LabelSelector, Labels, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from "@pilotage/kube-model"
import { matchesSelector } from "@pilotage/kube-model"

/**
 * Policies as they were written, by people or by programs that validate nothing: what is not of the right shape is
 * read as Go's decoder and the API server would read it, or allows nothing.
 */
export type Direction = "ingress" | "egress"

export interface PolicyRule {
  /** undefined: everybody. */
  readonly peers: readonly NetworkPolicyPeer[] | undefined
  /** undefined: every port of every protocol. */
  readonly ports: readonly NetworkPolicyPort[] | undefined
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The items of a list; what is no object among them counts as an empty one. undefined: no list, or an empty one. */
const items = <T extends object>(
  value: readonly T[] | null | undefined,
  nothing: NoInfer<T>,
): readonly T[] | undefined => {
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) return [nothing]
  return value.length ? value.map((item: T) => (isObject(item) ? item : nothing)) : undefined
}

export const namespaceOf = (policy: NetworkPolicy): string => policy.metadata.namespace ?? "default"

const rulesByPolicy = new WeakMap<NetworkPolicy, Partial<Record<Direction, readonly PolicyRule[]>>>()

const NOTHING = {}

const read = (policy: NetworkPolicy, direction: Direction): readonly PolicyRule[] =>
  direction === "ingress"
    ? (items(policy.spec?.ingress, NOTHING) ?? []).map((rule) => ({
        peers: items(rule.from, NOTHING),
        ports: items(rule.ports, NOTHING),
      }))
    : (items(policy.spec?.egress, NOTHING) ?? []).map((rule) => ({
        peers: items(rule.to, NOTHING),
        ports: items(rule.ports, NOTHING),
      }))

/** What the policy allows in one direction. Remembered per policy object. */
export const rulesOf = (policy: NetworkPolicy, direction: Direction): readonly PolicyRule[] => {
  const known = rulesByPolicy.get(policy)
  const rules = known?.[direction]
  if (rules) return rules
  const fresh = read(policy, direction)
  rulesByPolicy.set(policy, { ...known, [direction]: fresh })
  return fresh
}

const TYPE: Readonly<Record<Direction, string>> = { ingress: "Ingress", egress: "Egress" }

/**
 * Does the policy speak about this direction? Without policyTypes it means ingress, and egress when it has a rule for it
 * (kubernetes pkg/apis/networking/v1 SetDefaults_NetworkPolicy).
 */
export const isAbout = (policy: NetworkPolicy, direction: Direction): boolean => {
  const types: unknown = policy.spec?.policyTypes
  if (Array.isArray(types) && types.length > 0) return types.includes(TYPE[direction])
  return direction === "ingress" || rulesOf(policy, "egress").length > 0
}

const isRequirement = (value: unknown): boolean =>
  isObject(value) &&
  typeof value.key === "string" &&
  (value.values === undefined || value.values === null || Array.isArray(value.values))

type LabelTest = (labels: Labels) => boolean

const never: LabelTest = () => false

const testOf = (selector: LabelSelector): LabelTest => {
  if (!isObject(selector)) return never
  const { matchLabels, matchExpressions } = selector
  if (matchLabels !== undefined && matchLabels !== null && !isObject(matchLabels)) return never
  const pairs = Object.entries(matchLabels ?? {})
  const hasPairs: LabelTest = (labels) => pairs.every(([key, value]) => labels[key] === value)
  if (matchExpressions === undefined || matchExpressions === null) return hasPairs
  if (!Array.isArray(matchExpressions) || !matchExpressions.every(isRequirement)) return never
  const expressions = { matchExpressions }
  return (labels) => hasPairs(labels) && matchesSelector(expressions, labels)
}

const labelTests = new WeakMap<LabelSelector, LabelTest>()

/** Does a selector that is there match? One that is malformed matches nothing; an empty one everything. */
export const selects = (selector: LabelSelector, labels: Labels): boolean => {
  if (typeof selector !== "object") return false
  let test = labelTests.get(selector)
  if (!test) {
    test = testOf(selector)
    labelTests.set(selector, test)
  }
  return test(labels)
}

/** Is the policy about all pods of its namespace, whatever their labels? */
export const selectsEveryPod = (policy: NetworkPolicy): boolean => {
  const selector: unknown = policy.spec?.podSelector
  return selector === undefined || selector === null || (isObject(selector) && Object.keys(selector).length === 0)
}

/** The pods that the policy is about. The field is no pointer: absent, null and {} are every pod of its namespace. */
export const selectsPod = (policy: NetworkPolicy, labels: Labels): boolean => {
  const selector = policy.spec?.podSelector
  return selector === undefined || selector === null || selects(selector, labels)
}
