import { type ConfigMap, formatTime, type KubeObject, type Pod } from "@pilotage/kube-model"
import { NAMESPACED } from "../api/resources.ts"
import { type Controller, type ControllerContext, NOTHING, type Outcome } from "../engine/controller.ts"
import type { ResourceName, Write } from "../store-types.ts"
import { deletePod } from "./owners.ts"

const FIRST: ReadonlySet<ResourceName> = new Set<ResourceName>([
  "deployments",
  "replicasets",
  "pods",
  "services",
  "endpointslices",
  "endpoints",
])
/** What can be in a namespace, owners before what they own and events last. */
const CONTENTS: readonly ResourceName[] = [
  ...FIRST,
  ...NAMESPACED.filter((resource) => !FIRST.has(resource) && resource !== "events"),
  "events",
]
const AGAIN_MS = 1000

const rootCertificate = (namespace: string): ConfigMap => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: {
    name: "kube-root-ca.crt",
    namespace,
    annotations: {
      "kubernetes.io/description":
        "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.",
    },
  },
  data: { "ca.crt": "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n" },
})

const remove = (resource: ResourceName, object: KubeObject, now: number): readonly Write[] => {
  if (resource === "pods") return deletePod(object as Pod, now)
  const { namespace = "", name, finalizers = [], deletionTimestamp } = object.metadata
  if (finalizers.length === 0) return [{ kind: "remove", resource, namespace, name }]
  if (deletionTimestamp) return []
  const metadata = { ...object.metadata, deletionTimestamp: formatTime(now), deletionGracePeriodSeconds: 0 }
  return [{ kind: "update", resource, object: { ...object, metadata } }]
}

/** Key: the namespace's name. A namespace that is deleted takes everything in it along and goes last. */
const reconcile = ({ view, now }: ControllerContext, name: string): Outcome => {
  const namespace = view.get("namespaces", "", name)
  if (!namespace) return NOTHING
  if (!namespace.metadata.deletionTimestamp)
    return view.get("configmaps", name, "kube-root-ca.crt")
      ? NOTHING
      : { writes: [{ kind: "create", resource: "configmaps", object: rootCertificate(name) }] }
  const writes = CONTENTS.flatMap((resource) =>
    view.list(resource, name).flatMap((object) => remove(resource, object, now)),
  )
  const isEmpty = CONTENTS.every((resource) => view.list(resource, name).length === 0)
  if (!isEmpty) return { writes, timers: [{ key: name, afterMs: AGAIN_MS }] }
  return { writes: [{ kind: "update", resource: "namespaces", object: { ...namespace, spec: {} } }] }
}

export const namespaceController: Controller = {
  name: "namespace",
  delayMs: 50,
  keysOf: (event) => (event.resource === "namespaces" && event.type !== "DELETED" ? [event.object.metadata.name] : []),
  reconcile,
}
