import type { KubeObject, Labels } from "@pilotage/kube-model"
import type { Controller } from "../engine/controller.ts"
import { keeperKeys } from "./claim-pods.ts"
import { type Replicas, type ReplicasKind, reconcileReplicas } from "./replica-set.ts"

interface ReplicationController extends KubeObject {
  readonly spec: Omit<Replicas["spec"], "selector"> & { readonly selector?: Labels }
}

/** A ReplicationController read as a ReplicaSet: its selector is a map of labels (kubernetes `pkg/controller/replication`). */
const asReplicas = (object: KubeObject): Replicas => {
  const { spec, ...rest } = object as ReplicationController
  return { ...rest, spec: { ...spec, selector: { matchLabels: spec.selector ?? {} } } }
}

const replicationControllers: ReplicasKind = {
  component: "replication-controller",
  read: (view, namespace, name) => {
    const found = view.get("replicationcontrollers", namespace, name)
    return found && asReplicas(found)
  },
  write: (replicas, { terminatingReplicas: _, ...status }) => ({
    kind: "update",
    resource: "replicationcontrollers",
    object: {
      ...replicas,
      spec: { ...replicas.spec, selector: replicas.spec.selector.matchLabels },
      status,
    } as KubeObject,
  }),
}

export const replicationController: Controller = {
  name: "replicationcontroller",
  delayMs: 10,
  keysOf: keeperKeys("replicationcontrollers", "ReplicationController", asReplicas),
  reconcile: (context, key) => reconcileReplicas(replicationControllers, context, key),
}
