import { formatTime, isTerminating, type Node, type Pod, type Taint } from "@pilotage/kube-model"
import {
  type Controller,
  type ControllerContext,
  keyOf,
  NOTHING,
  type Outcome,
  type Report,
} from "../engine/controller.ts"
import type { StoreEvent } from "../store-types.ts"
import { deletePod } from "./owners.ts"
import { toleratesTaint, tolerationsOf } from "./tolerations.ts"

const EVICTED = {
  type: "DisruptionTarget",
  status: "True",
  reason: "DeletionByTaintManager",
  message: "Taint manager: deleting due to NoExecute taint",
} as const

/** How long a pod bears the taints of its node: 0 not at all, Infinity for ever. In milliseconds. */
const patience = ({ spec }: Pod, taints: readonly Taint[]): number => {
  const times = taints
    .filter(({ effect }) => effect === "NoExecute")
    .map((taint) => {
      const matching = tolerationsOf(spec).filter((each) => toleratesTaint(each, taint))
      if (matching.length === 0) return 0
      const limits = matching.flatMap(({ tolerationSeconds }) => tolerationSeconds ?? [])
      return limits.length === 0 ? Number.POSITIVE_INFINITY : Math.max(0, Math.min(...limits) * 1000)
    })
  return Math.min(Number.POSITIVE_INFINITY, ...times)
}

const evict = (pod: Pod, now: number): Outcome => {
  const condition = { ...EVICTED, lastProbeTime: null, lastTransitionTime: formatTime(now) }
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== EVICTED.type)
  const marked: Pod = { ...pod, status: { ...pod.status, conditions: [...others, condition] } }
  const report: Report = {
    about: pod,
    type: "Normal",
    component: "taint-eviction-controller",
    reason: "TaintManagerEviction",
    message: `Marking for deletion Pod ${pod.metadata.namespace}/${pod.metadata.name}`,
  }
  const deletion = deletePod(marked, now)
  return { writes: deletion, reports: [report] }
}

/** Keys: `namespace/name` of a pod, and `namespace/name/uid` when its patience has come to an end. */
const reconcile = ({ view, now }: ControllerContext, key: string): Outcome => {
  const [namespace = "", name = "", uid] = key.split("/")
  const pod = view.get("pods", namespace, name)
  if (!pod || isTerminating(pod) || (uid !== undefined && uid !== pod.metadata.uid)) return NOTHING
  const node = pod.spec.nodeName ? view.get("nodes", "", pod.spec.nodeName) : undefined
  const left = patience(pod, node?.spec?.taints ?? [])
  if (left === Number.POSITIVE_INFINITY) return NOTHING
  if (left === 0 || uid !== undefined) return evict(pod, now)
  return { writes: [], timers: [{ key: `${namespace}/${name}/${pod.metadata.uid}`, afterMs: left }] }
}

const isHostile = (node: Node): boolean => node.spec?.taints?.some(({ effect }) => effect === "NoExecute") ?? false

/** Takes pods off nodes whose NoExecute taints they do not tolerate (kubernetes `pkg/controller/tainteviction`). */
export const taintEviction: Controller = {
  name: "taint-eviction",
  delayMs: 20,
  keysOf({ resource, type, object, previous }: StoreEvent, view) {
    if (type === "DELETED") return []
    if (resource === "nodes") {
      const node = object as Node
      const isNew = previous?.spec !== node.spec && isHostile(node)
      return isNew ? view.podsOnNode(node.metadata.name).map(keyOf) : []
    }
    if (resource !== "pods") return []
    const [pod, before] = [object as Pod, previous as Pod | undefined]
    if (!pod.spec.nodeName || before?.spec === pod.spec) return []
    const node = view.get("nodes", "", pod.spec.nodeName)
    return node && isHostile(node) ? [keyOf(pod)] : []
  },
  reconcile,
}
