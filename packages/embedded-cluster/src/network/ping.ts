import { isIP } from "@pilotage/kube-model"
import { type NetworkConfig, type Origin, type RoutingTable, resolve } from "@pilotage/routing-core"
import type { PingAnswer } from "../cluster.ts"
import type { StoreView } from "../store-types.ts"

interface PingParts {
  readonly table: RoutingTable
  readonly config: NetworkConfig
  readonly view: StoreView
}

const nodeOf = (view: StoreView, from: Origin): string | undefined =>
  from.kind === "pod"
    ? view.get("pods", from.namespace, from.name)?.spec.nodeName
    : from.kind === "node"
      ? from.name
      : undefined

const nodeIP = (view: StoreView, node: string | undefined): string | undefined =>
  node === undefined
    ? undefined
    : view.get("nodes", "", node)?.status?.addresses?.find((each) => each.type === "InternalIP")?.address

const SAME_NODE_MS = 0.06
const OTHER_NODE_MS = 0.12

/** Echo requests are no Service's business: only addresses that somebody holds answer (facts A.5). */
export const ping = ({ table, config, view }: PingParts, from: Origin, host: string): PingAnswer => {
  const ip = isIP(host)
    ? host
    : resolve(table, from, host, "A", { search: true }).records.findLast((each) => each.type === "A")?.data
  if (ip === undefined) return { outcome: "unknown-host", roundTripMs: 0 }
  const isInside = from.kind === "pod" || from.kind === "node"
  const own = nodeOf(view, from)
  const reply = (node: string | undefined): PingAnswer => ({
    ip,
    outcome: "reply",
    roundTripMs: node === own ? SAME_NODE_MS : OTHER_NODE_MS,
  })
  if (ip.startsWith("127.")) return reply(own)
  const node = view.list("nodes").find((each) => each.status?.addresses?.some((address) => address.address === ip))
  if (node) return reply(node.metadata.name)
  const gateway = view.list("nodes").find((each) => each.spec?.podCIDR?.replace(/0\/\d+$/, "1") === ip)
  if (gateway && isInside) return reply(gateway.metadata.name)
  const pod = view.list("pods").find((each) => each.status?.podIP === ip && each.status.phase === "Running")
  if (pod && isInside) return reply(pod.spec.nodeName)
  const isClusterIP = view.list("services").some((each) => each.spec.clusterIPs?.includes(ip))
  const reporter = nodeIP(view, own)
  if (isClusterIP && isInside && config.proxyMode === "nftables")
    return { ip, outcome: "unreachable", roundTripMs: 0, ...(reporter === undefined ? {} : { reporter }) }
  return { ip, outcome: "loss", roundTripMs: 0 }
}
