import type { KubeObject, Pod, PodTemplateSpec } from "@pilotage/kube-model"
import type { Json } from "../api/json-object.ts"
import { podRefusal } from "../api/workloads/pod-admission.ts"
import type { ControllerContext, Report } from "../engine/controller.ts"
import type { Write } from "../store-types.ts"
import { deletePod } from "./owners.ts"
import { podFromTemplate } from "./pod-template.ts"

/** What a cluster of this size can bear; more are refused as by a ResourceQuota. */
const POD_LIMIT = 5000
const QUOTA = "cluster"
/** When a controller whose pods were refused tries again. */
export const QUOTA_RETRY_MS = 30_000

interface WantedPod {
  readonly name: string
  readonly template: PodTemplateSpec
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
  wanted: readonly WantedPod[],
  context: ControllerContext,
  component: string,
): PodChanges => {
  const [first] = wanted
  if (!first) return { writes: [], reports: [], isShort: false }
  const { view } = context
  const { namespace = "", name } = owner.metadata
  const about = { about: owner, type: "Normal", component } as const
  const writes: Write[] = []
  const reports: Report[] = []
  const refusal = podRefusal(first.template.spec as unknown as Json, namespace, view)
  const room = refusal === undefined ? Math.max(0, POD_LIMIT - view.list("pods").length) : 0
  for (const each of wanted.slice(0, room)) {
    const pod = podFromTemplate(owner, each.template, each.name, context)
    writes.push({ kind: "create", resource: "pods", object: pod })
    reports.push({ ...about, reason: "SuccessfulCreate", message: `Created pod: ${pod.metadata.name}` })
  }
  if (wanted.length > room) {
    const quota = `exceeded quota: ${QUOTA}, requested: pods=1, used: pods=${POD_LIMIT}, limited: pods=${POD_LIMIT}`
    const message = `Error creating: pods "${name}-" is forbidden: ${refusal ?? quota}`
    reports.push({ ...about, type: "Warning", reason: "FailedCreate", message })
  }
  return { writes, reports, isShort: wanted.length > room }
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
