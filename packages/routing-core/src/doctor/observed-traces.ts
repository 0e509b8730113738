import { ipFamily, type Protocol, type Service } from "@pilotage/kube-model"
import { serviceRef } from "../object-ref.ts"
import { trace } from "../path/trace.ts"
import { isExternalLocal, isInternalLocal } from "../proxy/endpoint-selection.ts"
import type { ClusterState } from "../state.ts"
import type { RoutingTable } from "../table/table.ts"
import type { Origin, Trace } from "../trace-types.ts"

/** Asking a Service in every way that is meant to work, to compare the answers with what the doctor says. */

const OUTSIDE: Origin = { kind: "outside", ip: "203.0.113.7" }

interface Question {
  readonly from: readonly Origin[]
  readonly to: string
  readonly port: number
  readonly protocol: Protocol
}

const questions = (
  service: Service,
  { nodes, config, endpointSlices }: ClusterState,
  pods: readonly Origin[],
): readonly Question[] => {
  const { spec, status } = service
  const { namespace = "", name } = serviceRef(service)
  // internalTrafficPolicy Local is for pods: a node without any has nobody who would ask.
  const machines = isInternalLocal(service) ? [] : nodes.map((node): Origin => ({ kind: "node", name: node.name }))
  // Such a load balancer asks for health, and leaves out nodes without a ready endpoint.
  const asksForHealth = spec.type === "LoadBalancer" && isExternalLocal(service)
  const holding = new Set(
    endpointSlices
      .filter(
        ({ metadata }) => metadata.namespace === namespace && metadata.labels?.["kubernetes.io/service-name"] === name,
      )
      .flatMap(({ endpoints }) =>
        (endpoints ?? []).flatMap(({ conditions, nodeName }) => (conditions?.ready ? nodeName : [])),
      ),
  )
  const doors = asksForHealth ? nodes.filter((node) => holding.has(node.name)) : nodes
  const fullName = `${name}.${namespace}.svc.${config.clusterDomain}`
  const inside =
    spec.clusterIP === "None" || spec.type === "ExternalName" ? [] : (spec.clusterIPs ?? [spec.clusterIP ?? ""])
  const external = [...(spec.externalIPs ?? []), ...(status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? [])]
  return (spec.ports ?? []).flatMap((port) =>
    [
      ...(inside.length > 0 ? [] : [{ from: pods, to: fullName, port: port.port }]),
      ...inside.flatMap((to) => (ipFamily(to) ? [{ from: [...pods, ...machines], to, port: port.port }] : [])),
      ...(port.nodePort
        ? doors.map((node) => ({ from: [OUTSIDE], to: node.internalIP, port: port.nodePort ?? 0 }))
        : []),
      ...external.map((to) => ({ from: [OUTSIDE], to, port: port.port })),
    ].map((question) => ({ ...question, protocol: port.protocol ?? "TCP" })),
  )
}

/** Did it answer, from this Service, and would every endpoint that might have been chosen? */
const works = ({ verdict, backends, route }: Trace, service: Service): boolean =>
  verdict === "delivered" &&
  !backends.some((backend) => backend.refuses || backend.silent) &&
  (route.service === undefined ||
    (route.service.name === service.metadata.name && route.service.namespace === service.metadata.namespace))

/** All requests to the Service that its clients may send, and which of them did not work. */
export const failedTraces = (
  table: RoutingTable,
  service: Service,
): { readonly asked: number; readonly failed: readonly Trace[] } => {
  const { state } = table
  const pods = state.pods.flatMap(({ namespace, name, ip, nodeName, terminating }): readonly Origin[] =>
    ip && nodeName && !terminating ? [{ kind: "pod", namespace, name }] : [],
  )
  const traces = questions(service, state, pods).flatMap(({ from, to, port, protocol }) =>
    from.map((origin) => trace(table, { from: origin, to, port, protocol })),
  )
  return { asked: traces.length, failed: traces.filter((each) => !works(each, service)) }
}
