import { type EndpointSlice, type NetworkPolicy, parseCIDR, type Service } from "@pilotage/kube-model"
import type { NamespaceFacts, NodeFacts, PodFacts } from "../state.ts"
import {
  type Checked,
  checkIP,
  checkLabels,
  checkList,
  checkMetadata,
  checkObject,
  checkOptionalObject,
  checkPort,
  checkText,
  checkTexts,
  fine,
  firstWrong,
  isObject,
  wrong,
} from "./input-shape.ts"

const checkBlock = (value: string | undefined, path: string): Checked =>
  value === undefined || value === "" || (typeof value === "string" && parseCIDR(value).ok)
    ? fine
    : wrong(path, `${JSON.stringify(value)} is not a CIDR block`)

const checkName = (value: unknown, path: string): Checked =>
  typeof value === "string" ? fine : wrong(path, "must be a text")

export const checkNode = (node: NodeFacts, path: string): Checked => {
  const shape = checkObject(node, path)
  if (!shape.ok) return shape
  return firstWrong(
    checkName(node.name, `${path}.name`),
    node.internalIP === "" ? fine : checkIP(node.internalIP, `${path}.internalIP`),
    node.secondIP === undefined ? fine : checkIP(node.secondIP, `${path}.secondIP`),
    ...(node.otherIPs ?? []).map((ip, index) => checkIP(ip, `${path}.otherIPs[${index}]`)),
    checkBlock(node.podCIDR, `${path}.podCIDR`),
    checkBlock(node.secondPodCIDR, `${path}.secondPodCIDR`),
  )
}

export const checkPod = (pod: PodFacts, path: string): Checked => {
  if (!isObject(pod)) return wrong(path, "must be an object")
  if (typeof pod.namespace !== "string") return wrong(`${path}.namespace`, "must be a text")
  if (typeof pod.name !== "string") return wrong(`${path}.name`, "must be a text")
  if (!isObject(pod.labels)) return wrong(`${path}.labels`, "must be an object")
  const labels = checkLabels(pod.labels, `${path}.labels`)
  if (!labels.ok) return labels
  if (pod.ip !== undefined) {
    const ip = checkIP(pod.ip, `${path}.ip`)
    if (!ip.ok) return ip
  }
  if (pod.secondIP !== undefined) {
    const ip = checkIP(pod.secondIP, `${path}.secondIP`)
    if (!ip.ok) return ip
  }
  return firstWrong(
    checkList(pod.sockets, `${path}.sockets`),
    checkList(pod.declaredPorts, `${path}.declaredPorts`),
    checkOptionalObject(pod.dnsConfig, `${path}.dnsConfig`),
    checkTexts(pod.dnsConfig?.nameservers, `${path}.dnsConfig.nameservers`),
    checkTexts(pod.dnsConfig?.searches, `${path}.dnsConfig.searches`),
    checkList(pod.dnsConfig?.options, `${path}.dnsConfig.options`),
  )
}

export const checkService = (service: Service, path: string): Checked => {
  const named = checkMetadata(service, path)
  if (!named.ok) return named
  const { spec, status } = service
  const specified = checkObject(spec, `${path}.spec`)
  if (!specified.ok) return specified
  const shape = firstWrong(
    checkList(spec.ports, `${path}.spec.ports`),
    checkText(spec.clusterIP, `${path}.spec.clusterIP`),
    checkTexts(spec.clusterIPs, `${path}.spec.clusterIPs`),
    checkTexts(spec.externalIPs, `${path}.spec.externalIPs`),
    checkTexts(spec.loadBalancerSourceRanges, `${path}.spec.loadBalancerSourceRanges`),
    checkText(spec.externalName, `${path}.spec.externalName`),
    checkLabels(spec.selector, `${path}.spec.selector`),
    checkOptionalObject(status, `${path}.status`),
    checkOptionalObject(status?.loadBalancer, `${path}.status.loadBalancer`),
    checkList(status?.loadBalancer?.ingress, `${path}.status.loadBalancer.ingress`),
  )
  if (!shape.ok) return shape
  for (const [index, { port, nodePort }] of (spec.ports ?? []).entries()) {
    const at = `${path}.spec.ports[${index}]`
    if (typeof port !== "number") return wrong(`${at}.port`, "must be a number")
    const numbers = firstWrong(checkPort(port, `${at}.port`), checkPort(nodePort, `${at}.nodePort`))
    if (!numbers.ok) return numbers
  }
  const ingress = (status?.loadBalancer?.ingress ?? []).findIndex((each) => !checkText(each.ip, "").ok)
  return ingress < 0 ? fine : wrong(`${path}.status.loadBalancer.ingress[${ingress}].ip`, "must be a text")
}

export const checkSlice = (slice: EndpointSlice, path: string): Checked => {
  const named = checkMetadata(slice, path)
  if (!named.ok) return named
  const shape = firstWrong(checkList(slice.endpoints, `${path}.endpoints`), checkList(slice.ports, `${path}.ports`))
  if (!shape.ok) return shape
  for (const [index, { port }] of (slice.ports ?? []).entries()) {
    const number = checkPort(port, `${path}.ports[${index}].port`)
    if (!number.ok) return number
  }
  for (const [index, endpoint] of (slice.endpoints ?? []).entries()) {
    const { addresses, hints, conditions, targetRef } = endpoint
    if (!Array.isArray(addresses) || !addresses.every((address) => typeof address === "string"))
      return wrong(`${path}.endpoints[${index}].addresses`, "must be a list of addresses")
    if (
      hints === undefined &&
      (conditions === undefined || isObject(conditions)) &&
      (targetRef === undefined || isObject(targetRef))
    )
      continue
    const at = `${path}.endpoints[${index}]`
    const more = firstWrong(
      checkOptionalObject(conditions, `${at}.conditions`),
      checkOptionalObject(targetRef, `${at}.targetRef`),
      checkOptionalObject(hints, `${at}.hints`),
      checkList(hints?.forZones, `${at}.hints.forZones`),
      checkList(hints?.forNodes, `${at}.hints.forNodes`),
    )
    if (!more.ok) return more
  }
  return fine
}

/** An absent spec selects every pod and forbids all that comes in, as the API server's defaults say. */
export const checkNetworkPolicy = (policy: NetworkPolicy, path: string): Checked => {
  const named = checkMetadata(policy, path)
  if (!named.ok) return named
  const { spec } = policy
  return firstWrong(
    checkOptionalObject(spec, `${path}.spec`),
    checkList(spec?.ingress, `${path}.spec.ingress`),
    checkList(spec?.egress, `${path}.spec.egress`),
  )
}

export const checkNamespace = (namespace: NamespaceFacts, path: string): Checked => {
  const shape = checkObject(namespace, path)
  if (!shape.ok) return shape
  return firstWrong(checkName(namespace.name, `${path}.name`), checkLabels(namespace.labels, `${path}.labels`))
}
