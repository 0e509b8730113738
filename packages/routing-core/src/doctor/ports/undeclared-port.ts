import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { capital, field, listed, podsText, portField, portText, setField } from "../text.ts"

/**
 * Numeric targetPorts that no container declares. Declaring is documentation only, so this is a note, and none where we
 * know what the pods listen on or where containers declare nothing.
 */
export const undeclaredTargetPort: ServiceCheck = (subject) => {
  const { service, kind } = subject
  if (kind === "external-name") return NOTHING
  const pods = subject.selected.filter((pod) => pod.ip && !pod.terminating)
  if (pods.length === 0 || pods.some((pod) => pod.sockets || !pod.declaredPorts?.length)) return NOTHING
  return (service.spec.ports ?? []).flatMap((port, index) => {
    const target = port.targetPort ?? port.port
    const protocol = port.protocol ?? "TCP"
    if (typeof target !== "number") return NOTHING
    const declared = pods.flatMap((pod) => pod.declaredPorts ?? [])
    const numbered = declared.filter((each) => each.port === target)
    if (numbered.some((each) => each.protocol === protocol)) return NOTHING
    const other = numbered[0]?.protocol
    if (other)
      return [
        found(subject, "warning", "protocol-differs", {
          ...field(portField(index, "protocol"), protocol),
          message: `${capital(portText(port))} sends ${protocol} to ${target}, which ${podsText(pods)} ${pods.length === 1 ? "declares" : "declare"} for ${other} only.`,
          fix: `Set the port's protocol to ${other}, if the program speaks ${other}.`,
          command: setField(service, `/spec/ports/${index}/protocol`, other),
        }),
      ]
    const others = [...new Set(declared.filter((each) => each.protocol === protocol).map((each) => each.port))]
    const [only] = others
    return [
      found(subject, "note", "target-port-undeclared", {
        ...field(portField(index, "targetPort"), target),
        message: `${capital(portText(port))} sends to ${target}, which no container of ${podsText(pods)} declares${others.length > 0 ? ` (declared: ${listed(others.map(String))})` : ""}. That is no fault in itself: a program may listen without it.`,
        fix:
          only !== undefined && others.length === 1
            ? `If the program listens on ${only}, set targetPort to ${only}.`
            : "See on which port the program listens.",
        ...(only !== undefined && others.length === 1
          ? { command: setField(service, `/spec/ports/${index}/targetPort`, only) }
          : {}),
      }),
    ]
  })
}
