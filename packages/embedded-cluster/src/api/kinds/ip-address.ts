import type { KubeObject } from "@pilotage/kube-model"
import { deepEqual } from "../../store/deep-equal.ts"
import { type FieldError, invalid, required } from "../field-error.ts"
import { child, isJson, type Json, text } from "../json-object.ts"
import { dnsSubdomainProblems } from "../names.ts"
import { pathSegmentProblems } from "../path-names.ts"
import type { Strategy } from "../strategy.ts"
import { IMMUTABLE } from "../workloads/template-errors.ts"

const AT = "spec.parentRef"
const specOf = (object: KubeObject): Json => child(object, "spec")

const parentErrors = (parent: Json): FieldError[] => {
  const group = text(parent, "group")
  const named = (key: string, isRequired: boolean): FieldError[] => {
    const value = text(parent, key)
    if (value === "") return isRequired ? [required(`${AT}.${key}`)] : []
    return pathSegmentProblems(value).map((problem) => invalid(`${AT}.${key}`, value, problem))
  }
  return [
    ...(group === "" ? [] : dnsSubdomainProblems(group)).map((problem) => invalid(`${AT}.group`, group, problem)),
    ...named("resource", true),
    ...named("name", true),
    ...named("namespace", false),
  ]
}

/** An address that somebody holds: its name is the address. */
export const ipAddressStrategy: Strategy = {
  defaults: (object) => object,
  validate: (object) => {
    const { parentRef } = specOf(object)
    return isJson(parentRef) ? parentErrors(parentRef) : [required(AT)]
  },
  validateUpdate: (object, old) => {
    const [next, before] = [specOf(object).parentRef, specOf(old).parentRef]
    return deepEqual(next, before) ? [] : [invalid(AT, next ?? null, IMMUTABLE)]
  },
}
