import type { LabelSelector, Labels, NetworkPolicy } from "@pilotage/kube-model"
import type { PodFacts } from "../state.ts"
import type { ObjectRef } from "../trace-types.ts"
import type { Party } from "./connection.ts"
import { namespaceOf } from "./policy-reading.ts"

export const policyRef = (policy: NetworkPolicy): ObjectRef => ({
  kind: "NetworkPolicy",
  namespace: namespaceOf(policy),
  name: policy.metadata.name,
})

export const labelsText = (labels: Labels): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",") || "no labels"

/** `app=web,tier in (a,b),!canary`, as kubectl describes selectors; `every` for an empty one. */
export const selectorText = ({ matchLabels, matchExpressions }: LabelSelector, every: string): string => {
  const pairs = Object.entries(matchLabels ?? {}).map(([key, value]) => `${key}=${value}`)
  const expressions = (Array.isArray(matchExpressions) ? matchExpressions : []).map((each) => {
    const values = `(${(each?.values ?? []).join(",")})`
    switch (each?.operator) {
      case "In":
        return `${each.key} in ${values}`
      case "NotIn":
        return `${each.key} notin ${values}`
      case "Exists":
        return each.key
      case "DoesNotExist":
        return `!${each.key}`
      default:
        return "a malformed requirement"
    }
  })
  return [...pairs, ...expressions].join(",") || every
}

export const podText = (pod: PodFacts): string => `pod ${pod.name} in namespace ${pod.namespace}`

/** `pod web-1 in namespace shop (app=web)`, `node node-1 (172.18.0.2)`, `203.0.113.7`. */
export const partyText = ({ ip, pod, node }: Party): string =>
  pod
    ? `${podText(pod)} (${labelsText(pod.labels)})`
    : node
      ? `node ${node.name} (${ip})`
      : (ip ?? "an unknown address")

/** Text for a shell between single quotes. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** One step of a JSON patch (RFC 6902). */
export interface PatchStep {
  readonly op: "add"
  readonly path: string
  readonly value: unknown
}

export const patchCommand = (policy: NetworkPolicy, step: PatchStep): string =>
  `kubectl patch networkpolicy ${policy.metadata.name} -n ${namespaceOf(policy)} --type=json -p ${quoted(JSON.stringify([step]))}`
