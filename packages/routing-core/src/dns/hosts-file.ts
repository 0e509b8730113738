import type { Sender } from "../path/sender.ts"
import type { PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"

const LOOPBACK: readonly string[] = ["127.0.0.1", "::1"]
const IPV6_LOOPBACK: readonly string[] = ["::1"]
const NOT_LISTED: readonly string[] = []

const present = (ips: readonly (string | undefined)[]): readonly string[] =>
  ips.filter((ip): ip is string => ip !== undefined && ip !== "")

/** A pod's own host name, and with a subdomain its full name too, whether or not a Service gives it a name in DNS. */
const isOwnName = (pod: PodFacts, name: string, domain: string): boolean => {
  const hostname = (pod.hostname ?? pod.name).toLowerCase()
  if (!name.startsWith(hostname)) return false
  if (name.length === hostname.length) return true
  return (
    pod.hostname !== undefined &&
    pod.subdomain !== undefined &&
    name === `${hostname}.${pod.subdomain}.${pod.namespace}.svc.${domain}`.toLowerCase()
  )
}

/**
 * The addresses that a name has in the client's /etc/hosts, IPv4 first; names found there need no query. The kubelet
 * writes a pod's (kubernetes 1.36 `pkg/kubelet/kubelet_pods.go`); machines that are no pods list the nodes here.
 */
export const hostsEntries = (indexes: Indexes, sender: Sender, name: string): readonly string[] => {
  const bare = (name.endsWith(".") ? name.slice(0, -1) : name).toLowerCase()
  if (bare === "localhost") return LOOPBACK
  if (bare === "ip6-localhost" || bare === "ip6-loopback") return IPV6_LOOPBACK
  if (sender.kind === "pod") {
    const { pod } = sender
    return isOwnName(pod, bare, indexes.config.clusterDomain) ? present([sender.ip, pod.secondIP]) : NOT_LISTED
  }
  const node = indexes.nodes.get(bare)
  return node ? present([node.internalIP, node.secondIP]) : NOT_LISTED
}
