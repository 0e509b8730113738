import { podSocket } from "../../path/sockets.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { capital, field, portField, portText, setField } from "../text.ts"

const differing = (targetPort: number | string | undefined, port: number): boolean =>
  targetPort !== undefined && targetPort !== port

/**
 * A headless Service whose port is not its targetPort. Its name leads straight to the pods; nobody translates the port.
 * An error where we know that no pod listens on the port.
 */
export const headlessPort: ServiceCheck = (subject) => {
  const { service, kind, selected, name } = subject
  if (kind !== "headless") return NOTHING
  const ready = selected.filter((pod) => pod.ip && pod.ready && !pod.terminating)
  const known = ready.filter((pod) => pod.sockets !== undefined)
  return (service.spec.ports ?? []).flatMap((port, index) => {
    const protocol = port.protocol ?? "TCP"
    const { targetPort } = port
    const closed = known.filter((pod) => podSocket(pod, port.port, protocol, false) !== "open")
    const shy = closed.some((pod) => podSocket(pod, port.port, protocol, false) === "loopback-only")
    const isClosed = known.length > 0 && closed.length > 0
    const named = ready.flatMap((pod) =>
      (pod.declaredPorts ?? []).flatMap((each) =>
        each.name === targetPort && each.protocol === protocol ? [each.port] : [],
      ),
    )
    const targets = typeof targetPort === "number" ? [targetPort] : named
    const listening = known
      .flatMap((pod) => pod.sockets ?? [])
      .find((socket) => socket.address === "0.0.0.0" && socket.protocol === protocol)
    const target = targets[0] ?? listening?.port
    const hasPortOfItsOwn = targets.length > 0 && targets.every((each) => each === port.port)
    if (hasPortOfItsOwn || !differing(targetPort, port.port)) {
      if (!isClosed) return NOTHING
      return [
        found(subject, "error", "headless-port-closed", {
          ...field(portField(index, "port"), port.port),
          message: `${capital(portText(port))} of a headless Service is asked of the pods themselves, and ${closed.length === known.length ? "none of them listens" : `${closed.length} of ${known.length} do not listen`} there.`,
          fix: shy
            ? "Let the program listen on 0.0.0.0, not on 127.0.0.1 only."
            : listening
              ? `Set port and targetPort to ${listening.port}.`
              : "Find out why the programs do not listen.",
          rule: shy ? "R33" : "R32",
        }),
      ]
    }
    // Whoever listens on both numbers is reached by either.
    if (known.length > 0 && !isClosed) return NOTHING
    const fix = target === undefined ? "the number on which the pods listen" : String(target)
    return [
      found(subject, isClosed ? "error" : "warning", "headless-port-not-mapped", {
        ...field(portField(index, "targetPort"), targetPort),
        message: `The Service is headless: its name leads straight to the pods and ${port.port} does not become ${typeof targetPort === "string" ? JSON.stringify(targetPort) : targetPort}. ${isClosed ? `A request to ${name}:${port.port} is refused, because no pod listens on ${port.port}.` : `A request to ${name}:${port.port} asks the pods for ${port.port}.`}`,
        fix: `Set port to ${fix} as well, and let clients ask for that; or let the Service have a cluster IP (delete and create it).`,
        ...(target === undefined ? {} : { command: setField(service, `/spec/ports/${index}/port`, target) }),
        rule: "R5",
      }),
    ]
  })
}
