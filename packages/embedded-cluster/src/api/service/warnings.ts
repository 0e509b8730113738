import type { Service } from "@pilotage/kube-model"
import { ipWarnings, rangeWarnings } from "./address-warnings.ts"

const HINTS = "service.kubernetes.io/topology-aware-hints"

const eachOf = (
  field: string,
  texts: readonly string[] | undefined,
  warnings: (field: string, text: string) => readonly string[],
): readonly string[] => (texts ?? []).flatMap((text, index) => warnings(`${field}[${index}]`, text))

const ignored = (field: string, isGiven: boolean): readonly string[] =>
  isGiven ? [`${field} is ignored for headless services`] : []

/**
 * What the server tells beside storing the Service, whether it is new or only changed (kubernetes 1.36
 * `pkg/api/service/warnings.go` GetWarningsForService).
 */
export const serviceWarnings = ({ spec, metadata }: Service): string[] => {
  const { type, clusterIP, clusterIPs, externalIPs, loadBalancerIP, sessionAffinity, trafficDistribution } = spec
  const isHeadless = type === "ClusterIP" && clusterIP === "None"
  const isExternal = type === "ExternalName"
  const hasExternalIPs = (externalIPs ?? []).length > 0
  return [
    ...(metadata.annotations?.[HINTS] === undefined
      ? []
      : [`annotation ${HINTS} is deprecated, please use service.kubernetes.io/topology-mode instead`]),
    ...(clusterIP && clusterIP !== "None" ? eachOf("spec.clusterIPs", clusterIPs, ipWarnings) : []),
    ...(isHeadless
      ? [
          ...ignored("spec.loadBalancerIP", Boolean(loadBalancerIP)),
          ...ignored("spec.externalIPs", hasExternalIPs),
          ...ignored("spec.SessionAffinity", sessionAffinity !== "None"),
        ]
      : []),
    ...eachOf("spec.externalIPs", externalIPs, ipWarnings),
    ...(hasExternalIPs && !isHeadless && !isExternal
      ? ["spec.externalIPs is deprecated and may no longer be implemented in some clusters"]
      : []),
    ...(loadBalancerIP ? ipWarnings("spec.loadBalancerIP", loadBalancerIP) : []),
    ...eachOf("spec.loadBalancerSourceRanges", spec.loadBalancerSourceRanges, rangeWarnings),
    ...(isExternal && hasExternalIPs ? ['spec.externalIPs is ignored when spec.type is "ExternalName"'] : []),
    ...(!isExternal && spec.externalName ? ['spec.externalName is ignored when spec.type is not "ExternalName"'] : []),
    ...(trafficDistribution === "PreferClose"
      ? ['spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"']
      : []),
  ]
}
