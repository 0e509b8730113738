import type { Service, ServiceSpec } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid, refused } from "../field-error.ts"
import { isHeadless, needsHealthCheckNodePort } from "./needs.ts"
import { validateLoadBalancerClass } from "./validate-load-balancer.ts"

const FIXED = "may not change once set"

const releasing = (spec: ServiceSpec, what: string): FieldError[] =>
  spec.ipFamilyPolicy === "SingleStack"
    ? []
    : [
        invalid(
          "spec.ipFamilyPolicy",
          spec.ipFamilyPolicy,
          `must be set to 'SingleStack' when releasing the secondary ${what}`,
        ),
      ]

/** The first address and family are for good; a second may come and, with SingleStack, go. */
const clusterIPErrors = (spec: ServiceSpec, old: ServiceSpec): FieldError[] => {
  const [next, before] = [spec.clusterIPs ?? [], old.clusterIPs ?? []]
  if (isHeadless(spec) && isHeadless(old)) return []
  const changed = (index: number): FieldError[] =>
    next[index] === before[index] ? [] : [invalid(`spec.clusterIPs[${index}]`, next, FIXED)]
  if (next.length === before.length) return errorsOfEach(before, (_, index) => changed(index))
  if (next.length > before.length) return before.length > 0 ? changed(0) : []
  if (next.length === 0) return [invalid("spec.clusterIPs[0]", spec.clusterIPs, "primary clusterIP can not be unset")]
  return [...changed(0), ...(next.length === 1 ? releasing(spec, "clusterIP") : [])]
}

const familyErrors = (spec: ServiceSpec, old: ServiceSpec): FieldError[] => {
  const [next, before] = [spec.ipFamilies ?? [], old.ipFamilies ?? []]
  if (isHeadless(spec) && isHeadless(old)) return []
  const isFirstChanged = before.length > 0 && next.length > 0 && next[0] !== before[0]
  const first = isFirstChanged ? [invalid("spec.ipFamilies[0]", next, FIXED)] : []
  if (next.length === before.length)
    return errorsOfEach(before, (family, index) =>
      family === next[index] ? [] : [invalid("spec.ipFamilies[0]", next, FIXED)],
    )
  if (next.length > before.length) return first
  if (next.length === 0) return [invalid("spec.ipFamilies[0]", next, "primary ipFamily can not be unset")]
  // Upstream shows the addresses here, not the families.
  const shown = isFirstChanged ? [invalid("spec.ipFamilies[0]", spec.clusterIPs, FIXED)] : []
  return [...shown, ...(next.length === 1 ? releasing(spec, "ipFamily") : [])]
}

const isExternal = ({ type }: ServiceSpec): boolean => type === "ExternalName"

/** What may not change (core/validation ValidateServiceUpdate); to and from ExternalName everything may. */
export const validateServiceUpdate = ({ spec }: Service, { spec: old }: Service): FieldError[] => {
  const addresses =
    isExternal(spec) || isExternal(old) ? [] : [...clusterIPErrors(spec, old), ...familyErrors(spec, old)]
  const isHealthPortMoved =
    needsHealthCheckNodePort(spec) &&
    needsHealthCheckNodePort(old) &&
    (spec.healthCheckNodePort ?? 0) !== (old.healthCheckNodePort ?? 0)
  return [
    ...addresses,
    ...validateLoadBalancerClass(spec, old),
    ...(isHealthPortMoved ? [refused("spec.healthCheckNodePort", "field is immutable")] : []),
  ]
}
