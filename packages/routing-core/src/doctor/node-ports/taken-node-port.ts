import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { hasRival, nodePortUse, rivalsText } from "../survey/claims.ts"
import { field, portField, setField } from "../text.ts"

/** A node port number that another Service has too. The API server gives a number to one Service only, of any protocol. */
export const takenNodePort: ServiceCheck = (subject, { claims, indexes }) => {
  const { service, entry } = subject
  const health = service.spec.healthCheckNodePort
  const own = `Service ${subject.namespace}/${subject.name}`
  const ports = entry.ports.flatMap(({ port, index, protocol }) => {
    const number = port.nodePort
    if (!number) return NOTHING
    // One Service may have the number twice, for TCP and UDP.
    const rivals = rivalsText(subject, [claims.nodePorts.get(number)]) ?? (number === health ? own : undefined)
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
    if (rivals === undefined) return outside
    const same =
      number === health ||
      ["HealthCheck", protocol].some((use) => hasRival(subject, claims.nodePortUses.get(nodePortUse(number, use))))
    return [
      ...outside,
      found(subject, same ? "error" : "warning", "node-port-taken", {
        ...here,
        message: `Node port ${number} is wanted by ${rivals} too${same ? "; only one of them gets the traffic" : ", for another protocol"}. The API server gives a number to one Service.`,
        fix: "Leave nodePort out in one of them, and it gets a free number.",
        command,
        rule: "R18",
      }),
    ]
  })
  const isOwnPort = entry.ports.some(({ port }) => port.nodePort === health)
  const clash = health
    ? (rivalsText(subject, [claims.nodePorts.get(health)]) ?? (isOwnPort ? own : undefined))
    : undefined
  if (!health || clash === undefined) return ports
  return [
    ...ports,
    found(subject, "warning", "node-port-taken", {
      ...field("spec.healthCheckNodePort", health),
      message: `healthCheckNodePort ${health} is wanted by ${clash} too; kube-proxy cannot open it twice, and the load balancer asks the wrong one.`,
      fix: "Leave healthCheckNodePort out, and it gets a free number; it cannot be changed, so delete and create the Service.",
      rule: "R49",
    }),
  ]
}
