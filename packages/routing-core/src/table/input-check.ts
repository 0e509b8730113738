import {
  type EndpointSlice,
  err,
  type InputError,
  isIP,
  type NetworkPolicy,
  ok,
  parseCIDR,
  type Result,
  type Service,
} from "@pilotage/kube-model"
import type { NodeFacts, PodFacts } from "../state.ts"

/** Objects may come from files that nobody validated: what the tables rely on is looked at once, here. */
export type Checked = Result<undefined, InputError>

export const fine: Checked = ok(undefined)

const wrong = (path: string, message: string): Checked => err({ path, message })

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value)

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/** Absent, null or a list of objects. */
const checkList = (value: unknown, path: string): Checked => {
  if (value === undefined || value === null) return fine
  if (!isList(value)) return wrong(path, "must be a list")
  const odd = value.findIndex((each) => !isObject(each))
  return odd < 0 ? fine : wrong(`${path}[${odd}]`, "must be an object")
}

const firstWrong = (checks: readonly Checked[]): Checked => checks.find((checked) => !checked.ok) ?? fine

const checkName = (metadata: unknown, path: string): Checked =>
  isObject(metadata) && typeof (metadata as { readonly name?: unknown }).name === "string"
    ? fine
    : wrong(`${path}.metadata.name`, "must be a text")

export const checkNode = (node: NodeFacts, path: string): Checked => {
  if (node.internalIP !== "" && !isIP(node.internalIP))
    return wrong(`${path}.internalIP`, `${JSON.stringify(node.internalIP)} is not an IP address`)
  if (node.podCIDR !== "" && !parseCIDR(node.podCIDR).ok)
    return wrong(`${path}.podCIDR`, `${JSON.stringify(node.podCIDR)} is not a CIDR block`)
  return fine
}

export const checkPod = (pod: PodFacts, path: string): Checked => {
  if (!isObject(pod.labels)) return wrong(`${path}.labels`, "must be an object")
  if (pod.ip !== undefined && !isIP(pod.ip))
    return wrong(`${path}.ip`, `${JSON.stringify(pod.ip)} is not an IP address`)
  return checkList(pod.sockets, `${path}.sockets`)
}

export const checkService = (service: Service, path: string): Checked => {
  const named = checkName(service.metadata, path)
  if (!named.ok) return named
  if (!isObject(service.spec)) return wrong(`${path}.spec`, "must be an object")
  const ports = checkList(service.spec.ports, `${path}.spec.ports`)
  if (!ports.ok) return ports
  const odd = (service.spec.ports ?? []).findIndex((port) => !Number.isInteger(port.port))
  if (odd >= 0) return wrong(`${path}.spec.ports[${odd}].port`, "must be a whole number")
  return checkList(service.status?.loadBalancer?.ingress, `${path}.status.loadBalancer.ingress`)
}

/** An absent spec selects every pod and forbids all that comes in, as the API server's defaults say. */
export const checkNetworkPolicy = (policy: NetworkPolicy, path: string): Checked => {
  const { spec } = policy
  if (spec !== undefined && !isObject(spec)) return wrong(`${path}.spec`, "must be an object")
  return firstWrong([
    checkName(policy.metadata, path),
    checkList(spec?.ingress, `${path}.spec.ingress`),
    checkList(spec?.egress, `${path}.spec.egress`),
  ])
}

export const checkSlice = (slice: EndpointSlice, path: string): Checked => {
  const shape = firstWrong([
    checkName(slice.metadata, path),
    checkList(slice.endpoints, `${path}.endpoints`),
    checkList(slice.ports, `${path}.ports`),
  ])
  if (!shape.ok) return shape
  const odd = (slice.endpoints ?? []).findIndex(
    ({ addresses }) => !isList(addresses) || !addresses.every((address) => typeof address === "string"),
  )
  return odd < 0 ? fine : wrong(`${path}.endpoints[${odd}].addresses`, "must be a list of addresses")
}
