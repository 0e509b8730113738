import type { KubeEvent, KubeObject, ObjectReference } from "@pilotage/kube-model"
import { invalid } from "../field-error.ts"
import type { Strategy } from "../strategy.ts"

const involved = (field: keyof ObjectReference) => (object: KubeObject) =>
  (object as KubeEvent).involvedObject?.[field] ?? ""

export const eventStrategy: Strategy = {
  defaults: (object) => ({ ...object, involvedObject: object.involvedObject ?? {} }),
  validate: (object) => {
    const { namespace = "" } = (object as KubeEvent).involvedObject ?? {}
    const own = object.metadata.namespace ?? ""
    const isFine = namespace === own || (namespace === "" && own === "default")
    return isFine ? [] : [invalid("involvedObject.namespace", namespace, "does not match event.namespace")]
  },
  selectable: {
    "involvedObject.kind": involved("kind"),
    "involvedObject.namespace": involved("namespace"),
    "involvedObject.name": involved("name"),
    "involvedObject.uid": involved("uid"),
    "involvedObject.apiVersion": involved("apiVersion"),
    "involvedObject.resourceVersion": involved("resourceVersion"),
    "involvedObject.fieldPath": involved("fieldPath"),
    reason: (object) => (object as KubeEvent).reason ?? "",
    reportingComponent: (object) => (object as KubeEvent).reportingComponent ?? "",
    source: (object) => (object as KubeEvent).source?.component ?? "",
    type: (object) => (object as KubeEvent).type ?? "",
  },
}
