import type { ServiceSpec } from "@pilotage/kube-model"
import { duplicate, errorsOfEach, type FieldError, invalid, notSupported, required } from "../field-error.ts"
import { legacyIPProblems, parseAddress } from "../ip-text.ts"
import { isHeadless } from "./needs.ts"

const FIELD = "spec.clusterIPs"

const singularErrors = ({ clusterIP = "", clusterIPs = [] }: ServiceSpec): FieldError[] => {
  if (clusterIPs.length === 0) return clusterIP === "" ? [] : [required(FIELD)]
  if (clusterIP === "") return [invalid(FIELD, clusterIPs, "must be empty when `clusterIP` is not specified")]
  return clusterIPs[0] === clusterIP ? [] : [invalid(FIELD, clusterIPs, "first value must match `clusterIP`")]
}

const familyErrors = ({ ipFamilies = [], ipFamilyPolicy }: ServiceSpec): FieldError[] => {
  const errors = errorsOfEach(ipFamilies, (family, index) => [
    ...(family === "IPv4" || family === "IPv6"
      ? []
      : [notSupported(`spec.ipFamilies[${index}]`, family, ["IPv4", "IPv6"])]),
    ...(ipFamilies.indexOf(family) < index ? [duplicate(`spec.ipFamilies[${index}]`, family)] : []),
  ])
  const policies = ["PreferDualStack", "RequireDualStack", "SingleStack"]
  return ipFamilyPolicy === undefined || policies.includes(ipFamilyPolicy)
    ? errors
    : [...errors, notSupported("spec.ipFamilyPolicy", ipFamilyPolicy, policies)]
}

/** Each address against the family that is named for its place. */
const placeErrors = ({ clusterIPs = [], ipFamilies = [] }: ServiceSpec): FieldError[] =>
  errorsOfEach(clusterIPs, (ip, index) => {
    const wanted = ipFamilies[index]
    const family = parseAddress(ip)?.family
    if ((wanted !== "IPv4" && wanted !== "IPv6") || family === undefined || family === wanted) return []
    return [invalid(`${FIELD}[${index}]`, ip, `expected an ${wanted} value as indicated by \`ipFamilies[${index}]\``)]
  })

/** clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy together (core/validation ValidateServiceClusterIPsRelatedFields). */
export const validateClusterIPs = (spec: ServiceSpec, old: ServiceSpec | undefined): readonly FieldError[] => {
  if (spec.type === "ExternalName") return []
  const { clusterIPs = [] } = spec
  const errors = [...singularErrors(spec), ...familyErrors(spec)]
  const badIPs = errorsOfEach(clusterIPs, (ip, index) => {
    if (index === 0 && ip === "None")
      return clusterIPs.length > 1 ? [invalid(FIELD, clusterIPs, "'None' must be the first and only value")] : []
    return legacyIPProblems(ip, old?.clusterIPs).map((problem) => invalid(`${FIELD}[${index}]`, ip, problem))
  })
  errors.push(...badIPs)
  if (clusterIPs.length > 2) errors.push(invalid(FIELD, clusterIPs, "may only hold up to 2 values"))
  if (badIPs.length > 0) return errors
  const families = new Set(clusterIPs.map((ip) => parseAddress(ip)?.family))
  if (clusterIPs.length > 1 && families.size < 2)
    errors.push(invalid(FIELD, clusterIPs, "may specify no more than one IP for each IP family"))
  return isHeadless(spec) ? errors : [...errors, ...placeErrors(spec)]
}
