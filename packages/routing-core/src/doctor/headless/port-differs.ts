import type { Protocol } from "@pilotage/kube-model"
import { podSocket } from "../../path/sockets.ts"
import type { ListeningSocket, PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { remembered } from "../survey/remembered.ts"
import { capital, field, portField, portText, setField } from "../text.ts"

const differing = (targetPort: number | string | undefined, port: number): boolean =>
  targetPort !== undefined && targetPort !== port

interface Listening {
  /** How many ready pods there are whose sockets are known. */
  readonly known: number
  /** By `TCP 8080`, how many of them are open there, or on 127.0.0.1 only. */
  readonly socketsAt: ReadonlyMap<string, { readonly open: number; readonly loopbackOnly: number }>
  /** Numbers that ready pods declare under a name, by `TCP http`. */
  readonly named: ReadonlyMap<string, ReadonlySet<number>>
  /** The first socket of a protocol that is reached from other pods. */
  readonly listeners: ReadonlyMap<Protocol, ListeningSocket>
}

const listeningOf = remembered((selected: readonly PodFacts[]): Listening => {
  const ready = selected.filter((pod) => pod.ip && pod.ready && !pod.terminating)
  const known = ready.filter((pod) => pod.sockets !== undefined)
  const socketsAt = new Map<string, { readonly open: number; readonly loopbackOnly: number }>()
  const named = new Map<string, Set<number>>()
  const listeners = new Map<Protocol, ListeningSocket>()
  for (const pod of known) {
    const own = new Map((pod.sockets ?? []).map((socket) => [`${socket.protocol} ${socket.port}`, socket]))
    for (const [key, { port, protocol }] of own) {
      const { open = 0, loopbackOnly = 0 } = socketsAt.get(key) ?? {}
      const isOpen = podSocket(pod, port, protocol, false) === "open"
      socketsAt.set(key, { open: open + (isOpen ? 1 : 0), loopbackOnly: loopbackOnly + (isOpen ? 0 : 1) })
    }
    for (const socket of pod.sockets ?? [])
      if (socket.address === "0.0.0.0" && !listeners.has(socket.protocol)) listeners.set(socket.protocol, socket)
  }
  for (const { name, port, protocol } of ready.flatMap((pod) => pod.declaredPorts ?? [])) {
    if (name === undefined) continue
    const key = `${protocol} ${name}`
    named.set(key, (named.get(key) ?? new Set()).add(port))
  }
  return { known: known.length, socketsAt, named, listeners }
})

/**
 * A headless Service whose port is not its targetPort. Its name leads straight to the pods; nobody translates the port.
 * An error where we know that no pod listens on the port.
 */
export const headlessPort: ServiceCheck = (subject) => {
  const { service, kind, selected, name } = subject
  if (kind !== "headless") return NOTHING
  const { known, socketsAt, named, listeners } = listeningOf(selected)
  return (service.spec.ports ?? []).flatMap((port, index) => {
    const protocol = port.protocol ?? "TCP"
    const { targetPort } = port
    const here = socketsAt.get(`${protocol} ${port.port}`)
    const closed = known - (here?.open ?? 0)
    const shy = (here?.loopbackOnly ?? 0) > 0
    const isClosed = closed > 0
    const targets = typeof targetPort === "number" ? [targetPort] : [...(named.get(`${protocol} ${targetPort}`) ?? [])]
    const listening = listeners.get(protocol)
    const target = targets[0] ?? listening?.port
    const hasPortOfItsOwn = targets.length > 0 && targets.every((each) => each === port.port)
    if (hasPortOfItsOwn || !differing(targetPort, port.port)) {
      if (!isClosed) return NOTHING
      return [
        found(subject, "error", "headless-port-closed", {
          ...field(portField(index, "port"), port.port),
          message: `${capital(portText(port))} of a headless Service is asked of the pods themselves, and ${closed === known ? "none of them listens" : `${closed} of ${known} do not listen`} there.`,
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
    if (known > 0 && !isClosed) return NOTHING
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
