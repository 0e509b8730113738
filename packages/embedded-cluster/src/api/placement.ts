import { err, type KubeObject, ok, type Result, type Status } from "@pilotage/kube-model"
import { type Call, subjectOf } from "./call.ts"
import { without } from "./json-object.ts"
import { badRequest, forbidden, notFound } from "./status.ts"

/** Namespace and name that the URL gives; what the body says must agree. */
export const placed = (call: Call, object: KubeObject): Result<KubeObject, Status> => {
  const { metadata } = object
  if (!call.info.namespaced) return ok({ ...object, metadata: without(metadata, "namespace") })
  if (metadata.namespace && metadata.namespace !== call.namespace)
    return err(badRequest("the namespace of the provided object does not match the namespace sent on the request"))
  return ok({ ...object, metadata: { ...metadata, namespace: call.namespace } })
}

/** The NamespaceLifecycle admission plugin: no namespace, or one that goes, takes no new objects. */
export const checkNamespace = (call: Call, object: KubeObject): Status | undefined => {
  if (!call.info.namespaced) return undefined
  const namespace = call.hooks.store.get("namespaces", "", call.namespace)
  if (!namespace) return notFound({ resource: "namespaces", group: "", name: call.namespace })
  if (namespace.metadata.deletionTimestamp === undefined) return undefined
  return {
    ...forbidden(
      subjectOf(call, object.metadata.name),
      `unable to create new content in namespace ${call.namespace} because it is being terminated`,
    ),
    details: {
      name: object.metadata.name,
      ...(call.info.group ? { group: call.info.group } : {}),
      kind: call.info.resource,
      causes: [
        {
          reason: "NamespaceTerminating",
          message: `namespace ${call.namespace} is being terminated`,
          field: "metadata.namespace",
        },
      ],
    },
  }
}
