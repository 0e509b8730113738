import { isPodReady, isTerminating, type KubeObject, type Pod } from "@pilotage/kube-model"
import type { Json } from "../api/json-object.ts"
import { podRefusal } from "../api/workloads/pod-admission.ts"
import {
  type Controller,
  type ControllerContext,
  NOTHING,
  type Outcome,
  type Report,
  splitKey,
} from "../engine/controller.ts"
import type { Write } from "../store-types.ts"
import { claimPods, keeperKeys } from "./claim-pods.ts"
import { deletePod } from "./owners.ts"
import { availabilityWaits, isAvailable } from "./pod-availability.ts"
import { QUOTA_RETRY_MS } from "./pod-creation.ts"
import { podFromTemplate } from "./pod-template.ts"
import { REVISION_LABEL, type Revisions, revisionsOf } from "./revisions.ts"
import { claimsOf, ordinalOf, podName, type StatefulSet, statefulTemplate } from "./stateful-set-object.ts"
import { ordinalsOf, statefulPlan } from "./stateful-set-plan.ts"

const COMPONENT = "statefulset-controller"

/** Below the partition, and where an update has not come yet, a pod is made anew as it was. */
const isFormer = (set: StatefulSet, updateRevision: string, ordinal: number): boolean => {
  const { currentRevision, currentReplicas = 0 } = set.status ?? {}
  const { type, rollingUpdate } = set.spec.updateStrategy ?? {}
  if (type === "OnDelete" || currentRevision === undefined || currentRevision === updateRevision) return false
  const start = set.spec.ordinals?.start ?? 0
  const { partition = 0 } = rollingUpdate ?? {}
  return ordinal < start + (partition > 0 ? partition : currentReplicas)
}

interface Making {
  readonly set: StatefulSet
  readonly revisions: Revisions
  readonly context: ControllerContext
}

interface Steps {
  readonly writes: readonly Write[]
  readonly reports: readonly Report[]
  readonly isShort: boolean
}

const telling =
  (about: KubeObject) =>
  (reason: string, message: string, type: Report["type"] = "Normal"): Report => ({
    about,
    type,
    component: COMPONENT,
    reason,
    message,
  })

/** A pod with the claims that it lacks. */
const make = ({ set, revisions, context }: Making, ordinal: number): Steps => {
  const { namespace = "", name } = set.metadata
  const tell = telling(set)
  const pod = podName(set, ordinal)
  const former = isFormer(set, revisions.name, ordinal) ? set.status?.currentRevision : undefined
  const old = former === undefined ? undefined : revisions.templateOf(former)
  const template = statefulTemplate(set, old ?? set.spec.template, old && former ? former : revisions.name, ordinal)
  const claims = claimsOf(set, ordinal).filter(
    (claim) => !context.view.get("persistentvolumeclaims", namespace, claim.metadata.name),
  )
  const refusal = podRefusal(template.spec as unknown as Json, namespace, context.view)
  if (refusal !== undefined) {
    const message = `create Pod ${pod} in StatefulSet ${name} failed error: pods "${pod}" is forbidden: ${refusal}`
    return { writes: [], reports: [tell("FailedCreate", message, "Warning")], isShort: true }
  }
  return {
    writes: [
      ...claims.map((object): Write => ({ kind: "create", resource: "persistentvolumeclaims", object })),
      { kind: "create", resource: "pods", object: podFromTemplate(set, template, pod, context) },
    ],
    reports: [
      ...claims.map(({ metadata }) =>
        tell("SuccessfulCreate", `create Claim ${metadata.name} Pod ${pod} in StatefulSet ${name} success`),
      ),
      tell("SuccessfulCreate", `create Pod ${pod} in StatefulSet ${name} successful`),
    ],
    isShort: false,
  }
}

const statusOf = (set: StatefulSet, pods: readonly Pod[], updateRevision: string, now: number) => {
  const members = new Set(ordinalsOf(set))
  const currentRevision = set.status?.currentRevision ?? updateRevision
  const ready = pods.filter(isPodReady)
  const available = ready.filter((pod) => isAvailable(pod, set.spec.minReadySeconds ?? 0, now)).length
  const of = (revision: string): number =>
    pods.filter(
      (pod) =>
        members.has(ordinalOf(set, pod)) && !isTerminating(pod) && pod.metadata.labels?.[REVISION_LABEL] === revision,
    ).length
  const updated = of(updateRevision)
  const isDone = set.spec.updateStrategy?.type !== "OnDelete" && updated === pods.length && ready.length === pods.length
  const current = isDone ? updated : of(currentRevision)
  return {
    availableReplicas: available,
    collisionCount: set.status?.collisionCount ?? 0,
    ...(current > 0 ? { currentReplicas: current } : {}),
    currentRevision: isDone ? updateRevision : currentRevision,
    observedGeneration: set.metadata.generation ?? 1,
    ...(ready.length > 0 ? { readyReplicas: ready.length } : {}),
    replicas: pods.length,
    updateRevision,
    ...(updated > 0 ? { updatedReplicas: updated } : {}),
  }
}

const reconcile = (context: ControllerContext, key: string): Outcome => {
  const { view, now } = context
  const { namespace, name } = splitKey(key)
  const set = view.get("statefulsets", namespace, name) as StatefulSet | undefined
  if (!set || set.metadata.deletionTimestamp !== undefined) return NOTHING
  if (view.get("namespaces", "", namespace)?.status?.phase !== "Active") return NOTHING
  const { owned, writes: claims } = claimPods(set, view.list("pods", namespace))
  const pods = owned.filter((pod) => ordinalOf(set, pod) >= 0)
  const revisions = revisionsOf(view, set, owned, { label: "controller.kubernetes.io/hash" })
  const plan = statefulPlan(set, { pods, updateRevision: revisions.name, now })
  const made = plan.create.map((ordinal) => make({ set, revisions, context }, ordinal))
  const tell = telling(set)
  const status = statusOf(set, pods, revisions.name, now)
  const waits = [
    ...availabilityWaits(pods, set.spec.minReadySeconds ?? 0, now),
    ...(made.some(({ isShort }) => isShort) ? [QUOTA_RETRY_MS] : []),
  ]
  return {
    writes: [
      ...claims,
      ...revisions.writes,
      ...made.flatMap(({ writes }) => writes),
      ...[...plan.remove, ...plan.recreate].flatMap((pod) => deletePod(pod, now)),
      { kind: "update", resource: "statefulsets", object: { ...set, status } as KubeObject },
    ],
    reports: [
      ...made.flatMap(({ reports }) => reports),
      ...plan.remove.map((pod) =>
        tell("SuccessfulDelete", `delete Pod ${pod.metadata.name} in StatefulSet ${name} successful`),
      ),
      ...plan.recreate.map((pod) =>
        tell(
          pod.status?.phase === "Failed" ? "RecreatingFailedPod" : "RecreatingTerminatedPod",
          `StatefulSet ${namespace}/${name} is recreating ${pod.status?.phase === "Failed" ? "failed" : "terminated"} Pod ${pod.metadata.name}`,
          pod.status?.phase === "Failed" ? "Warning" : "Normal",
        ),
      ),
    ],
    timers: waits.length > 0 ? [{ key, afterMs: Math.min(...waits) }] : [],
  }
}

export const statefulSetController: Controller = {
  name: "statefulset",
  delayMs: 10,
  keysOf: keeperKeys("statefulsets", "StatefulSet"),
  reconcile,
}
