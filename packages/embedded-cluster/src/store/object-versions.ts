import {
  formatTime,
  type KubeObject,
  type ObjectMeta,
  type Pod,
  parseTime,
  type Random,
  randomUid,
} from "@pilotage/kube-model"
import { isCustomName } from "../api/custom/custom-names.ts"
import type { ResourceName } from "../store-types.ts"
import { deepEqual } from "./deep-equal.ts"

export const withRevision = (object: KubeObject, revision: number): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, resourceVersion: String(revision) },
})

/** Resources whose metadata.generation counts changes of what the user wants; the others have none (Services, nodes…). */
const WITH_GENERATION: ReadonlySet<ResourceName> = new Set([
  "cronjobs",
  "daemonsets",
  "deployments",
  "endpointslices",
  "ingressclasses",
  "ingresses",
  "jobs",
  "networkpolicies",
  "poddisruptionbudgets",
  "pods",
  "podtemplates",
  "prioritylevelconfigurations",
  "customresourcedefinitions",
  "flowschemas",
  "mutatingadmissionpolicies",
  "mutatingadmissionpolicybindings",
  "mutatingwebhookconfigurations",
  "priorityclasses",
  "replicasets",
  "replicationcontrollers",
  "statefulsets",
  "validatingadmissionpolicies",
  "validatingadmissionpolicybindings",
  "validatingwebhookconfigurations",
])

/** The node of a pod is the scheduler's doing, not the user's wish. */
const sameWish = (previous: Pod, wanted: Pod): boolean =>
  previous.spec === wanted.spec ||
  (previous.spec.nodeName === wanted.spec.nodeName
    ? deepEqual(previous.spec, wanted.spec)
    : deepEqual({ ...previous.spec, nodeName: "" }, { ...wanted.spec, nodeName: "" }))

const hasGeneration = (resource: ResourceName): boolean => WITH_GENERATION.has(resource) || isCustomName(resource)

const WITHOUT_SPEC: ReadonlySet<ResourceName> = new Set([
  "mutatingwebhookconfigurations",
  "validatingwebhookconfigurations",
])

const sameContent = (previous: KubeObject, wanted: KubeObject): boolean => {
  const [{ metadata: _, status: __, ...before }, { metadata: ___, status: ____, ...after }] = [previous, wanted]
  return deepEqual(before, after)
}

/** What a change of counts as a new generation: the spec, or for an EndpointSlice all but its metadata. */
const sameIntent = (resource: ResourceName, previous: KubeObject, wanted: KubeObject): boolean => {
  if (resource === "pods") return sameWish(previous as Pod, wanted as Pod)
  if (resource === "podtemplates") return deepEqual(previous.template, wanted.template)
  if (isCustomName(resource) || WITHOUT_SPEC.has(resource)) return sameContent(previous, wanted)
  if (resource !== "endpointslices") return deepEqual(previous.spec, wanted.spec)
  const [{ metadata: _, ...before }, { metadata: __, ...after }] = [previous, wanted]
  return deepEqual(before, after)
}

type Identity = Pick<ObjectMeta, "uid" | "resourceVersion" | "creationTimestamp">

/** What the store gives, told in one go with the name: what is added to a JavaScript object later takes up more room. */
const withIdentity = (given: ObjectMeta, { uid, resourceVersion, creationTimestamp }: Identity): ObjectMeta => {
  if (uid === undefined || resourceVersion === undefined || creationTimestamp === undefined) return given
  const { name, namespace, uid: _, resourceVersion: __, creationTimestamp: ___, ...rest } = given
  return namespace === undefined
    ? { name, uid, resourceVersion, creationTimestamp, ...rest }
    : { name, namespace, uid, resourceVersion, creationTimestamp, ...rest }
}

/** A new object as the store keeps it: uid (unless it has one), creationTimestamp, generation 1 and the revision are given here. */
export const bornObject = (
  resource: ResourceName,
  object: KubeObject,
  random: Random,
  now: number,
  revision: number,
): KubeObject => {
  const metadata = withIdentity(object.metadata, {
    uid: object.metadata.uid ?? randomUid(random),
    resourceVersion: String(revision),
    creationTimestamp: formatTime(now),
  })
  return { ...object, metadata: hasGeneration(resource) ? { ...metadata, generation: 1 } : metadata }
}

/** The next version of `previous`, still with its resourceVersion; undefined when nothing changes. */
export const changedObject = (
  resource: ResourceName,
  previous: KubeObject,
  wanted: KubeObject,
): KubeObject | undefined => {
  const { generation } = previous.metadata
  const isDeletedNow =
    wanted.metadata.deletionTimestamp !== undefined && previous.metadata.deletionTimestamp === undefined
  const isNewIntent = hasGeneration(resource) && (isDeletedNow || !sameIntent(resource, previous, wanted))
  if (wanted.metadata === previous.metadata && !isNewIntent) return deepEqual(previous, wanted) ? undefined : wanted
  const known = withIdentity(wanted.metadata, previous.metadata)
  const metadata =
    generation === undefined ? known : { ...known, generation: isNewIntent ? generation + 1 : generation }
  const next = { ...wanted, metadata }
  return deepEqual(previous, next) ? undefined : next
}

/** Deleted, and nobody holds it back any more (apiserver `registry/generic/registry/store.go` deleteWithoutFinalizers). */
export const isReadyToGo = (object: KubeObject): boolean => {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = object.metadata
  if (deletionTimestamp === undefined || (deletionGracePeriodSeconds ?? 0) > 0) return false
  const spec = object.kind === "Namespace" ? (object.spec as { finalizers?: readonly string[] } | undefined) : undefined
  return (finalizers ?? []).length === 0 && (spec?.finalizers ?? []).length === 0
}

/**
 * The last version but one of an object whose grace is cut to nothing, and undefined of one that has none left: its
 * deletion then dates from when it was asked for (apiserver `registry/rest/delete.go` BeforeDelete). Who watches a pod
 * that the kubelet lets go of is told of it before the pod goes.
 */
export const withoutGrace = (object: KubeObject, revision: number): KubeObject | undefined => {
  const { deletionTimestamp, deletionGracePeriodSeconds: grace = 0 } = object.metadata
  if (deletionTimestamp === undefined || grace <= 0) return undefined
  const end = parseTime(deletionTimestamp)
  const asked = end === undefined ? deletionTimestamp : formatTime(end - grace * 1000)
  const metadata = { ...object.metadata, deletionTimestamp: asked, deletionGracePeriodSeconds: 0 }
  return withRevision({ ...object, metadata }, revision)
}
