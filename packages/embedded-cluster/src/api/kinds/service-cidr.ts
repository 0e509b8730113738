import type { KubeObject } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid, required } from "../field-error.ts"
import { legacyCIDRProblems, parseSubnet } from "../ip-text.ts"
import { child } from "../json-object.ts"
import type { Strategy } from "../strategy.ts"
import { IMMUTABLE } from "../workloads/template-errors.ts"

const AT = "spec.cidrs"

const cidrsOf = (object: KubeObject): readonly string[] => {
  const { cidrs } = child(object, "spec")
  return Array.isArray(cidrs) ? cidrs.map(String) : []
}

/** Kubernetes 1.36 `pkg/apis/networking/validation` validateServiceCIDRSpec. */
const cidrErrors = (object: KubeObject): FieldError[] => {
  const cidrs = cidrsOf(object)
  if (cidrs.length === 0) return [required(AT, "at least one CIDR required")]
  if (cidrs.length > 2) return [invalid(AT, { CIDRs: cidrs }, "may only hold up to 2 values")]
  const errors = errorsOfEach(cidrs, (cidr, index) =>
    legacyCIDRProblems(cidr).map((problem) => invalid(`${AT}[${index}]`, cidr, problem)),
  )
  const [first, second] = cidrs.map((cidr) => parseSubnet(cidr)?.address.family)
  if (first !== undefined && first === second)
    errors.push(
      invalid(AT, cidrs, "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64"),
    )
  return errors
}

/** Networks cannot change; one of the other family may be added. */
const changeErrors = (object: KubeObject, old: KubeObject): FieldError[] => {
  const [next, before] = [cidrsOf(object), cidrsOf(old)]
  if (next.length !== before.length && !(before.length === 1 && next.length === 2))
    return [invalid(AT, next, IMMUTABLE)]
  return errorsOfEach(before, (cidr, index) =>
    cidr === next[index] ? [] : [invalid(`${AT}[${index}]`, next[index], IMMUTABLE)],
  )
}

export const serviceCIDRStrategy: Strategy = {
  defaults: (object) => object,
  prepareCreate: (object) => ({ ...object, status: {} }),
  validate: cidrErrors,
  validateUpdate: changeErrors,
}
