import { failure } from "../explain/endpoint-failures.ts"
import { keyOf, type ServiceEntry } from "../proxy/service-entry.ts"
import type { PodFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import { type End, partyOf } from "./connection.ts"
import { policiesText } from "./denial.ts"
import { isAllowed, type Judgement, judgeConnection } from "./judgement.ts"
import { isolatingPolicies } from "./passage.ts"
import { NAMESPACE_NAME_LABEL } from "./peer-match.ts"
import { patchCommand, podText, policyRef } from "./policy-text.ts"
import { addedRule } from "./suggested-rule.ts"

const DNS_PORT = 53

interface Server {
  readonly destination: End
  readonly port: number
}

/** The endpoints to which kube-proxy sends queries: those that are ready, of whatever family. */
const serversOf = (entry: ServiceEntry): readonly Server[] =>
  entry.ports
    .filter(({ protocol, port }) => protocol === "UDP" && port.port === DNS_PORT)
    .flatMap(({ endpoints }) => [...endpoints.IPv4, ...endpoints.IPv6])
    .filter((endpoint) => endpoint.ready)
    .map(({ ip, port }) => ({ destination: { ip }, port }))

/** The peer that means kube-dns wherever kubeadm installed it. */
const KUBE_DNS = {
  namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: "kube-system" } },
  podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
}

const BOTH_PROTOCOLS = [
  { protocol: "UDP", port: DNS_PORT },
  { protocol: "TCP", port: DNS_PORT },
] as const

/**
 * May this pod ask kube-dns? Judges its queries (UDP 53) to the endpoints of kube-system/kube-dns. When all of them are
 * denied every lookup runs into a timeout; when some are, chance decides (`environment`). undefined: the state has no
 * such Service, or no ready endpoint of it.
 */
export const mayAskDns = (indexes: Indexes, pod: PodFacts): Judgement | undefined => {
  const entry = indexes.services.get(keyOf("kube-system", "kube-dns"))
  const servers = entry ? serversOf(entry) : []
  const [first] = servers
  if (!entry || !first) return undefined
  if (indexes.networkPolicies.size === 0) return { allowed: true, certainty: "certain", notes: [] }
  const query = ({ destination, port }: Server) => ({ source: { pod }, destination, port, protocol: "UDP" }) as const
  const denied = servers.filter((server) => !isAllowed(indexes, query(server)))
  const judged = judgeConnection(indexes, query(denied[0] ?? first))
  if (judged.allowed) return judged
  if (denied.length < servers.length) return { allowed: true, certainty: "environment", notes: [] }
  if (judged.direction === "ingress")
    return {
      ...judged,
      rule: "R88",
      failure: {
        ...judged.failure,
        code: "network-policy-dns",
        message: `Name lookups of ${podText(pod)} time out. ${judged.failure.message}`,
      },
    }
  const policies = isolatingPolicies(indexes, pod, "egress")
  const [policy] = policies
  if (!policy) return judged
  const cause = { object: policyRef(policy), path: "spec.egress", value: JSON.stringify(policy.spec?.egress ?? []) }
  const toPods = partyOf(indexes, first.destination).pod !== undefined
  return {
    ...judged,
    rule: "R88",
    cause,
    failure: failure(
      "network-policy-dns",
      `Name lookups of ${podText(pod)} time out: ${policiesText(policies)} ${policies.length === 1 ? "isolates" : "isolate"} it for egress, and no rule allows UDP port 53 to kube-dns.`,
      `Allow port 53 to kube-dns in NetworkPolicy ${policy.metadata.name}.`,
      {
        cause,
        command: patchCommand(policy, addedRule(policy, "egress", toPods ? [KUBE_DNS] : [], BOTH_PROTOCOLS)),
      },
    ),
  }
}
