import type { IntOrString, LabelSelector, Node, Pod, PodTemplateSpec } from "@pilotage/kube-model"
import type { PodKeeper } from "./claim-pods.ts"
import { matchesNode, targetNode, withTargetNode } from "./node-match.ts"
import { REVISION_LABEL, type RevisedSet } from "./revisions.ts"
import { type Toleration, tolerates, tolerationsOf } from "./tolerations.ts"

export interface DaemonSet extends PodKeeper, RevisedSet {
  readonly spec: {
    readonly selector: LabelSelector
    readonly template: PodTemplateSpec
    readonly minReadySeconds?: number
    readonly revisionHistoryLimit?: number
    readonly updateStrategy?: {
      readonly type?: "RollingUpdate" | "OnDelete"
      readonly rollingUpdate?: { readonly maxSurge?: IntOrString; readonly maxUnavailable?: IntOrString }
    }
  }
}

const GENERATION = "deprecated.daemonset.template.generation"

export const templateGeneration = (set: DaemonSet): string => set.metadata.annotations?.[GENERATION] ?? "1"

export const generationAnnotation = (set: DaemonSet) => ({ [GENERATION]: templateGeneration(set) })

const exists = (name: string, effect: string): Toleration => ({
  key: `node.kubernetes.io/${name}`,
  operator: "Exists",
  effect,
})

/** What no node's trouble drives away (`pkg/controller/daemon/util` AddOrUpdateDaemonPodTolerations). */
const DAEMON_TOLERATIONS: readonly Toleration[] = [
  exists("not-ready", "NoExecute"),
  exists("unreachable", "NoExecute"),
  exists("disk-pressure", "NoSchedule"),
  exists("memory-pressure", "NoSchedule"),
  exists("pid-pressure", "NoSchedule"),
  exists("unschedulable", "NoSchedule"),
]
const HOST_TOLERATION = exists("network-unavailable", "NoSchedule")

const isSame = (a: Toleration, b: Toleration): boolean => a.key === b.key && a.effect === b.effect

/** The template of the pod for a node; undefined stands for any node, to find out which ones it may run on. */
export const daemonTemplate = (set: DaemonSet, hash: string, node?: string): PodTemplateSpec => {
  const { template } = set.spec
  const added = template.spec.hostNetwork ? [...DAEMON_TOLERATIONS, HOST_TOLERATION] : DAEMON_TOLERATIONS
  const given = tolerationsOf(template.spec).filter((each) => !added.some((other) => isSame(each, other)))
  const spec = { ...template.spec, tolerations: [...given, ...added] }
  return {
    metadata: {
      ...template.metadata,
      labels: {
        ...template.metadata?.labels,
        [REVISION_LABEL]: hash,
        "pod-template-generation": templateGeneration(set),
      },
    },
    spec: node === undefined ? spec : withTargetNode(spec, node),
  }
}

/** Whether a pod of this template is wanted on a node, and whether one that is there may stay (NodeShouldRunDaemonPod). */
export const fitOf = (template: PodTemplateSpec, node: Node): { readonly runs: boolean; readonly stays: boolean } => {
  const { spec } = template
  if ((spec.nodeName ?? node.metadata.name) !== node.metadata.name || !matchesNode(spec, node))
    return { runs: false, stays: false }
  const hated = (node.spec?.taints ?? []).filter((taint) => !tolerates({ spec }, taint))
  return {
    runs: hated.every(({ effect }) => effect === "PreferNoSchedule"),
    stays: hated.every(({ effect }) => effect !== "NoExecute"),
  }
}

/** Where a daemon's pod is, or is meant to go. */
export const nodeOfDaemon = (pod: Pod): string => pod.spec.nodeName || (targetNode(pod.spec) ?? "")
