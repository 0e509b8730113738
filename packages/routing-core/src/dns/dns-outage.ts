import { failure, noEndpoints } from "../explain/endpoint-failures.ts"
import type { Rule } from "../explain/rules.ts"
import { serviceRef } from "../object-ref.ts"
import type { Sender, SenderProblem } from "../path/sender.ts"
import { mayAskDns } from "../policy/dns-access.ts"
import type { EndpointFact, PortEntry, ServiceEntry } from "../proxy/service-entry.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Certainty, Failure } from "../trace-types.ts"

/** Why kube-dns gives a client no answer at all. */
export interface DnsOutage {
  readonly rule: Rule
  /** How long until the client's resolver gives up, in milliseconds. */
  readonly afterMs: number
  /** Put together when asked for: nothing else on a packet's way needs it. */
  readonly failure: () => Failure
}

/** Or that it answers. `environment`: some of its endpoints do, and chance decides which one is asked. */
type DnsReach = DnsOutage | Certainty

/** A refused query ends the lookup at once; a lost one is repeated: two tries of 5 s (resolv.conf(5): timeout, attempts). */
const LOST_QUERY_MS = 10_000

const DNS_PORT = 53

const nodeOf = (client: Sender | SenderProblem): string | undefined =>
  client.kind === "pod" || client.kind === "node" ? client.node.name : undefined

const isStopped = (indexes: Indexes, endpoint: EndpointFact): boolean =>
  endpoint.nodeName !== undefined && indexes.nodes.get(endpoint.nodeName)?.stopped === true

interface Servers {
  readonly port: PortEntry | undefined
  /** Those to which kube-proxy sends queries: ready ones, else those that still serve while they terminate. */
  readonly IPv4: readonly EndpointFact[]
  readonly IPv6: readonly EndpointFact[]
}

const usable = (endpoints: readonly EndpointFact[]): readonly EndpointFact[] => {
  const ready = endpoints.filter((endpoint) => endpoint.ready)
  return ready.length > 0 ? ready : endpoints.filter((endpoint) => endpoint.serving && endpoint.terminating)
}

const known = new WeakMap<ServiceEntry, Servers>()

const serversOf = (entry: ServiceEntry): Servers => {
  const found = known.get(entry)
  if (found) return found
  const port = entry.ports.find((each) => each.protocol === "UDP" && each.port.port === DNS_PORT)
  const servers = { port, IPv4: usable(port?.endpoints.IPv4 ?? []), IPv6: usable(port?.endpoints.IPv6 ?? []) }
  known.set(entry, servers)
  return servers
}

const nobodyServes = (indexes: Indexes, entry: ServiceEntry, port: PortEntry | undefined): Failure => {
  const why = noEndpoints(indexes, entry, port)
  return {
    ...why,
    code: "dns-unreachable",
    message: `No name can be looked up: nobody answers for kube-dns. ${why.message}`,
  }
}

const serversStopped = (entry: ServiceEntry, servers: readonly EndpointFact[]): Failure => {
  const nodes = [...new Set(servers.flatMap((server) => server.nodeName ?? []))].join(", ")
  return failure(
    "dns-unreachable",
    `No name can be looked up: the pods of kube-dns are on ${nodes}, which ${nodes.includes(",") ? "are" : "is"} stopped.`,
    `Start ${nodes} again, or wait until the pods of kube-dns run elsewhere.`,
    {
      cause: { object: serviceRef(entry.service) },
      command: "kubectl get pods -n kube-system -l k8s-app=kube-dns -o wide",
    },
  )
}

const onlyElsewhere = (entry: ServiceEntry, node: string | undefined): Failure =>
  failure(
    "dns-unreachable",
    `No name can be looked up: kube-dns has internalTrafficPolicy Local and no endpoint on ${node}.`,
    "Set internalTrafficPolicy of kube-dns to Cluster, or run a pod of kube-dns on every node.",
    {
      cause: { object: serviceRef(entry.service), path: "spec.internalTrafficPolicy", value: '"Local"' },
      command: `kubectl patch service kube-dns -n kube-system -p '{"spec":{"internalTrafficPolicy":"Cluster"}}'`,
    },
  )

/** Why none of kube-dns's endpoints gets a query of this client; undefined: one does. */
const proxyOutage = (
  indexes: Indexes,
  client: Sender | SenderProblem,
  entry: ServiceEntry,
  server: string,
): DnsOutage | undefined => {
  const servers = serversOf(entry)
  const family = server.includes(":") ? "IPv6" : "IPv4"
  const all = servers[family]
  const isLocal = entry.service.spec.internalTrafficPolicy === "Local"
  const own = (endpoint: EndpointFact): boolean => endpoint.nodeName === nodeOf(client)
  const reached = isLocal ? usable(servers.port?.endpoints[family].filter(own) ?? []) : all
  if (all.length === 0) return { rule: "R73", afterMs: 0, failure: () => nobodyServes(indexes, entry, servers.port) }
  if (reached.length === 0)
    return { rule: "R73", afterMs: LOST_QUERY_MS, failure: () => onlyElsewhere(entry, nodeOf(client)) }
  if (reached.every((endpoint) => isStopped(indexes, endpoint)))
    return { rule: "R73", afterMs: LOST_QUERY_MS, failure: () => serversStopped(entry, reached) }
  return undefined
}

const policyReach = (indexes: Indexes, client: Sender | SenderProblem): DnsReach => {
  const judged = client.kind === "pod" && indexes.networkPolicies.size > 0 ? mayAskDns(indexes, client.pod) : undefined
  if (!judged) return "certain"
  if (judged.allowed) return judged.certainty
  return { rule: judged.rule, afterMs: LOST_QUERY_MS, failure: () => judged.failure }
}

/**
 * Does kube-dns, asked under `server`, answer this client, and is that certain? A state without the Service
 * kube-system/kube-dns, or in which it has another address, says nothing of DNS: there it works.
 */
export const dnsReach = (indexes: Indexes, client: Sender | SenderProblem, server: string): DnsReach => {
  const entry = indexes.services.get("kube-system/kube-dns")
  if (!entry) return "certain"
  const { clusterIP, clusterIPs } = entry.service.spec
  if (clusterIP !== server && !clusterIPs?.includes(server)) return "certain"
  return proxyOutage(indexes, client, entry, server) ?? policyReach(indexes, client)
}
