import type { KubeObject, Pod, Random } from "@pilotage/kube-model"
import { child, type Json } from "../json-object.ts"
import type { Strategy } from "../strategy.ts"
import { admitPodSpec, qosClass } from "./pod-admission.ts"
import { podSpecDefaults } from "./pod-defaults.ts"
import { podSpecErrors, podUpdateErrors } from "./pod-errors.ts"

const specOf = (object: KubeObject): Json => child(object, "spec")

const podDefaults = (object: KubeObject): KubeObject => ({
  ...object,
  spec: { ...podSpecDefaults(specOf(object)), enableServiceLinks: specOf(object).enableServiceLinks ?? true },
})

const newPod = (object: KubeObject, random: Random): KubeObject => ({
  ...object,
  spec: admitPodSpec(specOf(object), random),
  status: { phase: "Pending", qosClass: qosClass(specOf(object)) },
})

export const podStrategy: Strategy = {
  defaults: podDefaults,
  prepareCreate: (object, { random }) => newPod(object, random),
  validate: (object) => podSpecErrors(specOf(object), "spec"),
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
