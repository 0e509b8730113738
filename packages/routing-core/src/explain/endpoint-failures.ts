import { type Labels, type Service, selectsPods } from "@pilotage/kube-model"
import { likeness } from "../dns/likeness.ts"
import { serviceRef } from "../object-ref.ts"
import type { PortEntry, ServiceEntry } from "../proxy/service-entry.ts"
import type { PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause, Failure } from "../trace-types.ts"
import type { ReasonCode } from "./reasons.ts"

export const failure = (
  code: ReasonCode,
  message: string,
  fix: string,
  more: { readonly cause?: Cause; readonly command?: string } = {},
): Failure => ({ code, message, fix, ...more })

const labelText = (labels: Labels): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",")

/** `Service web in namespace shop`. */
export const serviceText = (service: Service): string =>
  `Service ${service.metadata.name} in namespace ${service.metadata.namespace ?? "default"}`

const MOST_NAMED = 3

/** The first few in order of names, without putting the rest in order: there may be a hundred thousand. */
const firstOf = (pods: readonly PodFacts[]): readonly PodFacts[] => {
  const first: PodFacts[] = []
  for (const pod of pods) {
    const last = first[MOST_NAMED - 1]
    if (last && pod.name >= last.name) continue
    const at = first.findIndex((each) => pod.name < each.name)
    first.splice(at < 0 ? first.length : at, 0, pod)
    first.length = Math.min(first.length, MOST_NAMED)
  }
  return first
}

const names = (pods: readonly PodFacts[]): string => {
  const shown = firstOf(pods).map((pod) => pod.name)
  return pods.length > MOST_NAMED ? `${shown.join(", ")} and ${pods.length - MOST_NAMED} more` : shown.join(", ")
}

interface NearMatch {
  readonly pods: readonly PodFacts[]
  /** The selector's keys with the values that the pods have; undefined where they have none. */
  readonly has: readonly (readonly [string, string | undefined])[]
}

/** Comparing texts takes time: of so many values of one key, then only equal ones count. */
const MOST_COMPARED = 2000

/** How near labels come to one pair of a selector: 2 for the same value, something for one that looks like it. */
const nearnessTo = (key: string, value: string): ((labels: Labels) => number) => {
  const known = new Map<string, number>()
  return (labels) => {
    const own = labels[key]
    if (own === value) return 2
    if (own === undefined) return 0
    const found = known.get(own)
    if (found !== undefined) return found
    if (known.size === MOST_COMPARED) return 0.1
    const alike = likeness(own, value)
    const score = alike > 0.3 ? 1 + alike : 0.1
    known.set(own, score)
    return score
  }
}

/** Pods that nearly match: the same value for some key, or a value that looks like it. The best group only. */
const nearMatch = (selector: Labels, pods: readonly PodFacts[]): NearMatch | undefined => {
  const keys = Object.keys(selector)
  const scores = Object.entries(selector).map(([key, value]) => nearnessTo(key, value))
  let best: PodFacts | undefined
  let most = 0
  for (const pod of pods) {
    let score = 0
    for (const nearness of scores) score += nearness(pod.labels)
    // Of equals the first by name, whatever the order in which they come.
    if (score < most || (score === most && (!best || pod.name > best.name))) continue
    best = pod
    most = score
  }
  if (!best || most < 1) return undefined
  const { labels } = best
  return {
    pods: pods.filter((pod) => keys.every((key) => pod.labels[key] === labels[key])),
    has: keys.map((key) => [key, labels[key]]),
  }
}

const selectorMismatch = (service: Service, selector: Labels, inNamespace: readonly PodFacts[]): Failure => {
  const namespace = service.metadata.namespace ?? "default"
  const cause: Cause = { object: serviceRef(service), path: "spec.selector", value: JSON.stringify(selector) }
  const wanted = labelText(selector)
  const near = nearMatch(selector, inNamespace)
  if (!near)
    return failure(
      "no-endpoints-selector-mismatch",
      `${serviceText(service)} selects pods with ${wanted}, and no pod in namespace ${namespace} has that.`,
      `Run pods with the labels ${wanted} in namespace ${namespace}, or let the selector name the labels of the pods that you mean.`,
      { cause, command: `kubectl get pods --show-labels -n ${namespace}` },
    )
  const differs = near.has
    .filter(([key, value]) => value !== selector[key])
    .map(([key, value]) => (value === undefined ? `no label ${key}` : `${key}=${value}`))
  const message = `${serviceText(service)} selects pods with ${wanted}, but ${near.pods.length === 1 ? "pod" : "pods"} ${names(near.pods)} ${near.pods.length === 1 ? "has" : "have"} ${differs.join(" and ")}.`
  const kept = Object.fromEntries(near.has.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
  return failure(
    "no-endpoints-selector-mismatch",
    message,
    `Let the selector of Service ${service.metadata.name} say ${labelText(kept)}.`,
    { cause, command: `kubectl set selector service ${service.metadata.name} ${labelText(kept)} -n ${namespace}` },
  )
}

const known = new WeakMap<
  ServiceEntry,
  { readonly pods: object | undefined; readonly failures: Map<number, Failure> }
>()

/**
 * Why a Service port has no usable endpoint, from the Service and the pods of its namespace. O(pods) the first time;
 * remembered until one of them changes.
 */
export const noEndpoints = (indexes: Indexes, entry: ServiceEntry, port: PortEntry | undefined): Failure => {
  const pods = indexes.podsByNamespace.get(entry.service.metadata.namespace ?? "default")
  let memory = known.get(entry)
  if (!memory || memory.pods !== pods) {
    memory = { pods, failures: new Map() }
    known.set(entry, memory)
  }
  const index = port?.index ?? -1
  const found = memory.failures.get(index) ?? findReason(entry, port, pods?.values() ?? [])
  memory.failures.set(index, found)
  return found
}

const findReason = (entry: ServiceEntry, port: PortEntry | undefined, inNamespace: readonly PodFacts[]): Failure => {
  const { service } = entry
  const namespace = service.metadata.namespace ?? "default"
  const object = serviceRef(service)
  const selector = service.spec.selector ?? {}
  if (Object.keys(selector).length === 0)
    return failure(
      "no-endpoints-no-selector",
      `${serviceText(service)} has no selector, and no EndpointSlice lists an address for it.`,
      "Give the Service a selector, or write an EndpointSlice for it by hand.",
      {
        cause: { object, path: "spec.selector" },
        command: `kubectl edit service ${service.metadata.name} -n ${namespace}`,
      },
    )
  const matching = inNamespace.filter((pod) => selectsPods(selector, pod.labels))
  const alive = matching.filter((pod) => !pod.terminating)
  if (matching.length === 0) return selectorMismatch(service, selector, inNamespace)
  const unready = alive.filter((pod) => !pod.ready)
  const [first] = firstOf(unready.length > 0 || alive.length > 0 ? unready : matching)
  if (first && unready.length === alive.length) {
    const state = alive.length === 0 ? "being deleted" : first.ip ? "not ready" : "not running yet"
    const pods = alive.length === 0 ? matching : unready
    return failure(
      "no-endpoints-not-ready",
      `${serviceText(service)} selects ${pods.length === 1 ? "pod" : "pods"} ${names(pods)}, but ${pods.length === 1 ? "it is" : "they are"} ${state}.`,
      `Find out why pod ${first.name} is ${state}; a pod gets traffic when its readiness probe succeeds.`,
      {
        cause: {
          object: { kind: "Pod", namespace, name: first.name },
          path: "status.conditions",
          value: '"Ready: False"',
        },
        command: `kubectl describe pod ${first.name} -n ${namespace}`,
      },
    )
  }
  const target = port?.port.targetPort
  if (port && typeof target === "string")
    return failure(
      "no-endpoints-port-name",
      `${serviceText(service)} sends to the port named ${target}, and no ready pod has a container port of that name.`,
      `Name a container port ${target} in the pods, or put the number into targetPort.`,
      { cause: { object, path: `spec.ports[${port.index}].targetPort`, value: JSON.stringify(target) } },
    )
  return failure(
    "no-endpoints-not-yet",
    `${serviceText(service)} selects ready pods, but its EndpointSlices do not list them yet.`,
    "Wait a second and try again.",
    { cause: { object }, command: `kubectl get endpointslices -n ${namespace}` },
  )
}
