import type { Pod, Protocol } from "@pilotage/kube-model"
import {
  type Backend,
  type Origin,
  type RouteRequest,
  type RoutingTable,
  type Trace,
  trace,
} from "@pilotage/routing-core"
import type { Manifests } from "./manifests.ts"
import type { Meta } from "./meta.ts"

/** One try of a recording, ready to be asked of our engine: who asks, in which cluster, of what objects. */
export interface Asker {
  readonly from: Origin
  readonly table: RoutingTable
  /** The cluster that it became while the connection was open. */
  readonly later: RoutingTable | undefined
  readonly meta: Meta
  readonly manifests: Manifests
}

export const ask = (
  { from, table }: Pick<Asker, "from" | "table">,
  to: string,
  port: number,
  protocol: Protocol,
  more: Pick<RouteRequest, "affinity" | "established"> = {},
): Trace => trace(table, { from, to, port, protocol, ...more })

/** `10.244.1.7:8080`: how requests name an endpoint that is remembered. */
export const endpointOf = ({ ip, port }: Backend): string => `${ip}:${port}`

/** The host name with which a backend answers: a pod's own, its node's on the node's network, the outside container's. */
export const hostnameOf = ({ meta, manifests }: Pick<Asker, "meta" | "manifests">, { ip, pod }: Backend): string => {
  if (pod === undefined) return ip === meta.outside?.ip ? meta.outside.hostname : ip
  const found: Pod | undefined = manifests.pods.find((each) => each.metadata.name === pod)
  return found?.spec.hostNetwork ? (found.spec.nodeName ?? pod) : pod
}
