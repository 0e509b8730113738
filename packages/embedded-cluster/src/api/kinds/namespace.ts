import type { KubeObject, Namespace } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid, invalids } from "../field-error.ts"
import { child, type Json } from "../json-object.ts"
import { qualifiedNameProblems } from "../names.ts"
import { finalizerNameErrors } from "../object-metadata.ts"
import type { Strategy } from "../strategy.ts"

const NAME_LABEL = "kubernetes.io/metadata.name"

/** The server's own finalizer, after those that are given. */
const withKubernetes = (spec: Json): Json => {
  const given = Array.isArray(spec.finalizers) ? spec.finalizers : []
  return { ...spec, finalizers: given.includes("kubernetes") ? given : [...given, "kubernetes"] }
}

/** Every namespace carries its own name as a label, for selectors (core/v1 SetDefaults_Namespace). */
const namespaceDefaults = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    ...(object.metadata.name ? { labels: { ...object.metadata.labels, [NAME_LABEL]: object.metadata.name } } : {}),
  },
  status: { phase: "Active", ...(object.status as object | undefined) },
})

/** As the spec was given, because a new namespace gets the server's finalizer in any case. */
const specFinalizerErrors = (object: KubeObject, field: (index: number) => string): FieldError[] => {
  const { finalizers } = child(object, "spec")
  return errorsOfEach(Array.isArray(finalizers) ? finalizers.map(String) : [], (finalizer, index) => [
    ...invalids(field(index), finalizer, qualifiedNameProblems(finalizer)),
    ...finalizerNameErrors([finalizer], "").map((error) => ({ ...error, field: field(index) })),
  ])
}

/** core/validation ValidateNamespaceFinalizeUpdate. */
export const namespaceFinalizerErrors = (object: KubeObject): FieldError[] =>
  specFinalizerErrors(object, (index) => `spec.finalizers[${index}]`)

const phaseErrors = (object: KubeObject): FieldError[] => {
  const { phase } = child(object, "status")
  const isLeaving = object.metadata.deletionTimestamp !== undefined
  if (isLeaving)
    return phase === "Terminating"
      ? []
      : [invalid("status.Phase", phase, "may only be 'Terminating' if `deletionTimestamp` is not empty")]
  return phase === "Active"
    ? []
    : [invalid("status.Phase", phase, "may only be 'Active' if `deletionTimestamp` is empty")]
}

export const namespaceStrategy: Strategy = {
  defaults: namespaceDefaults,
  prepareCreate: (object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, [NAME_LABEL]: object.metadata.name },
    },
    spec: withKubernetes(child(object, "spec")),
    status: { phase: "Active" },
  }),
  /** Only `/finalize` may take finalizers off the spec. */
  prepareUpdate: (object, old) => ({ ...object, spec: (old as Namespace).spec ?? {} }),
  validate: (object, old) => (old ? [] : specFinalizerErrors(object, () => "spec.finalizers")),
  validateStatus: phaseErrors,
  selectable: { "status.phase": (object) => (object as Namespace).status?.phase ?? "" },
}
