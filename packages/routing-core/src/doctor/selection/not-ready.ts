import type { PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { remembered } from "../survey/remembered.ts"
import { type Subject, usedEndpoints } from "../survey/subject.ts"
import { counted, podsText } from "../text.ts"

const stateOf = (pods: readonly PodFacts[]): string => {
  if (pods.every((pod) => pod.terminating)) return "being deleted"
  if (pods.every((pod) => !pod.ip)) return "not running"
  return "not ready"
}

const hasUsedEndpoint = ({ entry, kind }: Subject): boolean =>
  kind === "headless"
    ? entry.slices.some((slice) => slice.endpoints?.some((endpoint) => endpoint.conditions?.ready ?? true))
    : entry.ports.some((port) => usedEndpoints(port).length > 0)

interface Idle {
  /** Those that get no traffic. */
  readonly pods: readonly PodFacts[]
  readonly state: string
  readonly areTerminating: boolean
}

const idleOf = (publishes: boolean) =>
  remembered((selected: readonly PodFacts[]): Idle => {
    const pods = selected.filter((pod) => !(pod.ip && !pod.terminating && (pod.ready || publishes)))
    return { pods, state: stateOf(pods), areTerminating: pods.every((pod) => pod.terminating) }
  })

const idle = idleOf(false)
const idleAlthoughPublished = idleOf(true)

/** The selector matches pods, but all of them, or some, get no traffic for now. */
export const notReady: ServiceCheck = (subject) => {
  const { namespace, selected, service } = subject
  const publishes = service.spec.publishNotReadyAddresses === true
  const { pods, state, areTerminating } = (publishes ? idleAlthoughPublished : idle)(selected)
  const [first] = pods
  if (!first) return NOTHING
  const object = { kind: "Pod", namespace, name: first.name }
  const command = `kubectl describe pod ${first.name} -n ${namespace}`
  const isAre = pods.length === 1 ? "is" : "are"
  const why = `Find out why ${pods.length === 1 ? "it is" : "they are"} ${state}: a pod gets traffic while its readiness probe succeeds.`
  if (pods.length < selected.length)
    return areTerminating
      ? NOTHING
      : [
          found(subject, "note", "some-pods-not-ready", {
            message: `${counted(pods.length, "pod")} of ${selected.length} ${pods.length === 1 ? "gets" : "get"} no traffic: ${podsText(pods)} ${isAre} ${state}.`,
            fix: why,
            command,
          }),
        ]
  if (hasUsedEndpoint(subject))
    return [
      found(subject, "warning", "only-terminating-endpoints", {
        message: `The only pods left are being deleted; the Service still uses ${podsText(pods)} until ${pods.length === 1 ? "it is" : "they are"} gone.`,
        fix: "Run pods that stay.",
        command: `kubectl get pods -n ${namespace}`,
        rule: "R21",
      }),
    ]
  return [
    {
      ...found(subject, "error", "no-endpoints-not-ready", {
        message: `The selector matches ${podsText(pods)}, but ${pods.length === 1 ? "it is" : "they are"} ${state}, and there is no other pod.`,
        fix: state === "being deleted" ? "Run pods that stay." : why,
        path: "status.conditions",
        command,
        rule: subject.kind === "headless" ? "R5" : "R23",
      }),
      object,
      service: subject.ref,
    },
  ]
}
