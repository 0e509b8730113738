import { err, type IPFamily, ok, type Result, type Service, type ServiceSpec, type Status } from "@pilotage/kube-model"
import { type FieldError, invalid, invalidObject } from "../field-error.ts"
import { parseAddress } from "../ip-text.ts"
import { isHeadless, sameIPFamilies, samePluralClusterIPs, withSpec } from "./needs.ts"
import { validateClusterIPs } from "./validate-cluster-ips.ts"

const POLICY = "spec.ipFamilyPolicy"

const other = (family: IPFamily): IPFamily => (family === "IPv4" ? "IPv6" : "IPv4")

const IP_TYPES: readonly unknown[] = ["ClusterIP", "NodePort", "LoadBalancer"]

/** A PreferDualStack Service that nobody touched is neither up- nor downgraded when the cluster's families change. */
const isUntouchedPreferDual = (next: ServiceSpec, old: ServiceSpec | undefined): boolean =>
  old !== undefined &&
  old.type === next.type &&
  IP_TYPES.includes(next.type) &&
  next.ipFamilyPolicy === "PreferDualStack" &&
  (old.ipFamilyPolicy ?? "PreferDualStack") === "PreferDualStack" &&
  samePluralClusterIPs(old, next) &&
  sameIPFamilies(old, next)

const policyOf = (next: ServiceSpec, old: ServiceSpec | undefined): NonNullable<ServiceSpec["ipFamilyPolicy"]> => {
  if (next.ipFamilyPolicy) return next.ipFamilyPolicy
  if (old?.ipFamilyPolicy) return old.ipFamilyPolicy
  const isSelectorless = Object.keys(next.selector ?? {}).length === 0
  return next.clusterIP === "None" && isSelectorless ? "RequireDualStack" : "SingleStack"
}

const reduced = (next: readonly string[] | undefined, old: readonly string[] | undefined): boolean =>
  (next ?? []).length === 1 && (old ?? []).length === 2 && next?.[0] === old?.[0]

/** A change to SingleStack gives up the second address; any other policy forbids to drop it. */
const trimmed = (service: Service, old: Service): { readonly service: Service; readonly errors: FieldError[] } => {
  const { spec } = service
  if (spec.ipFamilyPolicy === "SingleStack")
    return {
      errors: [],
      service: withSpec(service, {
        ...(samePluralClusterIPs(old.spec, spec) && spec.clusterIPs ? { clusterIPs: spec.clusterIPs.slice(0, 1) } : {}),
        ...(sameIPFamilies(old.spec, spec) && spec.ipFamilies ? { ipFamilies: spec.ipFamilies.slice(0, 1) } : {}),
      }),
    }
  const errors: FieldError[] = []
  if (reduced(spec.clusterIPs, old.spec.clusterIPs))
    errors.push(invalid(POLICY, spec.ipFamilyPolicy, "must be 'SingleStack' to release the secondary cluster IP"))
  if (reduced(spec.ipFamilies, old.spec.ipFamilies))
    errors.push(invalid(POLICY, spec.ipFamilyPolicy, "must be 'SingleStack' to release the secondary IP family"))
  return { service, errors }
}

const DUAL = "must be 'RequireDualStack' or 'PreferDualStack' when multiple"

const policyErrors = ({ ipFamilyPolicy, clusterIPs, ipFamilies }: ServiceSpec): FieldError[] => {
  if (ipFamilyPolicy !== "SingleStack") return []
  const errors: FieldError[] = []
  if (clusterIPs?.length === 2) errors.push(invalid(POLICY, ipFamilyPolicy, `${DUAL} cluster IPs are specified`))
  if (ipFamilies?.length === 2) errors.push(invalid(POLICY, ipFamilyPolicy, `${DUAL} IP families are specified`))
  return errors
}

/** Families that the given addresses have and `ipFamilies` does not name yet. */
const inferredFamilies = (
  { clusterIPs = [], ipFamilies = [] }: ServiceSpec,
  configured: readonly IPFamily[],
): { readonly families: readonly IPFamily[]; readonly errors: FieldError[] } => {
  const families = [...ipFamilies]
  const errors: FieldError[] = []
  if (clusterIPs[0] === "None") return { families, errors }
  for (const [index, ip] of clusterIPs.entries()) {
    const family = parseAddress(ip)?.family
    if (!family || index < families.length) continue
    if (configured.includes(family)) families.push(family)
    else errors.push(invalid(`spec.clusterIPs[${index}]`, clusterIPs, `${family} is not configured on this cluster`))
  }
  return { families, errors }
}

/** `ipFamilyPolicy` and `ipFamilies` of a Service that is to be stored (`storage/alloc.go` initIPFamilyFields). */
export const chooseIPFamilies = (
  given: Service,
  old: Service | undefined,
  configured: readonly IPFamily[],
): Result<Service, Status> => {
  const refuse = (errors: readonly FieldError[]): Result<Service, Status> =>
    err(invalidObject({ kind: "Service", group: "" }, given.metadata.name, errors))
  if (given.spec.type === "ExternalName" || isUntouchedPreferDual(given.spec, old?.spec)) return ok(given)
  const withPolicy = withSpec(given, { ipFamilyPolicy: policyOf(given.spec, old?.spec) })
  const early = validateClusterIPs(withPolicy.spec, old?.spec)
  if (early.length > 0) return refuse(early)

  const { service, errors } = old ? trimmed(withPolicy, old) : { service: withPolicy, errors: [] }
  const inferred = inferredFamilies(service.spec, configured)
  const problems = [...errors, ...policyErrors(service.spec), ...inferred.errors]
  if (problems.length > 0) return refuse(problems)

  const [primary = "IPv4"] = configured
  const { families } = inferred
  const wantsDual = service.spec.ipFamilyPolicy !== "SingleStack"
  const isSelectorless = Object.keys(service.spec.selector ?? {}).length === 0
  if (isHeadless(service.spec) && isSelectorless) {
    const first = families[0] ?? primary
    const ipFamilies = families.length < 2 ? (wantsDual ? [first, other(first)] : [first]) : families
    return ok(withSpec(service, { ipFamilies }))
  }
  const late: FieldError[] = []
  if (service.spec.ipFamilyPolicy === "RequireDualStack" && configured.length < 2)
    late.push(invalid(POLICY, service.spec.ipFamilyPolicy, "this cluster is not configured for dual-stack services"))
  for (const [index, family] of families.entries())
    if (!configured.includes(family))
      late.push(invalid(`spec.ipFamilies[${index}]`, family, "not configured on this cluster"))
  if (late.length > 0) return refuse(late)
  const first = families[0] ?? primary
  const needsSecond = wantsDual && families.length < 2 && configured.length === 2
  return ok(
    withSpec(service, { ipFamilies: needsSecond ? [first, other(first)] : families.length > 0 ? families : [first] }),
  )
}
