import { isExternalLocal } from "../../proxy/endpoint-selection.ts"
import type { NodeFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import type { Finding } from "../finding.ts"
import { firstOf, remembered } from "../survey/remembered.ts"
import type { Subject } from "../survey/subject.ts"
import { usedEndpoints, usedSomewhere } from "../survey/subject.ts"
import type { Survey } from "../survey/survey.ts"
import { counted, field, listed, setField } from "../text.ts"

const doors = ({ service, entry }: Subject): readonly string[] => [
  ...entry.ports.flatMap(({ port }) => (port.nodePort ? [`node port ${port.nodePort}`] : [])),
  ...(service.spec.externalIPs ?? []).map((ip) => `external IP ${ip}`),
]

/** Nodes on which a port of the Service has an endpoint that gets traffic under policy Local. */
export const nodesWithEndpoint = (subject: Subject): ReadonlySet<string> =>
  new Set(
    subject.entry.ports.flatMap((port) => usedSomewhere(subject, port)).flatMap((endpoint) => endpoint.nodeName ?? []),
  )

const hasEndpoint = ({ entry }: Subject): boolean => entry.ports.some((port) => usedEndpoints(port).length > 0)

const runningNodes = remembered((nodes: readonly NodeFacts[]) =>
  nodes.flatMap(({ name, stopped }) => (stopped ? [] : [name])),
)

/** externalTrafficPolicy Local: who from outside is left without an answer. */
export const externalLocal: ServiceCheck = (subject, { nodes, indexes }: Survey) => {
  const { service, kind } = subject
  const { spec } = service
  const open = doors(subject)
  const ingress = service.status?.loadBalancer?.ingress ?? []
  if (kind !== "proxied" || !isExternalLocal(service) || !hasEndpoint(subject)) return NOTHING
  if (open.length === 0 && ingress.length === 0) return NOTHING
  const holding = nodesWithEndpoint(subject)
  const here = field("spec.externalTrafficPolicy", "Local")
  const command = setField(service, "/spec/externalTrafficPolicy", "Cluster")
  const findings: Finding[] = []
  if (spec.type === "LoadBalancer" && !spec.healthCheckNodePort)
    findings.push(
      found(subject, "warning", "health-check-node-port-missing", {
        path: "spec.healthCheckNodePort",
        message:
          "The load balancer cannot ask which nodes have an endpoint: healthCheckNodePort is not set, and it may send to nodes that drop the traffic.",
        fix: "Let the API server give one: delete and create the Service; it sets healthCheckNodePort for type LoadBalancer with externalTrafficPolicy Local.",
        rule: "R49",
      }),
    )
  if (holding.size === 0)
    return [
      ...findings,
      found(subject, "error", "local-policy-without-node-name", {
        ...here,
        message:
          "externalTrafficPolicy is Local, but no endpoint says on which node it is (nodeName): it counts as local nowhere, and everybody from outside gets no answer.",
        fix: "Write nodeName into the EndpointSlice, or set externalTrafficPolicy to Cluster.",
        command,
        rule: "R25",
      }),
    ]
  const running = runningNodes(nodes)
  const held = [...holding].flatMap((name) => {
    const node = indexes.nodes.get(name)
    return node && !node.stopped ? [node] : []
  })
  const empty = running.length - held.length
  if (ingress.length > 0 && held.every((node) => node.excludedFromLoadBalancers))
    findings.push(
      found(subject, "warning", "local-policy-nodes-excluded", {
        ...here,
        message: `All endpoints are on ${listed([...holding])}, to which the load balancer does not send: nobody gets through it.`,
        fix: "Run a pod on a node that the load balancer uses, or set externalTrafficPolicy to Cluster.",
        command,
        rule: "R25",
      }),
    )
  // A load balancer asks healthCheckNodePort and leaves such nodes out by itself.
  if (empty === 0 || spec.type === "LoadBalancer" || open.length === 0) return findings
  const bare = listed(
    firstOf(running, 4, (name) => !holding.has(name)),
    { count: empty, isMore: false },
  )
  const ipvs = indexes.config.proxyMode === "ipvs"
  return [
    ...findings,
    found(subject, "warning", "policy-local-no-endpoint", {
      ...here,
      message: `externalTrafficPolicy is Local, and ${counted(empty, "node")} of ${running.length} ${empty === 1 ? "has" : "have"} no endpoint: ${bare}. ${ipvs ? "Answers to those" : "Those"} who come from outside to ${listed(open)} there ${ipvs ? "are lost" : "get no answer"}; ${listed([...holding])} ${holding.size === 1 ? "answers" : "answer"}.`,
      fix: "Set externalTrafficPolicy to Cluster, run a pod on every node, or send clients only to nodes that have one.",
      command,
      rule: "R25",
    }),
  ]
}
