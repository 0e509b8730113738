import type { Service } from "@pilotage/kube-model"
import { formatAddress, hasLeadingZeros, hostBitsOf, parseAddress, parseSubnet } from "../ip-text.ts"

const HINTS = "service.kubernetes.io/topology-aware-hints"

const ipWarnings = (field: string, text: string): string[] => {
  const address = parseAddress(text)
  if (!address) return []
  const canonical = formatAddress(address)
  if (hasLeadingZeros(text) || address.mapped)
    return [`${field}: non-standard IP address ${JSON.stringify(text)} is invalid: use ${JSON.stringify(canonical)}`]
  return address.family === "IPv6" && canonical !== text
    ? [
        `${field}: IPv6 address ${JSON.stringify(text)} should be in RFC 5952 canonical format (${JSON.stringify(canonical)})`,
      ]
    : []
}

const rangeWarnings = (field: string, text: string): string[] => {
  const subnet = parseSubnet(text)
  if (!subnet) return []
  const [base = "", length = ""] = text.split("/")
  const { address, prefix } = subnet
  const network = formatAddress({ family: address.family, value: address.value - hostBitsOf(subnet) })
  const canonical = `${network}/${prefix}`
  if (hasLeadingZeros(base) || /^0\d/.test(length) || address.mapped)
    return [`${field}: non-standard CIDR value ${JSON.stringify(text)} is invalid: use ${JSON.stringify(canonical)}`]
  if (hostBitsOf(subnet) !== 0n) {
    const host = `${formatAddress(address)}/${address.family === "IPv4" ? 32 : 128}`
    return [
      `${field}: CIDR value ${JSON.stringify(text)} is ambiguous in this context (should be ${JSON.stringify(canonical)} or ${JSON.stringify(host)}?)`,
    ]
  }
  return address.family === "IPv6" && canonical !== text
    ? [
        `${field}: IPv6 CIDR value ${JSON.stringify(text)} should be in RFC 5952 canonical format (${JSON.stringify(canonical)})`,
      ]
    : []
}

/** What the server tells beside storing the Service (kubernetes 1.36 `pkg/api/service/warnings.go` GetWarningsForService). */
export const serviceWarnings = (service: Service, old: Service | undefined): string[] => {
  const { spec, metadata } = service
  const warnings: string[] = []
  if (metadata.annotations?.[HINTS] !== undefined)
    warnings.push(`annotation ${HINTS} is deprecated, please use service.kubernetes.io/topology-mode instead`)
  if (spec.clusterIP === "None") {
    if (spec.loadBalancerIP) warnings.push("spec.loadBalancerIP is ignored for headless services")
    if ((spec.externalIPs ?? []).length > 0) warnings.push("spec.externalIPs is ignored for headless services")
    if (spec.sessionAffinity && spec.sessionAffinity !== "None")
      warnings.push("spec.SessionAffinity is ignored for headless services")
  }
  const isNew = old === undefined
  const before = old?.spec
  for (const [index, ip] of (spec.clusterIPs ?? []).entries())
    if (isNew || ip !== before?.clusterIPs?.[index])
      if (ip !== "None") warnings.push(...ipWarnings(`spec.clusterIPs[${index}]`, ip))
  for (const [index, ip] of (spec.externalIPs ?? []).entries())
    if (isNew || ip !== before?.externalIPs?.[index]) warnings.push(...ipWarnings(`spec.externalIPs[${index}]`, ip))
  if (spec.loadBalancerIP && spec.loadBalancerIP !== before?.loadBalancerIP)
    warnings.push(...ipWarnings("spec.loadBalancerIP", spec.loadBalancerIP))
  for (const [index, range] of (spec.loadBalancerSourceRanges ?? []).entries())
    if (isNew || range !== before?.loadBalancerSourceRanges?.[index])
      warnings.push(...rangeWarnings(`spec.loadBalancerSourceRanges[${index}]`, range))
  if (spec.type === "ExternalName") {
    if ((spec.externalIPs ?? []).length > 0)
      warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"')
  } else {
    if (spec.externalName) warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"')
    if ((spec.externalIPs ?? []).length > 0 && spec.clusterIP !== "None")
      warnings.push("spec.externalIPs is deprecated and may no longer be implemented in some clusters")
  }
  if (spec.trafficDistribution === "PreferClose")
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"')
  return warnings
}
