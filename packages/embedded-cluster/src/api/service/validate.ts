import type { Service, ServiceSpec } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid, notSupported, refused, required } from "../field-error.ts"
import { legacyIPProblems, specialIPProblems } from "../ip-text.ts"
import { dnsSubdomainProblems } from "../names.ts"
import { validateLabels } from "../object-metadata.ts"
import { isHeadless } from "./needs.ts"
import { validateClusterIPs } from "./validate-cluster-ips.ts"
import { validateLoadBalancerClass, validateNodePortChoice, validateSourceRanges } from "./validate-load-balancer.ts"
import { validatePortSets, validatePorts } from "./validate-ports.ts"
import {
  validateAffinity,
  validateExternalTraffic,
  validateInternalTraffic,
  validateTrafficDistribution,
} from "./validate-traffic.ts"

const HINTS = "service.kubernetes.io/topology-aware-hints"
const MODE = "service.kubernetes.io/topology-mode"

const topologyErrors = ({ metadata }: Service): FieldError[] => {
  const hints = metadata.annotations?.[HINTS]
  const mode = metadata.annotations?.[MODE]
  if (hints === undefined || mode === undefined || hints === mode) return []
  return [invalid(`metadata.annotations[${MODE}]`, mode, `must match annotations[${HINTS}] when both are specified`)]
}

/** The kubelet's own port must not be exposed by a load balancer. */
const KUBELET_PORT = 10250

const externalNameErrors = (spec: ServiceSpec): FieldError[] => {
  const errors: FieldError[] = []
  const forbidden = "may not be set for ExternalName services"
  if ((spec.clusterIPs ?? []).length > 0) errors.push(refused("spec.clusterIPs", forbidden))
  if ((spec.ipFamilies ?? []).length > 0) errors.push(refused("spec.ipFamilies", forbidden))
  if (spec.ipFamilyPolicy !== undefined) errors.push(refused("spec.ipFamilyPolicy", forbidden))
  const name = (spec.externalName ?? "").replace(/\.$/, "")
  if (name === "") return [...errors, required("spec.externalName")]
  return [...errors, ...dnsSubdomainProblems(name).map((problem) => invalid("spec.externalName", name, problem))]
}

const typeErrors = (spec: ServiceSpec): FieldError[] => {
  if (spec.type === "ExternalName") return externalNameErrors(spec)
  const errors: FieldError[] = []
  if (spec.type === "LoadBalancer")
    for (const [index, { port }] of (spec.ports ?? []).entries())
      if (port === KUBELET_PORT)
        errors.push(
          invalid(
            `spec.ports[${index}]`,
            port,
            `may not expose port ${KUBELET_PORT} externally since it is used by kubelet`,
          ),
        )
  if ((spec.type === "LoadBalancer" || spec.type === "NodePort") && isHeadless(spec))
    errors.push(invalid("spec.clusterIPs[0]", "None", `may not be set to 'None' for ${spec.type} services`))
  return errors
}

const externalIPErrors = (spec: ServiceSpec, old: ServiceSpec | undefined): FieldError[] =>
  errorsOfEach(spec.externalIPs ?? [], (ip, index) => {
    const field = `spec.externalIPs[${index}]`
    const problems = legacyIPProblems(ip, old?.externalIPs)
    return (problems.length > 0 ? problems : specialIPProblems(ip)).map((problem) => invalid(field, ip, problem))
  })

const TYPES: readonly string[] = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]

const knownType = ({ type }: ServiceSpec): FieldError[] => {
  if (!type) return [required("spec.type")]
  return TYPES.includes(type) ? [] : [notSupported("spec.type", type, TYPES)]
}

/** All errors of a Service, in upstream's order (kubernetes 1.36 `pkg/apis/core/validation/validation.go` validateService). */
export const validateService = (service: Service, old: Service | undefined): FieldError[] => {
  const { spec } = service
  const needsPorts = !isHeadless(spec) && spec.type !== "ExternalName"
  return [
    ...topologyErrors(service),
    ...(needsPorts && (spec.ports ?? []).length === 0 ? [required("spec.ports")] : []),
    ...typeErrors(spec),
    ...validatePorts(spec),
    ...validateLabels(spec.selector, "spec.selector"),
    ...validateAffinity(spec),
    ...validateClusterIPs(spec, old?.spec),
    ...externalIPErrors(spec, old?.spec),
    ...knownType(spec),
    ...validatePortSets(spec),
    ...validateSourceRanges(service, old),
    ...validateNodePortChoice(spec),
    ...validateLoadBalancerClass(spec, undefined),
    ...validateExternalTraffic(spec),
    ...validateInternalTraffic(spec),
    ...validateTrafficDistribution(spec),
  ]
}
