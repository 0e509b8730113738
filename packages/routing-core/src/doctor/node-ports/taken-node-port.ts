import { found, NOTHING, type ServiceCheck } from "../check.ts"
import type { Claim } from "../survey/claims.ts"
import { field, listed, portField, setField } from "../text.ts"

/** A node port number that another Service has too. The API server gives a number to one Service only, of any protocol. */
export const takenNodePort: ServiceCheck = (subject, { claims, indexes }) => {
  const { service, entry } = subject
  const health = service.spec.healthCheckNodePort
  const others = (number: number, kind: Claim["kind"]) =>
    // One Service may have the number twice, for TCP and UDP.
    (claims.nodePorts.get(number) ?? []).filter((each) => each.subject !== subject || each.kind !== kind)
  const ports = entry.ports.flatMap(({ port, index, protocol }) => {
    const number = port.nodePort
    if (!number) return NOTHING
    const taken = others(number, "NodePort")
    const { from, to } = indexes.config.nodePortRange
    const here = field(portField(index, "nodePort"), number)
    const command = setField(service, `/spec/ports/${index}/nodePort`, 0)
    const outside =
      number < from || number > to
        ? [
            found(subject, "warning", "node-port-out-of-range", {
              ...here,
              message: `Node port ${number} is outside ${from}-${to}; the API server takes it only where its range was changed.`,
              fix: `Choose a number from ${from} to ${to}, or leave it out.`,
              command,
            }),
          ]
        : NOTHING
    if (taken.length === 0) return outside
    const same = taken.some(
      (each) =>
        each.kind === "HealthCheck" || (each.subject.entry.ports[each.portIndex]?.protocol ?? "TCP") === protocol,
    )
    return [
      ...outside,
      found(subject, same ? "error" : "warning", "node-port-taken", {
        ...here,
        message: `Node port ${number} is wanted by ${listed([...new Set(taken.map((each) => `Service ${each.subject.namespace}/${each.subject.name}`))])} too${same ? "; only one of them gets the traffic" : ", for another protocol"}. The API server gives a number to one Service.`,
        fix: "Leave nodePort out in one of them, and it gets a free number.",
        command,
        rule: "R18",
      }),
    ]
  })
  const clash = health ? others(health, "HealthCheck") : []
  if (!health || clash.length === 0) return ports
  return [
    ...ports,
    found(subject, "warning", "node-port-taken", {
      ...field("spec.healthCheckNodePort", health),
      message: `healthCheckNodePort ${health} is wanted by ${listed([...new Set(clash.map((each) => `Service ${each.subject.namespace}/${each.subject.name}`))])} too; kube-proxy cannot open it twice, and the load balancer asks the wrong one.`,
      fix: "Leave healthCheckNodePort out, and it gets a free number; it cannot be changed, so delete and create the Service.",
      rule: "R49",
    }),
  ]
}
