import type { Labels } from "@pilotage/kube-model"
import { podSocket } from "../../path/sockets.ts"
import type { PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import type { Finding } from "../finding.ts"
import { openPorts } from "../ports/closed-port.ts"
import { allowance, remembered } from "../survey/remembered.ts"
import type { Subject } from "../survey/subject.ts"
import type { Survey } from "../survey/survey.ts"
import { field, labelsText, listed, podsText, portField, portText, setField } from "../text.ts"
import { resemblance } from "./resemblance.ts"

/** How nearly a pod matches: 2 for a pair that is right, up to 2 for a value that looks alike, a little for the key. */
const score = (selector: Labels, labels: Labels, mayCompare: () => boolean): number => {
  let sum = 0
  for (const [key, wanted] of Object.entries(selector)) {
    const own = labels[key]
    if (own === wanted) sum += 2
    else if (own !== undefined) {
      const alike = resemblance(own, wanted, mayCompare)
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

/** One slip of the pen in one label. */
const AS_GOOD_AS_SURE = 1.9

/** Looking for likeness takes time: after so many comparisons only slips of one letter are looked for. */
const MOST_COMPARED = 10_000
/** And after so many pods were looked at, whatever is the matter with the selectors of the rest, nothing. */
const MOST_SCORED = 200_000

const comparisons = remembered((_: Survey) => allowance(MOST_COMPARED))
const scorings = remembered((_: Survey) => allowance(MOST_SCORED))

/** The pods of the namespace that come nearest, when they come near enough to be the ones that were meant. */
const nearestMiss = ({ namespace }: Subject, selector: Labels, survey: Survey): Miss | undefined => {
  let best: PodFacts | undefined
  let most = 1
  const keys = Object.keys(selector)
  const mayCompare = comparisons(survey)
  const mayScore = scorings(survey)
  for (const pod of survey.pods.alike(namespace, keys)) {
    if (!mayScore()) break
    const own = score(selector, pod.labels, mayCompare)
    if (own < most || (own === most && best)) continue
    best = pod
    most = own
    if (own >= AS_GOOD_AS_SURE + 2 * (keys.length - 1)) break
  }
  if (!best) return undefined
  const { labels } = best
  const has = keys.map((key) => [key, labels[key]] as const)
  const own = Object.fromEntries(has.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
  return { has, pods: survey.pods.select(namespace, own) }
}

/** What those pods would refuse once they are selected: better known now than after the first repair. */
const nextFault = (subject: Subject, { pods }: Miss): readonly Finding[] =>
  subject.entry.ports.flatMap(({ port, index, protocol }) => {
    const target = port.targetPort ?? port.port
    if (typeof target !== "number" || pods.some((pod) => !pod.sockets?.length)) return NOTHING
    if (pods.some((pod) => podSocket(pod, target, protocol, false) !== "closed")) return NOTHING
    const open = openPorts(pods)
    const best = open.find((each) => each.protocol === protocol)?.port
    return [
      found(subject, "warning", "wrong-target-port", {
        ...field(portField(index, "targetPort"), target),
        message: `Once the selector is right, ${portText(port)} leads to ${target}/${protocol}, but ${podsText(pods)} ${pods.length === 1 ? "listens" : "listen"} on ${listed(open.map((each) => `${each.port}/${each.protocol}`))}.`,
        fix: best === undefined ? "Set targetPort to a port on which they listen." : `Set targetPort to ${best}.`,
        ...(best === undefined ? {} : { command: setField(subject.service, `/spec/ports/${index}/targetPort`, best) }),
        rule: "R32",
      }),
    ]
  })

const namespacesText = remembered((pods: readonly PodFacts[]) => listed([...new Set(pods.map((pod) => pod.namespace))]))

/** A selector that matches no pod: the labels that nearly match, the namespace where the pods are, or nothing at all. */
export const selectorMismatch: ServiceCheck = (subject, survey) => {
  const { service, namespace, name, selector, selected } = subject
  if (!selector || selected.length > 0 || !survey.podsKnown) return NOTHING
  const wanted = labelsText(selector)
  const report = (message: string, fix: string, command: string): Finding =>
    found(subject, "error", "no-endpoints-selector-mismatch", {
      ...field("spec.selector", selector),
      message,
      fix,
      command,
      rule: "R23",
    })
  const elsewhere = survey.pods.selectElsewhere(namespace, selector)
  const [away] = elsewhere
  const theirs = `${podsText(elsewhere)} ${elsewhere.length === 1 ? "has" : "have"} those labels`
  const there = `in namespace ${namespacesText(elsewhere)}`
  const near = nearestMiss(subject, selector, survey)
  if (near) {
    const differs = near.has.filter(([key, value]) => value !== selector[key])
    const kept = Object.fromEntries(near.has.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
    const difference = listed(
      differs.map(([key, value]) =>
        value === undefined ? `no label ${key}` : `${key}=${value} instead of ${key}=${selector[key]}`,
      ),
    )
    return [
      report(
        `The selector ${wanted} matches no pod. The nearest ${near.pods.length === 1 ? "is" : "are"} ${podsText(near.pods)}, with ${difference}.${away ? ` Elsewhere, ${there}, ${theirs}.` : ""}`,
        `Let the selector say ${labelsText(kept)}.`,
        setField(service, "/spec/selector", kept),
      ),
      ...nextFault(subject, near),
    ]
  }
  if (away)
    return [
      report(
        `The selector ${wanted} matches no pod in namespace ${namespace}; ${theirs}, but ${there}. A Service selects pods of its own namespace only.`,
        `Move Service ${name} to namespace ${away.namespace}, or run the pods in namespace ${namespace}.`,
        `kubectl get pods -l ${wanted} -n ${away.namespace}`,
      ),
    ]
  return [
    report(
      `The selector ${wanted} matches no pod in namespace ${namespace}.`,
      `Run pods with the labels ${wanted} in namespace ${namespace}, or let the selector name the labels of the pods that you mean.`,
      `kubectl get pods --show-labels -n ${namespace}`,
    ),
  ]
}
