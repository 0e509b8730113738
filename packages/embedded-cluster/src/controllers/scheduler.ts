import { type Condition, formatTime, isTerminating, type Node, type Pod } from "@pilotage/kube-model"
import {
  type Controller,
  type ControllerContext,
  type ControllerView,
  keyOf,
  NOTHING,
  type Outcome,
  splitKey,
} from "../engine/controller.ts"
import type { StoreEvent } from "../store-types.ts"
import { CORDON } from "./node-lifecycle.ts"
import { matchesNode, nodePreference } from "./node-match.ts"
import { controllerOf } from "./owners.ts"
import { tolerates } from "./tolerations.ts"

const CROWDED = "Too many pods"

/** Why a node does not take a pod, in the scheduler's words; undefined when it does. */
const refusal = (pod: Pod, node: Node, view: ControllerView): string | undefined => {
  const taints = node.spec?.taints ?? []
  if (node.spec?.unschedulable && !tolerates(pod, CORDON)) return "node(s) were unschedulable"
  if (taints.some((taint) => taint.effect !== "PreferNoSchedule" && !tolerates(pod, taint)))
    return "node(s) had untolerated taint(s)"
  if ((pod.spec.nodeSelector || pod.spec.affinity) && !matchesNode(pod.spec, node))
    return "node(s) didn't match Pod's node affinity/selector"
  const room = Number(node.status?.allocatable?.pods ?? "110")
  return view.podCount(node.metadata.name) >= room ? CROWDED : undefined
}

const countReasons = (reasons: readonly string[]): string => {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(", ")
}

const nobodyTakesIt = (reasons: readonly string[]): string => {
  if (reasons.length === 0) return "no nodes available to schedule pods"
  const head = `0/${reasons.length} nodes are available:`
  const preemption = reasons.map((reason) =>
    reason === CROWDED ? "No preemption victims found for incoming pod" : "Preemption is not helpful for scheduling",
  )
  return `${head} ${countReasons(reasons)}. no new claims to deallocate, preemption: ${head} ${countReasons(preemption)}.`
}

/** The less, the better; what comes first counts more. */
type Score = readonly [number, number, number, number]

const UNLIKELY: Score = [Number.POSITIVE_INFINITY, 0, 0, 0]

const compare = (a: Score, b: Score): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]

/** Most preferred by its affinity first, then fewest pods of the same owner, then without a PreferNoSchedule taint, then fewest pods; among equals chance decides. */
const choose = (pod: Pod, nodes: readonly Node[], { view, random }: ControllerContext): Node | undefined => {
  const owner = controllerOf(pod)?.uid
  const siblings = owner === undefined ? undefined : view.podSpread(owner)
  let best: Node[] = []
  let lowest: Score = UNLIKELY
  for (const node of nodes) {
    const { name } = node.metadata
    const shunned = node.spec?.taints?.some((taint) => taint.effect === "PreferNoSchedule" && !tolerates(pod, taint))
    const score: Score = [
      pod.spec.affinity ? -nodePreference(pod.spec, node) : 0,
      siblings?.get(name) ?? 0,
      shunned ? 1 : 0,
      view.podCount(name),
    ]
    const difference = compare(score, lowest)
    if (difference < 0) {
      best = [node]
      lowest = score
    } else if (difference === 0) best.push(node)
  }
  const [first, ...rest] = best
  return first && random.pick([first, ...rest])
}

const withScheduled = (pod: Pod, condition: Omit<Condition, "type">, now: number): Pod => {
  const others = (pod.status?.conditions ?? []).filter((each) => each.type !== "PodScheduled")
  const old = pod.status?.conditions?.find((each) => each.type === "PodScheduled")
  const lastTransitionTime =
    old?.status === condition.status ? (old.lastTransitionTime ?? formatTime(now)) : formatTime(now)
  const scheduled: Condition = {
    lastProbeTime: null,
    lastTransitionTime,
    ...condition,
    observedGeneration: pod.metadata.generation ?? 1,
    type: "PodScheduled",
  }
  return { ...pod, status: { phase: "Pending", ...pod.status, conditions: [...others, scheduled] } }
}

const isWaiting = (pod: Pod): boolean => !pod.spec.nodeName && !isTerminating(pod)

/** Stands for all pods that wait for a node. */
const EVERYBODY = "*"

const reconcile = (context: ControllerContext, key: string): Outcome => {
  const { view, now } = context
  if (key === EVERYBODY)
    return {
      writes: [],
      timers: view
        .list("pods")
        .filter(isWaiting)
        .map((pod) => ({ key: keyOf(pod), afterMs: 0 })),
    }
  const { namespace, name } = splitKey(key)
  const pod = view.get("pods", namespace, name)
  if (!pod || pod.spec.nodeName || isTerminating(pod)) return NOTHING
  const nodes = view.list("nodes")
  const refusals = nodes.map((node) => refusal(pod, node, view))
  const node = choose(
    pod,
    nodes.filter((_, index) => refusals[index] === undefined),
    context,
  )
  if (!node) {
    const message = nobodyTakesIt(refusals.flatMap((reason) => reason ?? []))
    const object = withScheduled(pod, { status: "False", reason: "Unschedulable", message }, now)
    return {
      writes: [{ kind: "update", resource: "pods", object }],
      reports: [{ about: pod, type: "Warning", reason: "FailedScheduling", message, component: "default-scheduler" }],
    }
  }
  const bound = withScheduled({ ...pod, spec: { ...pod.spec, nodeName: node.metadata.name } }, { status: "True" }, now)
  const message = `Successfully assigned ${namespace}/${name} to ${node.metadata.name}`
  return {
    writes: [{ kind: "update", resource: "pods", object: bound }],
    reports: [{ about: pod, type: "Normal", reason: "Scheduled", message, component: "default-scheduler" }],
  }
}

const keysOf = (event: StoreEvent): readonly string[] => {
  if (event.resource === "nodes") {
    const [node, before] = [event.object as Node, event.previous as Node | undefined]
    const isSame = before && before.spec === node.spec && before.metadata.labels === node.metadata.labels
    return isSame || event.type === "DELETED" ? [] : [EVERYBODY]
  }
  if (event.resource !== "pods") return []
  const pod = event.object as Pod
  // A place that became free may be the one that somebody waits for.
  if (event.type === "DELETED") return pod.spec.nodeName ? [EVERYBODY] : []
  const before = event.previous as Pod | undefined
  return isWaiting(pod) && (event.type === "ADDED" || before?.spec !== pod.spec) ? [keyOf(pod)] : []
}

export const scheduler: Controller = { name: "scheduler", delayMs: 15, keysOf, reconcile }
