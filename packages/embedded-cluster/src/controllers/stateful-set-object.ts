import type { KubeObject, LabelSelector, Pod, PodTemplateSpec } from "@pilotage/kube-model"
import type { PodKeeper } from "./claim-pods.ts"
import { ownerReference } from "./owners.ts"
import { REVISION_LABEL, type RevisedSet } from "./revisions.ts"

interface ClaimTemplate extends KubeObject {
  readonly spec?: object
}

export interface StatefulSet extends PodKeeper, RevisedSet {
  readonly spec: {
    readonly replicas?: number
    readonly selector: LabelSelector
    readonly serviceName?: string
    readonly template: PodTemplateSpec
    readonly minReadySeconds?: number
    readonly revisionHistoryLimit?: number
    readonly podManagementPolicy?: "OrderedReady" | "Parallel"
    readonly ordinals?: { readonly start?: number }
    readonly updateStrategy?: {
      readonly type?: "RollingUpdate" | "OnDelete"
      readonly rollingUpdate?: { readonly partition?: number }
    }
    readonly volumeClaimTemplates?: readonly ClaimTemplate[]
    readonly persistentVolumeClaimRetentionPolicy?: { readonly whenDeleted?: string; readonly whenScaled?: string }
  }
  readonly status?: {
    readonly collisionCount?: number
    readonly currentReplicas?: number
    readonly currentRevision?: string
    readonly updateRevision?: string
  }
}

/** The number at the end of a pod's name; -1 of one that is named otherwise. */
export const ordinalOf = (set: StatefulSet, pod: Pod): number => {
  const { name } = pod.metadata
  const text = name.startsWith(`${set.metadata.name}-`) ? name.slice(set.metadata.name.length + 1) : ""
  return /^\d+$/.test(text) ? Number(text) : -1
}

export const podName = (set: StatefulSet, ordinal: number): string => `${set.metadata.name}-${ordinal}`

const claimName = (set: StatefulSet, claim: ClaimTemplate, ordinal: number): string =>
  `${claim.metadata.name}-${podName(set, ordinal)}`

/** The claims of one pod; they stay when it goes. */
export const claimsOf = (set: StatefulSet, ordinal: number): readonly KubeObject[] =>
  (set.spec.volumeClaimTemplates ?? []).map((claim) => ({
    ...claim,
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: {
      ...claim.metadata,
      name: claimName(set, claim, ordinal),
      namespace: set.metadata.namespace ?? "",
      labels: { ...claim.metadata.labels, ...set.spec.selector.matchLabels },
      ...(set.spec.persistentVolumeClaimRetentionPolicy?.whenDeleted === "Delete"
        ? { ownerReferences: [ownerReference(set)] }
        : {}),
    },
  }))

/** The template of one pod: its name is its host name, below the Service's, and its claims are its volumes. */
export const statefulTemplate = (
  set: StatefulSet,
  template: PodTemplateSpec,
  revision: string,
  ordinal: number,
): PodTemplateSpec => {
  const claims = set.spec.volumeClaimTemplates ?? []
  const names = new Set(claims.map(({ metadata }) => metadata.name))
  const given = (template.spec.volumes ?? []) as readonly { readonly name: string }[]
  const volumes = [
    ...claims.map((claim) => ({
      name: claim.metadata.name,
      persistentVolumeClaim: { claimName: claimName(set, claim, ordinal) },
    })),
    ...given.filter(({ name }) => !names.has(name)),
  ]
  const name = podName(set, ordinal)
  const { serviceName = "" } = set.spec
  return {
    metadata: {
      ...template.metadata,
      labels: {
        ...template.metadata?.labels,
        "apps.kubernetes.io/pod-index": String(ordinal),
        [REVISION_LABEL]: revision,
        "statefulset.kubernetes.io/pod-name": name,
      },
    },
    spec: {
      ...template.spec,
      hostname: name,
      ...(serviceName === "" ? {} : { subdomain: serviceName }),
      ...(volumes.length > 0 ? { volumes } : {}),
    },
  }
}
