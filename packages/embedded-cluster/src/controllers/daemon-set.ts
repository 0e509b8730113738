import { type Condition, isPodReady, isTerminating, type Node, type Pod, randomSuffix } from "@pilotage/kube-model"
import {
  type Controller,
  type ControllerContext,
  type ControllerView,
  keyOf,
  NOTHING,
  type Outcome,
  type Report,
  splitKey,
} from "../engine/controller.ts"
import type { StoreEvent, Write } from "../store-types.ts"
import { claimPods, keeperKeys } from "./claim-pods.ts"
import {
  type DaemonSet,
  daemonTemplate,
  fitOf,
  generationAnnotation,
  nodeOfDaemon,
  templateGeneration,
} from "./daemon-set-object.ts"
import { type DaemonNode, rollingReplacement } from "./daemon-update.ts"
import { availabilityWaits, isAvailable } from "./pod-availability.ts"
import { createPods, deletePods, QUOTA_RETRY_MS } from "./pod-creation.ts"
import { REVISION_LABEL, revisionsOf } from "./revisions.ts"

const COMPONENT = "daemonset-controller"

const byNode = (pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> => {
  const groups = new Map<string, Pod[]>()
  for (const pod of pods) {
    const node = nodeOfDaemon(pod)
    const group = groups.get(node)
    if (group) group.push(pod)
    else groups.set(node, [pod])
  }
  return groups
}

/** Pods that have ended are replaced, whatever their end. */
const overReport = (set: DaemonSet, pod: Pod): readonly Report[] => {
  const { phase } = pod.status ?? {}
  if (isTerminating(pod) || (phase !== "Failed" && phase !== "Succeeded")) return []
  const { namespace, name } = pod.metadata
  const where = `daemon pod ${namespace}/${name} on node ${pod.spec.nodeName}`
  const failed = phase === "Failed"
  return [
    {
      about: set,
      type: failed ? "Warning" : "Normal",
      component: COMPONENT,
      reason: failed ? "FailedDaemonPod" : "SucceededDaemonPod",
      message: failed
        ? `Found failed ${where}, will try to kill it`
        : `Found succeeded ${where}, will try to delete it`,
    },
  ]
}

interface Plan {
  readonly create: string[]
  readonly remove: Pod[]
  readonly reports: Report[]
}

interface Round {
  readonly nodes: readonly DaemonNode[]
  readonly wanted: ReadonlySet<string>
  readonly misplaced: number
}

/** Which nodes lack a pod, and which pods have no business where they are (`daemon_controller.go` manage). */
const place = (set: DaemonSet, nodes: readonly Node[], owned: readonly Pod[], plan: Plan): Round => {
  const groups = byNode(owned)
  const anywhere = daemonTemplate(set, "")
  const wanted = new Set<string>()
  let misplaced = 0
  for (const node of nodes) {
    const { name } = node.metadata
    const pods = groups.get(name) ?? []
    const { runs, stays } = fitOf(anywhere, node)
    if (runs) wanted.add(name)
    else if (pods.length > 0) misplaced += 1
    if (!stays) plan.remove.push(...pods)
    else {
      const ended = pods.filter((pod) => overReport(set, pod).length > 0)
      plan.reports.push(...ended.flatMap((pod) => overReport(set, pod)))
      plan.remove.push(...ended)
      if (runs && pods.length === 0) plan.create.push(name)
    }
  }
  const known = new Set(nodes.map((node) => node.metadata.name))
  for (const [name, pods] of groups) if (!known.has(name)) plan.remove.push(...pods)
  return { nodes: [...wanted].map((name) => ({ name, pods: groups.get(name) ?? [] })), wanted, misplaced }
}

interface Counting {
  readonly set: DaemonSet
  readonly round: Round
  readonly isUpdated: (pod: Pod) => boolean
  readonly now: number
}

const statusOf = ({ set, round, isUpdated, now }: Counting) => {
  const { minReadySeconds = 0 } = set.spec
  const oldest = round.nodes.flatMap(({ pods }) => {
    const [first] = [...pods].sort((a, b) =>
      (a.metadata.creationTimestamp ?? "") < (b.metadata.creationTimestamp ?? "") ? -1 : 1,
    )
    return first ? [first] : []
  })
  const ready = oldest.filter(isPodReady)
  const available = ready.filter((pod) => isAvailable(pod, minReadySeconds, now)).length
  const updated = round.nodes.filter(({ pods }) => pods.some(isUpdated)).length
  const desired = round.wanted.size
  const { conditions } = (set.status ?? {}) as { readonly conditions?: readonly Condition[] }
  return {
    currentNumberScheduled: oldest.length,
    desiredNumberScheduled: desired,
    ...(available > 0 ? { numberAvailable: available } : {}),
    numberMisscheduled: round.misplaced,
    numberReady: ready.length,
    ...(desired > available ? { numberUnavailable: desired - available } : {}),
    observedGeneration: set.metadata.generation ?? 1,
    ...(updated > 0 ? { updatedNumberScheduled: updated } : {}),
    ...(set.status?.collisionCount === undefined ? {} : { collisionCount: set.status.collisionCount }),
    ...(conditions ? { conditions } : {}),
  }
}

const reconcile = (context: ControllerContext, key: string): Outcome => {
  const { view, now, random } = context
  const { namespace, name } = splitKey(key)
  const set = view.get("daemonsets", namespace, name) as DaemonSet | undefined
  if (!set || set.metadata.deletionTimestamp !== undefined) return NOTHING
  if (view.get("namespaces", "", namespace)?.status?.phase !== "Active") return NOTHING
  const { owned, writes: claims } = claimPods(set, view.list("pods", namespace))
  const style = { label: REVISION_LABEL, annotations: generationAnnotation(set) }
  const revisions = revisionsOf(view, set, owned, style)
  const isUpdated = (pod: Pod): boolean =>
    pod.metadata.labels?.[REVISION_LABEL] === revisions.hash ||
    pod.metadata.labels?.["pod-template-generation"] === templateGeneration(set)
  const plan: Plan = { create: [], remove: [], reports: [] }
  const round = place(set, view.list("nodes"), owned, plan)
  const isCalm = plan.create.length === 0 && plan.remove.length === 0
  const { minReadySeconds = 0 } = set.spec
  if (isCalm) {
    const judge = { isUpdated, isAvailable: (pod: Pod) => isAvailable(pod, minReadySeconds, now) }
    const { create, remove } = rollingReplacement(set, round.nodes, judge)
    plan.create.push(...create)
    plan.remove.push(...remove)
  }
  const wanted = {
    count: plan.create.length,
    pod: (index: number) => ({
      name: `${name}-${randomSuffix(random)}`,
      template: daemonTemplate(set, revisions.hash, plan.create[index]),
    }),
    spec: set.spec.template.spec,
  }
  const created = createPods(set, wanted, context, COMPONENT)
  const going = plan.remove.filter((pod) => !isTerminating(pod))
  const deleted = deletePods(set, going, now, COMPONENT)
  const waits = [...availabilityWaits(owned, minReadySeconds, now), ...(created.isShort ? [QUOTA_RETRY_MS] : [])]
  const status = statusOf({ set, round, isUpdated, now })
  const update: Write = { kind: "update", resource: "daemonsets", object: { ...set, status } }
  return {
    writes: [...claims, ...revisions.writes, ...created.writes, ...deleted.writes, update],
    reports: [...plan.reports, ...created.reports, ...deleted.reports],
    timers: waits.length > 0 ? [{ key, afterMs: Math.min(...waits) }] : [],
  }
}

const keysOfSet = keeperKeys("daemonsets", "DaemonSet")

const keysOf = (event: StoreEvent, view: ControllerView): readonly string[] => {
  if (event.resource !== "nodes") return keysOfSet(event, view)
  const [node, before] = [event.object as Node, event.previous as Node | undefined]
  const isSame =
    before !== undefined &&
    event.type === "MODIFIED" &&
    before.spec === node.spec &&
    before.metadata.labels === node.metadata.labels
  return isSame ? [] : view.list("daemonsets").map(keyOf)
}

export const daemonSetController: Controller = { name: "daemonset", delayMs: 50, keysOf, reconcile }
