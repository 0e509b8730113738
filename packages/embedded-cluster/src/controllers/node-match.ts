import type { Labels, Node, PodSpec } from "@pilotage/kube-model"

interface Requirement {
  readonly key: string
  readonly operator: string
  readonly values?: readonly string[]
}

interface NodeSelectorTerm {
  readonly matchExpressions?: readonly Requirement[]
  readonly matchFields?: readonly Requirement[]
}

interface Affinity {
  readonly nodeAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: {
      readonly nodeSelectorTerms?: readonly NodeSelectorTerm[]
    }
    readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
      readonly weight: number
      readonly preference: NodeSelectorTerm
    }[]
  }
}

const number = (text: string | undefined): number =>
  text !== undefined && /^-?\d+$/.test(text) ? Number(text) : Number.NaN

const meets = ({ key, operator, values = [] }: Requirement, labels: Labels): boolean => {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value)
    case "NotIn":
      return value === undefined || !values.includes(value)
    case "Exists":
      return value !== undefined
    case "DoesNotExist":
      return value === undefined
    case "Gt":
      return number(value) > number(values[0])
    case "Lt":
      return number(value) < number(values[0])
    default:
      return false
  }
}

/** A term without requirements matches no node (component-helpers `scheduling/corev1/nodeaffinity`). */
const meetsTerm = ({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, node: Node): boolean =>
  matchExpressions.length + matchFields.length > 0 &&
  matchExpressions.every((each) => meets(each, node.metadata.labels ?? {})) &&
  matchFields.every((each) => meets(each, { "metadata.name": node.metadata.name }))

const affinityOf = (spec: PodSpec): Affinity["nodeAffinity"] => (spec.affinity as Affinity | undefined)?.nodeAffinity

/** Node selector and required node affinity let the pod on this node. */
export const matchesNode = (spec: PodSpec, node: Node): boolean => {
  const labels = node.metadata.labels ?? {}
  if (!Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value)) return false
  const terms = affinityOf(spec)?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  return terms === undefined || terms.some((term) => meetsTerm(term, node))
}

/** The sum of the weights of preferred terms that the node meets. */
export const nodePreference = (spec: PodSpec, node: Node): number =>
  (affinityOf(spec)?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
    .filter(({ preference }) => meetsTerm(preference, node))
    .reduce((sum, { weight }) => sum + weight, 0)

const NAME = "metadata.name"

/** The only node that the pod may go to, when its affinity names one, as that of a DaemonSet's pod does. */
export const targetNode = (spec: PodSpec): string | undefined => {
  const [term, ...others] = affinityOf(spec)?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  const [field] = others.length === 0 ? (term?.matchFields ?? []) : []
  return field?.key === NAME && field.operator === "In" && field.values?.length === 1 ? field.values[0] : undefined
}

/** Affinity that leads to one node alone; takes the place of what the template requires of nodes. */
export const withTargetNode = (spec: PodSpec, node: string): PodSpec => {
  const affinity = spec.affinity as Affinity | undefined
  const requiredDuringSchedulingIgnoredDuringExecution = {
    nodeSelectorTerms: [{ matchFields: [{ key: NAME, operator: "In", values: [node] }] }],
  }
  return {
    ...spec,
    affinity: {
      ...affinity,
      nodeAffinity: { ...affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution },
    },
  }
}
