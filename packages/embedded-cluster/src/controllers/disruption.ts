import {
  type Condition,
  formatTime,
  type IntOrString,
  isPodReady,
  isTerminating,
  type KubeObject,
  type LabelSelector,
  matchesSelector,
  type Pod,
} from "@pilotage/kube-model"
import {
  type Controller,
  type ControllerContext,
  type ControllerView,
  keyOf,
  NOTHING,
  type Outcome,
  splitKey,
} from "../engine/controller.ts"
import type { ResourceName } from "../store-types.ts"
import { controllerOf } from "./owners.ts"
import { shareOf } from "./rollout.ts"

interface Budget extends KubeObject {
  readonly spec: {
    readonly selector?: LabelSelector
    readonly minAvailable?: IntOrString
    readonly maxUnavailable?: IntOrString
  }
  readonly status?: {
    readonly conditions?: readonly Condition[]
    readonly disruptedPods?: Readonly<Record<string, string>>
  }
}

const KEEPERS: Readonly<Record<string, ResourceName>> = {
  ReplicaSet: "replicasets",
  ReplicationController: "replicationcontrollers",
  StatefulSet: "statefulsets",
  Deployment: "deployments",
}

/** Who decides how many pods there are: of a ReplicaSet its Deployment. */
const keeperOf = (view: ControllerView, object: KubeObject): KubeObject | undefined => {
  const owner = controllerOf(object)
  const resource = owner && KEEPERS[owner.kind]
  const keeper = resource && (view.get(resource, object.metadata.namespace ?? "", owner.name) as KubeObject | undefined)
  return keeper?.kind === "ReplicaSet" ? (keeperOf(view, keeper) ?? keeper) : keeper
}

const expectedByKeepers = (view: ControllerView, pods: readonly Pod[]): number => {
  const sizes = new Map<string, number>()
  for (const pod of pods) {
    const keeper = keeperOf(view, pod)
    const { replicas = 1 } = (keeper?.spec ?? {}) as { readonly replicas?: number }
    if (keeper) sizes.set(keeper.metadata.uid ?? "", replicas)
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0)
}

/** How many pods there should be and how many must be well (`pkg/controller/disruption` getExpectedPodCount). */
const demands = (view: ControllerView, { spec }: Budget, pods: readonly Pod[]) => {
  const { minAvailable, maxUnavailable } = spec
  if (maxUnavailable !== undefined) {
    const expected = expectedByKeepers(view, pods)
    return { expected, desired: Math.max(0, expected - shareOf(maxUnavailable, expected, Math.ceil)) }
  }
  if (typeof minAvailable === "number") return { expected: pods.length, desired: minAvailable }
  if (minAvailable === undefined) return { expected: pods.length, desired: pods.length }
  const expected = expectedByKeepers(view, pods)
  return { expected, desired: shareOf(minAvailable, expected, Math.ceil) }
}

const condition = (budget: Budget, isAllowed: boolean, now: number): Condition => {
  const old = budget.status?.conditions?.find(({ type }) => type === "DisruptionAllowed")
  const status = isAllowed ? "True" : "False"
  return {
    lastTransitionTime: old?.status === status ? (old.lastTransitionTime ?? formatTime(now)) : formatTime(now),
    message: "",
    observedGeneration: budget.metadata.generation ?? 1,
    reason: isAllowed ? "SufficientPods" : "InsufficientPods",
    status,
    type: "DisruptionAllowed",
  }
}

const selected = (view: ControllerView, budget: Budget): readonly Pod[] =>
  view
    .list("pods", budget.metadata.namespace ?? "")
    .filter((pod) => matchesSelector(budget.spec.selector, pod.metadata.labels))

const reconcile = ({ view, now }: ControllerContext, key: string): Outcome => {
  const { namespace, name } = splitKey(key)
  const budget = view.get("poddisruptionbudgets", namespace, name) as Budget | undefined
  if (!budget || budget.metadata.deletionTimestamp !== undefined) return NOTHING
  const pods = selected(view, budget)
  const { expected, desired } = demands(view, budget, pods)
  // Who was let go and has not gone yet is not well any more.
  const going = Object.entries(budget.status?.disruptedPods ?? {}).filter(([each]) => {
    const pod = view.get("pods", namespace, each)
    return pod !== undefined && !isTerminating(pod)
  })
  const leaving = new Set(going.map(([each]) => each))
  const healthy = pods.filter((pod) => isPodReady(pod) && !isTerminating(pod) && !leaving.has(pod.metadata.name)).length
  const allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired)
  const others = (budget.status?.conditions ?? []).filter(({ type }) => type !== "DisruptionAllowed")
  const status = {
    conditions: [...others, condition(budget, allowed > 0, now)],
    currentHealthy: healthy,
    desiredHealthy: desired,
    ...(going.length > 0 ? { disruptedPods: Object.fromEntries(going) } : {}),
    disruptionsAllowed: allowed,
    expectedPods: expected,
    observedGeneration: budget.metadata.generation ?? 1,
  }
  return { writes: [{ kind: "update", resource: "poddisruptionbudgets", object: { ...budget, status } as KubeObject }] }
}

/** Keeps in each PodDisruptionBudget how many of its pods may go. */
export const disruptionController: Controller = {
  name: "disruption",
  delayMs: 20,
  keysOf({ resource, type, object, previous }, view) {
    if (resource === "poddisruptionbudgets") return type === "DELETED" ? [] : [keyOf(object)]
    if (resource !== "pods") return []
    const budgets = view.list("poddisruptionbudgets", object.metadata.namespace ?? "") as readonly Budget[]
    const concerns = ({ spec }: Budget): boolean =>
      [object, previous].some((each) => each && matchesSelector(spec.selector, each.metadata.labels))
    return budgets.filter(concerns).map(keyOf)
  },
  reconcile,
}
