import type { IPFamily, Labels, Service } from "@pilotage/kube-model"
import { serviceRef } from "../../object-ref.ts"
import { isExternalLocal, isInternalLocal } from "../../proxy/endpoint-selection.ts"
import type { EndpointFact, PortEntry, ServiceEntry } from "../../proxy/service-entry.ts"
import { isHeadless } from "../../proxy/service-entry.ts"
import type { PodFacts } from "../../state.ts"
import type { ObjectRef } from "../../trace-types.ts"
import type { PodIndex } from "./pod-index.ts"

/** A Service with all that its checks look at. */
export interface Subject {
  readonly service: Service
  readonly ref: ObjectRef
  readonly namespace: string
  readonly name: string
  /** `proxied`: kube-proxy translates its addresses; `unproxied`: it has none yet, or is left to another proxy. */
  readonly kind: "proxied" | "unproxied" | "headless" | "external-name"
  readonly entry: ServiceEntry
  /** Undefined when there is none, or an empty one: both select nothing. */
  readonly selector: Labels | undefined
  /** All pods that the selector matches, in whatever state. */
  readonly selected: readonly PodFacts[]
}

const kindOf = (entry: ServiceEntry): Subject["kind"] => {
  const { service } = entry
  if (service.spec.type === "ExternalName") return "external-name"
  if (isHeadless(service)) return "headless"
  return entry.frontends.length > 0 ? "proxied" : "unproxied"
}

export const subjectOf = (entry: ServiceEntry, pods: PodIndex): Subject => {
  const { service } = entry
  const ref = serviceRef(service)
  const namespace = ref.namespace ?? "default"
  const given = service.spec.selector ?? {}
  const kind = kindOf(entry)
  const selector = Object.keys(given).length > 0 && kind !== "external-name" ? given : undefined
  return {
    service,
    ref,
    namespace,
    name: ref.name,
    kind,
    entry,
    selector,
    selected: selector ? pods.select(namespace, selector) : [],
  }
}

export const FAMILIES: readonly IPFamily[] = ["IPv4", "IPv6"]

/** The endpoints of a port that get traffic: ready ones; without any, those that terminate and still serve. */
const usedOf = (endpoints: readonly EndpointFact[]): readonly EndpointFact[] => {
  const ready = endpoints.filter((endpoint) => endpoint.ready)
  return ready.length > 0 ? ready : endpoints.filter((endpoint) => endpoint.serving && endpoint.terminating)
}

const usedByPort = new WeakMap<PortEntry, readonly EndpointFact[]>()

export const usedEndpoints = (port: PortEntry): readonly EndpointFact[] => {
  const found = usedByPort.get(port)
  if (found) return found
  const used = [...usedOf(port.endpoints.IPv4), ...usedOf(port.endpoints.IPv6)]
  usedByPort.set(port, used)
  return used
}

/**
 * As usedEndpoints, and under a policy Local those that terminate and still serve on a node that has no ready one: the
 * fallback is decided for each node on its own.
 */
export const usedSomewhere = ({ service }: Subject, port: PortEntry): readonly EndpointFact[] => {
  const used = usedEndpoints(port)
  if (!isInternalLocal(service) && !isExternalLocal(service)) return used
  const all = [...port.endpoints.IPv4, ...port.endpoints.IPv6]
  const served = new Set(all.flatMap((each) => (each.ready ? [each.nodeName] : [])))
  const known = new Set(used)
  const left = all.filter((each) => each.serving && each.terminating && !served.has(each.nodeName) && !known.has(each))
  return [...used, ...left]
}

/** Families of its cluster IPs. */
export const familiesOf = ({ service, entry }: Subject): ReadonlySet<IPFamily> =>
  new Set(
    service.spec.clusterIP === "None"
      ? (service.spec.ipFamilies ?? [])
      : entry.frontends.flatMap((each) => (each.kind === "ClusterIP" ? [each.family] : [])),
  )
