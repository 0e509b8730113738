import type { KubeObject } from "@pilotage/kube-model"
import { deepEqual } from "../../store/deep-equal.ts"
import { errorsOfEach, type FieldError, invalid, notSupported, required } from "../field-error.ts"
import { child, children, type Json, text } from "../json-object.ts"
import { dnsSubdomainProblems } from "../names.ts"
import { pathSegmentProblems } from "../path-names.ts"
import type { Strategy } from "../strategy.ts"

const GROUP = "rbac.authorization.k8s.io"

const subjectDefaults = (subject: Json): Json =>
  text(subject, "apiGroup") === "" && (subject.kind === "User" || subject.kind === "Group")
    ? { ...subject, apiGroup: GROUP }
    : subject

const bindingDefaults = (object: KubeObject): KubeObject => {
  const roleRef = child(object, "roleRef")
  return {
    ...object,
    ...(Array.isArray(object.subjects) ? { subjects: children(object, "subjects").map(subjectDefaults) } : {}),
    roleRef: { ...roleRef, apiGroup: text(roleRef, "apiGroup") || GROUP },
  }
}

const KINDS = ["ServiceAccount", "User", "Group"]

const subjectErrors = (subject: Json, at: string, namespaced: boolean): FieldError[] => {
  const [kind, name, group] = [text(subject, "kind"), text(subject, "name"), text(subject, "apiGroup")]
  const errors = name === "" ? [required(`${at}.name`)] : []
  if (!KINDS.includes(kind)) return [...errors, notSupported(`${at}.kind`, kind, KINDS)]
  if (kind !== "ServiceAccount")
    return group === GROUP ? errors : [...errors, notSupported(`${at}.apiGroup`, group, [GROUP])]
  if (name !== "") errors.push(...dnsSubdomainProblems(name).map((problem) => invalid(`${at}.name`, name, problem)))
  if (group !== "") errors.push(notSupported(`${at}.apiGroup`, group, [""]))
  if (!namespaced && text(subject, "namespace") === "") errors.push(required(`${at}.namespace`))
  return errors
}

/** Kubernetes 1.36 `pkg/apis/rbac/validation` ValidateRoleBinding. */
const bindingErrors = (object: KubeObject, kinds: readonly string[]): FieldError[] => {
  const roleRef = child(object, "roleRef")
  const [group, kind, name] = [text(roleRef, "apiGroup"), text(roleRef, "kind"), text(roleRef, "name")]
  const namespaced = kinds.includes("Role")
  return [
    ...(group === GROUP ? [] : [notSupported("roleRef.apiGroup", group, [GROUP])]),
    ...(kinds.includes(kind) ? [] : [notSupported("roleRef.kind", kind, kinds)]),
    ...(name === "" ? [required("roleRef.name")] : []),
    ...pathSegmentProblems(name).map((problem) => invalid("roleRef.name", name, problem)),
    ...errorsOfEach(children(object, "subjects"), (subject, index) =>
      subjectErrors(subject, `subjects[${index}]`, namespaced),
    ),
  ]
}

/** As upstream prints it, whose errors show its internal types. */
const internal = (roleRef: Json): Json => ({
  APIGroup: text(roleRef, "apiGroup"),
  Kind: text(roleRef, "kind"),
  Name: text(roleRef, "name"),
})

const binding = (kinds: readonly string[]): Strategy => ({
  defaults: bindingDefaults,
  validate: (object) => bindingErrors(object, kinds),
  validateUpdate: (object, old) =>
    deepEqual(object.roleRef, old.roleRef)
      ? []
      : [invalid("roleRef", internal(child(object, "roleRef")), "cannot change roleRef")],
})

export const roleBindingStrategy = binding(["Role", "ClusterRole"])
export const clusterRoleBindingStrategy = binding(["ClusterRole"])
