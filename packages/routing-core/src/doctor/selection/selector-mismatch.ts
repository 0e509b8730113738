import type { Labels } from "@pilotage/kube-model"
import type { PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import type { Subject } from "../survey/subject.ts"
import type { Survey } from "../survey/survey.ts"
import { field, labelsText, listed, podsText, setField } from "../text.ts"
import { resemblance } from "./resemblance.ts"

/** How nearly a pod matches: 2 for a pair that is right, up to 2 for a value that looks alike, a little for the key. */
const score = (selector: Labels, labels: Labels): number => {
  let sum = 0
  for (const [key, wanted] of Object.entries(selector)) {
    const own = labels[key]
    if (own === wanted) sum += 2
    else if (own !== undefined) {
      const alike = resemblance(own, wanted)
      sum += alike > 0 ? 1 + alike : 0.1
    }
  }
  return sum
}

interface Miss {
  /** The pairs of the selector as those pods have them; undefined where they have no such label. */
  readonly has: readonly (readonly [string, string | undefined])[]
  readonly pods: readonly PodFacts[]
}

/** The pods of the namespace that come nearest, when they come near enough to be the ones that were meant. */
const nearestMiss = ({ namespace }: Subject, selector: Labels, survey: Survey): Miss | undefined => {
  let best: PodFacts | undefined
  let most = 1
  for (const pod of survey.pods.alike(namespace, Object.keys(selector))) {
    const own = score(selector, pod.labels)
    if (own < most || (own === most && best)) continue
    best = pod
    most = own
  }
  if (!best) return undefined
  const { labels } = best
  const has = Object.keys(selector).map((key) => [key, labels[key]] as const)
  const own = Object.fromEntries(has.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
  return { has, pods: survey.pods.select(namespace, own) }
}

/** A selector that matches no pod: the labels that nearly match, the namespace where the pods are, or nothing at all. */
export const selectorMismatch: ServiceCheck = (subject, survey) => {
  const { service, namespace, name, selector, selected } = subject
  if (!selector || selected.length > 0 || !survey.podsKnown) return NOTHING
  const wanted = labelsText(selector)
  const report = (message: string, fix: string, command: string) => [
    found(subject, "error", "no-endpoints-selector-mismatch", {
      ...field("spec.selector", selector),
      message,
      fix,
      command,
      rule: "R23",
    }),
  ]
  const elsewhere = survey.pods.selectElsewhere(namespace, selector)
  const [away] = elsewhere
  if (away)
    return report(
      `The selector ${wanted} matches no pod in namespace ${namespace}; ${podsText(elsewhere)} ${elsewhere.length === 1 ? "has" : "have"} those labels, but in namespace ${listed([...new Set(elsewhere.map((pod) => pod.namespace))])}. A Service selects pods of its own namespace only.`,
      `Move Service ${name} to namespace ${away.namespace}, or run the pods in namespace ${namespace}.`,
      `kubectl get pods -l ${wanted} -n ${away.namespace}`,
    )
  const near = nearestMiss(subject, selector, survey)
  if (!near)
    return report(
      `The selector ${wanted} matches no pod, and no pod in namespace ${namespace} has labels like it.`,
      `Run pods with the labels ${wanted} in namespace ${namespace}, or let the selector name the labels of the pods that you mean.`,
      `kubectl get pods --show-labels -n ${namespace}`,
    )
  const differs = near.has.filter(([key, value]) => value !== selector[key])
  const kept = Object.fromEntries(near.has.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
  return report(
    `The selector ${wanted} matches no pod. The nearest ${near.pods.length === 1 ? "is" : "are"} ${podsText(near.pods)}, with ${listed(differs.map(([key, value]) => (value === undefined ? `no label ${key}` : `${key}=${value} instead of ${key}=${selector[key]}`)))}.`,
    `Let the selector say ${labelsText(kept)}.`,
    setField(service, "/spec/selector", kept),
  )
}
