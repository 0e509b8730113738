import { type ConfigMap, formatTime, type KubeObject, type Pod } from "@pilotage/kube-model"
import { customNames } from "../api/custom/custom-names.ts"
import { NAMESPACED } from "../api/resources.ts"
import { type Controller, type ControllerContext, NOTHING, type Outcome } from "../engine/controller.ts"
import type { ResourceName, StoreEvent, Write } from "../store-types.ts"
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

const defaultAccount = (namespace: string): KubeObject => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name: "default", namespace },
})

type Creation = Extract<Write, { readonly kind: "create" }>

/** What every namespace has: who its pods are, and the certificate by which they know the API server. */
const initialObjects = (namespace: string): readonly Creation[] => [
  { kind: "create", resource: "configmaps", object: rootCertificate(namespace) },
  { kind: "create", resource: "serviceaccounts", object: defaultAccount(namespace) },
]

/** The namespace that lost one of the objects that it must have. */
const bereaved = ({ type, resource, object }: StoreEvent): readonly string[] => {
  const { namespace = "", name } = object.metadata
  if (type !== "DELETED") return []
  const isMissed =
    (resource === "configmaps" && name === "kube-root-ca.crt") || (resource === "serviceaccounts" && name === "default")
  return isMissed ? [namespace] : []
}

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
    return {
      writes: initialObjects(name).filter(({ resource, object }) => !view.get(resource, name, object.metadata.name)),
    }
  const contents = [...CONTENTS, ...customNames(view)]
  const writes = contents.flatMap((resource) =>
    view.list(resource, name).flatMap((object) => remove(resource, object, now)),
  )
  const isEmpty = contents.every((resource) => view.list(resource, name).length === 0)
  if (!isEmpty) return { writes, timers: [{ key: name, afterMs: AGAIN_MS }] }
  return { writes: [{ kind: "update", resource: "namespaces", object: { ...namespace, spec: {} } }] }
}

export const namespaceController: Controller = {
  name: "namespace",
  delayMs: 50,
  keysOf: (event) => {
    if (event.resource !== "namespaces") return bereaved(event)
    return event.type === "DELETED" ? [] : [event.object.metadata.name]
  },
  reconcile,
}
