import type { KubeObject, Pod, PodSpec, PodTemplateSpec } from "@pilotage/kube-model"
import type { Json } from "../api/json-object.ts"
import { podRefusal } from "../api/workloads/pod-admission.ts"
import type { ControllerContext, Report } from "../engine/controller.ts"
import type { Write } from "../store-types.ts"
import { deletePod } from "./owners.ts"
import { podFromTemplate } from "./pod-template.ts"

/** What a cluster of few nodes can bear; more are refused as by a ResourceQuota. */
const LEAST_LIMIT = 5000
/** What a node has room for (kubelet --max-pods). */
const PODS_A_NODE = 110
const QUOTA = "cluster"
/** When a controller whose pods were refused tries again. */
export const QUOTA_RETRY_MS = 30_000

interface WantedPods {
  readonly count: number
  /** Asked only for those that are created. */
  readonly pod: (index: number) => { readonly name: string; readonly template: PodTemplateSpec }
  /** What admission looks at: the same for all of them. */
  readonly spec: PodSpec
}

interface PodChanges {
  readonly writes: readonly Write[]
  readonly reports: readonly Report[]
  /** Some pods were refused. */
  readonly isShort: boolean
}

/** Creates pods of an owner as far as admission lets them in; tells of each, and once of those that were refused. */
export const createPods = (
  owner: KubeObject,
  wanted: WantedPods,
  context: ControllerContext,
  component: string,
): PodChanges => {
  if (wanted.count === 0) return { writes: [], reports: [], isShort: false }
  const { view } = context
  const { namespace = "", name } = owner.metadata
  const about = { about: owner, type: "Normal", component } as const
  const writes: Write[] = []
  const reports: Report[] = []
  const refusal = podRefusal(wanted.spec as unknown as Json, namespace, view)
  const limit = Math.max(LEAST_LIMIT, view.list("nodes").length * PODS_A_NODE)
  const room = refusal === undefined ? Math.max(0, limit - view.list("pods").length) : 0
  for (let index = 0; index < Math.min(room, wanted.count); index += 1) {
    const { name: podName, template } = wanted.pod(index)
    const pod = podFromTemplate(owner, template, podName, context)
    writes.push({ kind: "create", resource: "pods", object: pod })
    reports.push({ ...about, reason: "SuccessfulCreate", message: `Created pod: ${pod.metadata.name}` })
  }
  if (wanted.count > room) {
    const quota = `exceeded quota: ${QUOTA}, requested: pods=1, used: pods=${limit}, limited: pods=${limit}`
    const message = `Error creating: pods "${name}-" is forbidden: ${refusal ?? quota}`
    reports.push({ ...about, type: "Warning", reason: "FailedCreate", message })
  }
  return { writes, reports, isShort: wanted.count > room }
}

/** Deletes pods of an owner, and tells of each. */
export const deletePods = (
  owner: KubeObject,
  pods: readonly Pod[],
  now: number,
  component: string,
): Omit<PodChanges, "isShort"> => ({
  writes: pods.flatMap((pod) => deletePod(pod, now)),
  reports: pods.map((pod) => ({
    about: owner,
    type: "Normal",
    component,
    reason: "SuccessfulDelete",
    message: `Deleted pod: ${pod.metadata.name}`,
  })),
})
