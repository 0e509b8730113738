import type { KubeObject } from "@pilotage/kube-model"
import { type FieldError, invalid, notSupported, refused, required, tooLong } from "../field-error.ts"
import { child, isJson, type Json, text, withDefaults } from "../json-object.ts"
import { dnsLabelProblems, dnsSubdomainProblems } from "../names.ts"
import { domainPrefixedPathErrors, pathSegmentProblems } from "../path-names.ts"
import type { Strategy } from "../strategy.ts"
import { IMMUTABLE } from "../workloads/template-errors.ts"

const specOf = (object: KubeObject): Json => child(object, "spec")

const CONTROLLER_LIMIT = 250
const SCOPES = ["Cluster", "Namespace"]
const AT = "spec.parameters"

const namespaceErrors = ({ scope, namespace }: Json): FieldError[] => {
  const field = `${AT}.namespace`
  if (!SCOPES.includes(String(scope))) return [notSupported(`${AT}.scope`, scope, SCOPES)]
  if (scope === "Cluster")
    return namespace === undefined ? [] : [refused(field, "`parameters.scope` is set to 'Cluster'")]
  if (typeof namespace !== "string") return [required(field, "`parameters.scope` is set to 'Namespace'")]
  return dnsLabelProblems(namespace).map((problem) => invalid(field, namespace, problem))
}

const parameterErrors = (parameters: Json): FieldError[] => {
  const { apiGroup } = parameters
  const group = typeof apiGroup === "string" ? dnsSubdomainProblems(apiGroup) : []
  return [
    ...group.map((problem) => invalid(`${AT}.apiGroup`, apiGroup, problem)),
    ...["kind", "name"].flatMap((key) => {
      const value = text(parameters, key)
      if (value === "") return [required(`${AT}.${key}`)]
      return pathSegmentProblems(value).map((problem) => invalid(`${AT}.${key}`, value, problem))
    }),
    ...namespaceErrors(parameters),
  ]
}

/** Kubernetes 1.36 `pkg/apis/networking/validation` validateIngressClassSpec. */
const specErrors = (spec: Json): FieldError[] => {
  const controller = text(spec, "controller")
  return [
    ...(controller.length > CONTROLLER_LIMIT ? [tooLong("spec.controller", CONTROLLER_LIMIT)] : []),
    ...domainPrefixedPathErrors("spec.controller", controller),
    ...(isJson(spec.parameters) ? parameterErrors(spec.parameters) : []),
  ]
}

const classDefaults = (object: KubeObject): KubeObject => {
  const spec = specOf(object)
  const parameters = isJson(spec.parameters) ? { parameters: withDefaults(spec.parameters, { scope: "Cluster" }) } : {}
  return { ...object, spec: { ...spec, ...parameters } }
}

export const ingressClassStrategy: Strategy = {
  defaults: classDefaults,
  validate: (object) => specErrors(specOf(object)),
  validateUpdate: (object, old) => {
    const [next, before] = [text(specOf(object), "controller"), text(specOf(old), "controller")]
    return next === before ? [] : [invalid("spec.controller", next, IMMUTABLE)]
  },
}
