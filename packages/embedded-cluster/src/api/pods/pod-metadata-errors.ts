import type { KubeObject } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid } from "../field-error.ts"
import { child, children, type Json, text } from "../json-object.ts"
import { podImageErrors } from "./container-errors.ts"
import { podSpecErrors } from "./pod-spec-errors.ts"

const COST = "controller.kubernetes.io/pod-deletion-cost"
const MIRROR = "kubernetes.io/config.mirror"
const SECCOMP = "seccomp.security.alpha.kubernetes.io/pod"
const APPARMOR = "container.apparmor.security.beta.kubernetes.io/"

const isProfile = (value: string): boolean =>
  ["runtime/default", "docker/default", "unconfined"].includes(value) || value.startsWith("localhost/")

const appArmorErrors = (key: string, value: string, containers: ReadonlySet<string>, at: string): FieldError[] => {
  const name = key.slice(APPARMOR.length)
  const field = `${at}[${key}]`
  return [
    ...(containers.has(name) ? [] : [invalid(field, name, "container not found")]),
    ...(["runtime/default", "unconfined", ""].includes(value) || value.startsWith("localhost/")
      ? []
      : [invalid(field, value, `invalid AppArmor profile name: "${value}"`)]),
  ]
}

/** Annotations that mean something to pods (core/validation ValidatePodSpecificAnnotations). */
export const podAnnotationErrors = (annotations: Json, spec: Json, at: string): FieldError[] => {
  const errors: FieldError[] = []
  const mirror = text(annotations, MIRROR)
  if (mirror !== "" && text(spec, "nodeName") === "")
    errors.push(invalid(`${at}[${MIRROR}]`, mirror, "must set spec.nodeName if mirror pod annotation is set"))
  const seccomp = annotations[SECCOMP]
  if (typeof seccomp === "string" && !isProfile(seccomp))
    errors.push(invalid(`${at}.${SECCOMP}`, seccomp, "must be a valid seccomp profile"))
  const containers = [...children(spec, "initContainers"), ...children(spec, "containers")]
  const names = new Set(containers.map((container) => text(container, "name")))
  const profiles = Object.entries(annotations).filter(([key]) => key.startsWith(APPARMOR))
  errors.push(...errorsOfEach(profiles, ([key, value]) => appArmorErrors(key, String(value), names, at)))
  const cost = annotations[COST]
  if (typeof cost === "string" && !/^(0|-?[1-9]\d{0,9})$/.test(cost))
    errors.push(invalid(`${at}[${COST}]`, cost, "must be a 32bit integer"))
  return errors
}

/** What is said of a whole pod beyond its name and labels (core/validation ValidatePodCreate). */
export const podErrors = (pod: KubeObject): FieldError[] => {
  const spec = child(pod, "spec")
  return [
    ...podAnnotationErrors(child(pod.metadata as unknown as Json, "annotations"), spec, "metadata.annotations"),
    ...podSpecErrors(spec, "spec"),
    ...podImageErrors(spec, "spec"),
  ]
}

/** What a new pod may not say yet (core/validation ValidatePodCreate). */
export const newPodErrors = (spec: Json): FieldError[] => [
  ...(children(spec, "ephemeralContainers").length > 0
    ? [{ type: "FieldValueForbidden", field: "spec.ephemeralContainers", detail: "cannot be set on create" } as const]
    : []),
  ...(children(spec, "schedulingGates").length > 0 && text(spec, "nodeName") !== ""
    ? [
        {
          type: "FieldValueForbidden",
          field: "spec.nodeName",
          detail: "cannot be set until all schedulingGates have been cleared",
        } as const,
      ]
    : []),
]
