import type { KubeObject, Namespace } from "@pilotage/kube-model"
import type { Strategy } from "../strategy.ts"

const NAME_LABEL = "kubernetes.io/metadata.name"

/** Every namespace carries its own name as a label, for selectors (core/v1 SetDefaults_Namespace). */
const namespaceDefaults = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    ...(object.metadata.name ? { labels: { ...object.metadata.labels, [NAME_LABEL]: object.metadata.name } } : {}),
  },
  status: { phase: "Active", ...(object.status as object | undefined) },
})

export const namespaceStrategy: Strategy = {
  defaults: namespaceDefaults,
  prepareCreate: (object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, [NAME_LABEL]: object.metadata.name },
    },
    spec: { finalizers: ["kubernetes"] },
    status: { phase: "Active" },
  }),
  /** Only `/finalize` may take finalizers off the spec. */
  prepareUpdate: (object, old) => ({ ...object, spec: (old as Namespace).spec ?? {} }),
  validate: () => [],
  selectable: { "status.phase": (object) => (object as Namespace).status?.phase ?? "" },
}
