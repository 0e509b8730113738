import type { KubeObject } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid, invalids, refused, required, tooLong } from "./field-error.ts"
import { labelValueProblems, type NameRule, qualifiedNameProblems } from "./names.ts"
import { ownerErrors } from "./owner-errors.ts"

const TOTAL_ANNOTATION_LIMIT = 256 * 1024

/** Keys and values of labels, or of a selector that is written like labels. */
export const validateLabels = (labels: unknown, field: string): FieldError[] =>
  errorsOfEach(Object.entries((labels ?? {}) as Record<string, string>), ([key, value]) => [
    ...qualifiedNameProblems(key).map((problem) => invalid(field, key, problem)),
    ...labelValueProblems(value).map((problem) => invalid(field, value, problem)),
  ])

/** Keys and total size of annotations. */
export const annotationErrors = (annotations: unknown, field: string): FieldError[] => {
  const entries = Object.entries((annotations ?? {}) as Record<string, string>)
  const errors = errorsOfEach(entries, ([key]) =>
    qualifiedNameProblems(key.toLowerCase()).map((problem) => invalid(field, key, problem)),
  )
  const total = entries.reduce((sum, [key, value]) => sum + key.length + value.length, 0)
  return total > TOTAL_ANNOTATION_LIMIT ? [...errors, tooLong(field, TOTAL_ANNOTATION_LIMIT)] : errors
}

const BY_SERVER = ["kubernetes", "orphan", "foregroundDeletion"]

/** Names of finalizers that are nobody's (core/validation validateKubeFinalizerName). */
export const finalizerNameErrors = (finalizers: readonly string[], at: string): FieldError[] =>
  errorsOfEach(finalizers, (finalizer, index) =>
    finalizer.includes("/") || BY_SERVER.includes(finalizer)
      ? []
      : [invalid(`${at}[${index}]`, finalizer, "name is neither a standard finalizer name nor is it fully qualified")],
  )

const finalizerErrors = (finalizers: readonly string[]): FieldError[] => {
  const at = "metadata.finalizers"
  const isBoth = finalizers.includes("orphan") && finalizers.includes("foregroundDeletion")
  return [
    ...errorsOfEach(finalizers, (finalizer) => invalids(at, finalizer, qualifiedNameProblems(finalizer))),
    ...(isBoth ? [invalid(at, finalizers, "finalizer orphan and foregroundDeletion cannot be both set")] : []),
    ...finalizerNameErrors(finalizers, at),
  ]
}

/** Labels, annotations and owners: what a change is asked for too, more than once. */
export const contentErrors = ({ metadata }: KubeObject): FieldError[] => [
  ...validateLabels(metadata.labels, "metadata.labels"),
  ...annotationErrors(metadata.annotations, "metadata.annotations"),
  ...ownerErrors(metadata.ownerReferences, "metadata.ownerReferences"),
]

/** Names of new objects, labels, annotations, owners, finalizers (apimachinery `api/validation/objectmeta.go`). */
export const validateMetadata = (object: KubeObject, rule: NameRule, namespaced: boolean): FieldError[] => {
  const { metadata } = object
  const errors: FieldError[] = []
  if (metadata.generateName)
    errors.push(...invalids("metadata.generateName", metadata.generateName, rule(metadata.generateName, true)))
  if (!metadata.name) errors.push(required("metadata.name", "name or generateName is required"))
  else errors.push(...invalids("metadata.name", metadata.name, rule(metadata.name, false)))
  if (namespaced && !metadata.namespace) errors.push(required("metadata.namespace"))
  return [...errors, ...contentErrors(object), ...finalizerErrors(metadata.finalizers ?? [])]
}

const IMMUTABLE = "field is immutable"

/** What may not change in metadata (`ValidateObjectMetaUpdate`). The name is checked against the URL before. */
export const validateMetadataUpdate = (next: KubeObject, old: KubeObject): FieldError[] => {
  const errors: FieldError[] = []
  if (
    old.metadata.deletionTimestamp !== undefined &&
    (next.metadata.finalizers ?? []).some((each) => !(old.metadata.finalizers ?? []).includes(each))
  )
    errors.push(refused("metadata.finalizers", "no new finalizers can be added if the object is being deleted"))
  if (next.metadata.uid !== old.metadata.uid) errors.push(invalid("metadata.uid", next.metadata.uid, IMMUTABLE))
  if (next.metadata.creationTimestamp !== old.metadata.creationTimestamp)
    errors.push(invalid("metadata.creationTimestamp", next.metadata.creationTimestamp, IMMUTABLE))
  return [...errors, ...contentErrors(next)]
}

/** Metadata that only the server writes: a client's values are replaced by the stored ones, its uid stays to be checked. */
export const keepServerMetadata = (next: KubeObject, old: KubeObject): KubeObject => {
  const { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generation, generateName } =
    old.metadata
  const { managedFields } = old.metadata
  const kept = {
    ...(next.metadata.uid === undefined && uid !== undefined ? { uid } : {}),
    ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    ...(deletionGracePeriodSeconds === undefined ? {} : { deletionGracePeriodSeconds }),
    ...(generation === undefined ? {} : { generation }),
    ...(generateName === undefined ? {} : { generateName }),
    ...(managedFields === undefined ? {} : { managedFields }),
  }
  const {
    deletionTimestamp: _,
    deletionGracePeriodSeconds: __,
    generation: ___,
    managedFields: ____,
    ...given
  } = next.metadata
  return { ...next, metadata: { ...given, ...kept } }
}
