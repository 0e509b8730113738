import type { NodeFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import type { Finding } from "../finding.ts"
import { remembered } from "../survey/remembered.ts"
import { field, listed, portField, portText, setField } from "../text.ts"

/** Why none of them is used; undefined where one is, or where there are none. */
const idleNodes = remembered((nodes: readonly NodeFacts[]) =>
  nodes.length > 0 && nodes.every((node) => node.excludedFromLoadBalancers || node.stopped)
    ? listed(nodes.map(({ name, stopped }) => `${name} is ${stopped ? "stopped" : "excluded by its label"}`))
    : undefined,
)

/** A load balancer that is a machine of its own (ipMode Proxy, or a host name): what it cannot do without, and what it hides. */
export const proxyLoadBalancer: ServiceCheck = (subject, { indexes, nodes }) => {
  const { service, entry, kind } = subject
  const { spec, status } = service
  if (spec.type !== "LoadBalancer" || kind !== "proxied") return NOTHING
  const ingress = status?.loadBalancer?.ingress ?? []
  const idle = idleNodes(nodes)
  const proxied = ingress.some((each) => each.ipMode === "Proxy")
  const findings: Finding[] = []
  if (proxied) {
    const bare = entry.ports.filter(({ port }) => !port.nodePort)
    const [first] = bare
    if (first)
      findings.push(
        found(subject, "error", "load-balancer-no-node-port", {
          ...field(
            spec.allocateLoadBalancerNodePorts === false
              ? "spec.allocateLoadBalancerNodePorts"
              : portField(first.index, "nodePort"),
            spec.allocateLoadBalancerNodePorts === false ? false : (first.port.nodePort ?? 0),
          ),
          message: `The load balancer is a proxy that connects to node ports, and ${listed(bare.map(({ port }) => portText(port)))} ${bare.length === 1 ? "has" : "have"} none: it accepts connections and closes them.`,
          fix: "Set allocateLoadBalancerNodePorts to true.",
          command: setField(service, "/spec/allocateLoadBalancerNodePorts", true),
          rule: "R44",
        }),
      )
    if (spec.sessionAffinity === "ClientIP")
      findings.push(
        found(subject, "warning", "affinity-behind-proxy", {
          ...field("spec.sessionAffinity", "ClientIP"),
          message:
            "sessionAffinity ClientIP sees the load balancer's address, not the clients': all who come through it are one client, and one pod serves them all.",
          fix: "Let the load balancer hash by client itself, and set sessionAffinity to None.",
          command: setField(service, "/spec/sessionAffinity", "None"),
          rule: "R46",
        }),
      )
  }
  if (ingress.length > 0 && idle !== undefined)
    findings.push(
      found(subject, "error", "load-balancer-no-node", {
        message: `The load balancer has no node to send to: ${idle}.`,
        fix: "Take the label node.kubernetes.io/exclude-from-external-load-balancers off a node.",
        command: "kubectl label nodes --all node.kubernetes.io/exclude-from-external-load-balancers-",
        rule: proxied ? "R44" : "R41",
      }),
    )
  if (ingress.length > 0 && ingress.every((each) => !each.ip && each.hostname))
    findings.push(
      found(subject, "note", "load-balancer-host-name", {
        ...field("status.loadBalancer.ingress[0].hostname", ingress[0]?.hostname),
        message: `The load balancer has a name and no address (${ingress[0]?.hostname}): kube-proxy cannot take a short cut, so pods that use it leave the cluster and come back.`,
        fix: `Inside the cluster use the name ${subject.name}.${subject.namespace}.svc.${indexes.config.clusterDomain}.`,
      }),
    )
  return findings
}
