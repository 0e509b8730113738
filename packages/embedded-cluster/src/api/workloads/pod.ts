import { err, type KubeObject, ok, type Pod, type Random } from "@pilotage/kube-model"
import type { StoreView } from "../../store-types.ts"
import { child, type Json } from "../json-object.ts"
import { newPodErrors, podErrors } from "../pods/pod-metadata-errors.ts"
import { podStatusErrors } from "../pods/pod-status-errors.ts"
import { podUpdateErrors } from "../pods/pod-update-errors.ts"
import { forbidden } from "../status.ts"
import type { Strategy } from "../strategy.ts"
import { admitPodSpec, podRefusal, qosClass } from "./pod-admission.ts"
import { podSpecDefaults } from "./pod-defaults.ts"

import { podLevelDefaults } from "./pod-level-defaults.ts"

const specOf = (object: KubeObject): Json => child(object, "spec")

const podDefaults = (object: KubeObject): KubeObject => ({
  ...object,
  spec: podLevelDefaults(podSpecDefaults(specOf(object))),
})

const newPod = (object: KubeObject, random: Random, view: StoreView): KubeObject => ({
  ...object,
  spec: admitPodSpec(specOf(object), random, view),
  status: { phase: "Pending", qosClass: qosClass(specOf(object)) },
})

export const podStrategy: Strategy = {
  defaults: podDefaults,
  allocate: (object, old, { store }) => {
    const { name, namespace = "" } = object.metadata
    const why = old ? undefined : podRefusal(specOf(object), namespace, store)
    return why === undefined ? ok(object) : err(forbidden({ resource: "pods", group: "", name }, why))
  },
  prepareCreate: (object, { random, store }) => newPod(object, random, store),
  validate: (object, old) => [...podErrors(object), ...(old ? [] : newPodErrors(specOf(object)))],
  validateStatus: podStatusErrors,
  validateUpdate: (object, old) => podUpdateErrors(specOf(object), specOf(old)),
  selectable: {
    "spec.nodeName": (object) => (object as Pod).spec.nodeName ?? "",
    "spec.restartPolicy": (object) => (object as Pod).spec.restartPolicy ?? "",
    "spec.schedulerName": (object) => String(specOf(object).schedulerName ?? ""),
    "spec.serviceAccountName": (object) => (object as Pod).spec.serviceAccountName ?? "",
    "spec.hostNetwork": (object) => String((object as Pod).spec.hostNetwork === true),
    "status.phase": (object) => (object as Pod).status?.phase ?? "",
    "status.podIP": (object) => (object as Pod).status?.podIP ?? "",
    "status.nominatedNodeName": (object) => String(child(object, "status").nominatedNodeName ?? ""),
  },
}
