import type { KubeObject } from "@pilotage/kube-model"
import { type FieldError, invalid, refused, required, tooLong } from "./field-error.ts"
import { labelValueProblems, type NameRule, qualifiedNameProblems } from "./names.ts"

const TOTAL_ANNOTATION_LIMIT = 256 * 1024

/** Keys and values of labels, or of a selector that is written like labels. */
export const validateLabels = (labels: unknown, field: string): FieldError[] =>
  Object.entries((labels ?? {}) as Record<string, string>).flatMap(([key, value]) => [
    ...qualifiedNameProblems(key).map((problem) => invalid(field, key, problem)),
    ...labelValueProblems(value).map((problem) => invalid(field, value, problem)),
  ])

const annotationErrors = (annotations: unknown, field: string): FieldError[] => {
  const entries = Object.entries((annotations ?? {}) as Record<string, string>)
  const errors = entries.flatMap(([key]) =>
    qualifiedNameProblems(key.toLowerCase()).map((problem) => invalid(field, key, problem)),
  )
  const total = entries.reduce((sum, [key, value]) => sum + key.length + value.length, 0)
  return total > TOTAL_ANNOTATION_LIMIT ? [...errors, tooLong(field, TOTAL_ANNOTATION_LIMIT)] : errors
}

/** Names of new objects, labels, annotations, finalizers (apimachinery `api/validation/objectmeta.go`). */
export const validateMetadata = ({ metadata }: KubeObject, rule: NameRule, namespaced: boolean): FieldError[] => {
  const errors: FieldError[] = []
  if (metadata.generateName)
    for (const problem of rule(metadata.generateName, true))
      errors.push(invalid("metadata.generateName", metadata.generateName, problem))
  if (!metadata.name) errors.push(required("metadata.name", "name or generateName is required"))
  else for (const problem of rule(metadata.name, false)) errors.push(invalid("metadata.name", metadata.name, problem))
  if (namespaced && !metadata.namespace) errors.push(required("metadata.namespace"))
  errors.push(...validateLabels(metadata.labels, "metadata.labels"))
  errors.push(...annotationErrors(metadata.annotations, "metadata.annotations"))
  for (const [index, finalizer] of (metadata.finalizers ?? []).entries())
    for (const problem of qualifiedNameProblems(finalizer))
      errors.push(invalid(`metadata.finalizers[${index}]`, finalizer, problem))
  return errors
}

const IMMUTABLE = "field is immutable"

/** What may not change in metadata (`ValidateObjectMetaUpdate`). The name is checked against the URL before. */
export const validateMetadataUpdate = (next: KubeObject, old: KubeObject): FieldError[] => {
  const errors: FieldError[] = []
  if (next.metadata.uid !== old.metadata.uid) errors.push(invalid("metadata.uid", next.metadata.uid, IMMUTABLE))
  if (next.metadata.creationTimestamp !== old.metadata.creationTimestamp)
    errors.push(invalid("metadata.creationTimestamp", next.metadata.creationTimestamp, IMMUTABLE))
  if (
    old.metadata.deletionTimestamp !== undefined &&
    (next.metadata.finalizers ?? []).some((each) => !(old.metadata.finalizers ?? []).includes(each))
  )
    errors.push(refused("metadata.finalizers", "no new finalizers can be added if the object is being deleted"))
  return errors
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
