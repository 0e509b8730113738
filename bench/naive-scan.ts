import { type EndpointSlice, isIP, type Service } from "@pilotage/kube-model"
import type { ClusterState, NodeFacts, RouteRequest } from "@pilotage/routing-core"

/**
 * The simple program that a table is compared with: for one request it looks through all Services for the one that is
 * meant, then through all EndpointSlices for its endpoints, and takes one. It says neither why nor what the packet
 * looks like, and knows no node's view but the traffic policies.
 */
export const naiveScan = (state: ClusterState, request: RouteRequest): string => {
  const found = isIP(request.to) ? byAddress(state, request) : byName(state, request)
  if (!found) return isIP(request.to) ? "unknown address" : "name not found"
  const { service, isExternal } = found
  const port = service.spec.ports?.find((each) =>
    isExternal === "node port" ? each.nodePort === request.port : each.port === request.port,
  )
  if (!port && service.spec.clusterIP !== "None") return "wrong port"
  const local = (isExternal ? service.spec.externalTrafficPolicy : service.spec.internalTrafficPolicy) === "Local"
  const node = local ? nodeOf(state, request) : undefined
  const endpoints: string[] = []
  let hasAny = false
  for (const slice of state.endpointSlices) {
    if (!belongsTo(slice, service)) continue
    const number = slice.ports?.find((each) => !port || (each.name ?? "") === (port.name ?? ""))?.port
    for (const endpoint of slice.endpoints ?? []) {
      if (number === undefined || endpoint.conditions?.ready === false) continue
      hasAny = true
      if (!local || endpoint.nodeName === node?.name) endpoints.push(`${endpoint.addresses[0]}:${number}`)
    }
  }
  const pick = Math.floor((request.picks?.[0] ?? 0) * endpoints.length)
  return endpoints[pick] ?? (hasAny ? "dropped" : "refused")
}

interface Found {
  readonly service: Service
  readonly isExternal: false | "address" | "node port"
}

const byAddress = (state: ClusterState, { to, port }: RouteRequest): Found | undefined => {
  const isNode = state.nodes.some((node) => node.internalIP === to)
  for (const service of state.services) {
    if (service.spec.clusterIP === to) return { service, isExternal: false }
    if (isNode && service.spec.ports?.some((each) => each.nodePort === port))
      return { service, isExternal: "node port" }
    if (service.spec.externalIPs?.includes(to)) return { service, isExternal: "address" }
    if (service.status?.loadBalancer?.ingress?.some((each) => each.ip === to)) return { service, isExternal: "address" }
  }
  return undefined
}

const byName = (state: ClusterState, { to, from }: RouteRequest): Found | undefined => {
  const [name, namespace = from.kind === "pod" ? from.namespace : "default"] = to.split(".")
  const service = state.services.find(
    ({ metadata }) => metadata.name === name && (metadata.namespace ?? "default") === namespace,
  )
  return service && { service, isExternal: false }
}

const nodeOf = (state: ClusterState, { from, to }: RouteRequest): NodeFacts | undefined => {
  const addressed = state.nodes.find((node) => node.internalIP === to)
  if (addressed) return addressed
  const name =
    from.kind === "pod"
      ? state.pods.find((pod) => pod.namespace === from.namespace && pod.name === from.name)?.nodeName
      : from.kind === "node"
        ? from.name
        : undefined
  return state.nodes.find((node) => node.name === name)
}

const belongsTo = (slice: EndpointSlice, { metadata }: Service): boolean =>
  slice.metadata.namespace === metadata.namespace &&
  slice.metadata.labels?.["kubernetes.io/service-name"] === metadata.name
