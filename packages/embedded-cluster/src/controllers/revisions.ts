import type { KubeObject, Pod, PodTemplateSpec } from "@pilotage/kube-model"
import type { ControllerView } from "../engine/controller.ts"
import { deepEqual } from "../store/deep-equal.ts"
import type { Write } from "../store-types.ts"
import { isControlledBy, ownerReference } from "./owners.ts"
import { templateHash } from "./template-hash.ts"

/** By which a pod tells the revision of its template. */
export const REVISION_LABEL = "controller-revision-hash"

/** A StatefulSet or DaemonSet: what it was before is kept in ControllerRevisions. */
export interface RevisedSet extends KubeObject {
  readonly spec: { readonly template: PodTemplateSpec; readonly revisionHistoryLimit?: number }
  readonly status?: { readonly collisionCount?: number }
}

interface Revision extends KubeObject {
  readonly revision?: number
  readonly data?: unknown
}

interface RevisionStyle {
  /** The label of a revision with its hash. */
  readonly label: string
  readonly annotations?: Readonly<Record<string, string>>
}

export interface Revisions {
  /** Name of the revision of the current template, `set-hash`, and its hash. */
  readonly name: string
  readonly hash: string
  readonly writes: readonly Write[]
  /** Hash of a former revision by its name. */
  readonly templateOf: (name: string) => PodTemplateSpec | undefined
}

const orderOf = (each: Revision): number => each.revision ?? 0

const dataOf = ({ spec }: RevisedSet): unknown => ({ spec: { template: { ...spec.template, $patch: "replace" } } })

/** Those that nobody uses any more, the oldest beyond the limit (`pkg/controller/history`). */
const obsolete = (
  set: RevisedSet,
  former: readonly Revision[],
  pods: readonly Pod[],
  hashOf: (each: Revision) => string,
) => {
  const used = new Set(pods.map((pod) => pod.metadata.labels?.[REVISION_LABEL]))
  const idle = former.filter((each) => !used.has(hashOf(each)) && !used.has(each.metadata.name))
  return idle.slice(0, Math.max(0, former.length - (set.spec.revisionHistoryLimit ?? 10)))
}

/** The revisions of a set: one is written for a new template, one that is used again becomes the newest. */
export const revisionsOf = (
  view: ControllerView,
  set: RevisedSet,
  pods: readonly Pod[],
  { label, annotations }: RevisionStyle,
): Revisions => {
  const { name, namespace = "" } = set.metadata
  const known = (view.list("controllerrevisions", namespace) as readonly Revision[])
    .filter((each) => isControlledBy(each, set))
    .sort((a, b) => orderOf(a) - orderOf(b))
  const data = dataOf(set)
  const current = known.find((each) => deepEqual(each.data, data))
  const hashOf = (each: Revision): string => each.metadata.labels?.[label] ?? ""
  const hash = current ? hashOf(current) : templateHash(set.spec.template, set.status?.collisionCount ?? 0)
  const last = orderOf(known[known.length - 1] ?? { ...set, revision: 0 })
  const writes: Write[] = []
  if (!current) {
    const object: Revision = {
      apiVersion: "apps/v1",
      kind: "ControllerRevision",
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels: { ...set.spec.template.metadata?.labels, [label]: hash },
        ...(annotations ? { annotations } : {}),
        ownerReferences: [ownerReference(set)],
      },
      data,
      revision: last + 1,
    }
    writes.push({ kind: "create", resource: "controllerrevisions", object })
  } else if (orderOf(current) < last)
    writes.push({
      kind: "update",
      resource: "controllerrevisions",
      object: { ...current, revision: last + 1 } as Revision,
    })
  const former = known.filter((each) => each !== current)
  for (const each of obsolete(set, former, pods, hashOf))
    writes.push({ kind: "remove", resource: "controllerrevisions", namespace, name: each.metadata.name })
  const templateOf = (revision: string): PodTemplateSpec | undefined => {
    const found = known.find((each) => each.metadata.name === revision)?.data as
      | { readonly spec?: { readonly template?: PodTemplateSpec } }
      | undefined
    const { $patch: _, ...template } = { $patch: "", ...found?.spec?.template } as PodTemplateSpec & { $patch: string }
    return found?.spec?.template && template
  }
  return { name: `${name}-${hash}`, hash, writes, templateOf }
}
