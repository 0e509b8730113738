import { parseTime } from "@pilotage/kube-model"
import { groupResource, requireType } from "../api/discovery.ts"
import { deadlineAfter } from "../api/streams.ts"
import { plainError } from "../failure.ts"
import { at, isRecord, type JsonRecord, records, text } from "../json-value.ts"
import type { Session } from "../session.ts"
import type { LiveObject } from "./selected.ts"

export interface PodChoice {
  readonly pod: JsonRecord
  /** How many pods there were to choose from. */
  readonly among: number
}

const PHASES = ["Running", "Unknown", "Pending"]

const condition = (pod: JsonRecord): JsonRecord | undefined =>
  records(at(pod, "status", "conditions")).find((each) => each.type === "Ready")

const restarts = (pod: JsonRecord): number =>
  Math.max(0, ...records(at(pod, "status", "containerStatuses")).map((each) => Number(each.restartCount ?? 0)))

/** Ranks of a pod, best first: on a node, running, ready, long ready, few restarts, old (kubectl podutils). */
const ranks = (pod: JsonRecord): readonly number[] => {
  const phase = PHASES.indexOf(text(at(pod, "status", "phase")))
  const ready = condition(pod)
  return [
    text(at(pod, "spec", "nodeName")) === "" ? 1 : 0,
    phase < 0 ? PHASES.length : phase,
    ready?.status === "True" ? 0 : 1,
    ready?.status === "True" ? (parseTime(text(ready.lastTransitionTime)) ?? 0) : 0,
    restarts(pod),
    parseTime(text(at(pod, "metadata", "creationTimestamp"))) ?? 0,
  ]
}

const better = (left: JsonRecord, right: JsonRecord): number => {
  const a = ranks(left)
  const b = ranks(right)
  const differing = a.findIndex((rank, index) => rank !== b[index])
  return differing < 0 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0)
}

/** The label selector by which a workload or service finds its pods, as query text; undefined when it has none. */
export const podSelectorOf = ({ type, object }: LiveObject): string | undefined => {
  const labels =
    type.kind === "Service" ? at(object, "spec", "selector") : at(object, "spec", "selector", "matchLabels")
  if (!isRecord(labels)) return undefined
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
  return pairs.length === 0 ? undefined : pairs.join(",")
}

export const podsWith = async (
  session: Session,
  namespace: string,
  labelSelector: string,
): Promise<readonly JsonRecord[]> => {
  const type = requireType(await session.discovery(), "pods")
  const path = `/api/${type.version}/namespaces/${encodeURIComponent(namespace)}/pods`
  const list = await session.api.send("GET", path, { query: { labelSelector } })
  return records(at(list, "items")).map((pod) => ({ apiVersion: "v1", kind: "Pod", ...pod }))
}

/** The pod that stands for an object: itself, or the best of a workload's or service's. Waits a while for the first one. */
export const podFor = async (session: Session, live: LiveObject, waitMs: number): Promise<PodChoice> => {
  if (live.type.kind === "Pod") return { pod: live.object, among: 1 }
  const selector = podSelectorOf(live)
  if (selector === undefined) {
    if (live.type.kind === "Service")
      throw plainError(`invalid service '${live.name}': Service is defined without a selector`)
    throw plainError(
      `cannot attach to *${live.type.version}.${live.type.kind}: selector for ${groupResource(live.type)} "${live.name}" not found`,
    )
  }
  const deadline = deadlineAfter(session.host.clock, session.io.cancellation, waitMs)
  try {
    for (;;) {
      const pods = [...(await podsWith(session, live.namespace ?? session.namespace, selector))].sort(better)
      const [pod] = pods
      if (pod) return { pod, among: pods.length }
      if (deadline.cancellation.cancelled) break
      await session.host.clock.sleep(1000, deadline.cancellation)
    }
  } finally {
    deadline.release()
  }
  session.checkInterrupt()
  throw plainError("timed out waiting for the condition")
}

const DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container"

const names = (pod: JsonRecord, field: string): readonly string[] =>
  records(at(pod, "spec", field)).map((container) => text(container.name))

/** All containers as messages list them: `main, side, setup (init)`. */
const listing = (pod: JsonRecord): string =>
  [...names(pod, "containers"), ...names(pod, "initContainers").map((name) => `${name} (init)`)].join(", ")

/** The container that -c names, or the default one; says so on stderr when there was a choice. */
export const containerOf = (session: Session, pod: JsonRecord, wanted: string, quiet: boolean): string => {
  const podName = text(at(pod, "metadata", "name"))
  const containers = names(pod, "containers")
  if (wanted !== "") {
    if (![...containers, ...names(pod, "initContainers")].includes(wanted))
      throw plainError(`container ${wanted} is not valid for pod ${podName} out of: ${listing(pod)}`)
    return wanted
  }
  const annotated = text(at(pod, "metadata", "annotations", DEFAULT_CONTAINER))
  if (annotated !== "" && containers.includes(annotated)) return annotated
  const [first = ""] = containers
  if (!quiet && containers.length + names(pod, "initContainers").length > 1)
    session.printError(`Defaulted container "${first}" out of: ${listing(pod)}`)
  return first
}

export const containerNames = (pod: JsonRecord): readonly string[] => [
  ...names(pod, "initContainers"),
  ...names(pod, "containers"),
]
