import type { Protocol } from "@pilotage/kube-model"
import type { PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { remembered } from "../survey/remembered.ts"
import { capital, field, listed, podsText, portField, portText, setField } from "../text.ts"

interface Declaration {
  readonly pods: readonly PodFacts[]
  readonly byNumber: ReadonlyMap<number, ReadonlySet<Protocol>>
  /** Each number once. */
  readonly byProtocol: ReadonlyMap<Protocol, readonly number[]>
}

/** What the pods that run declare; undefined where we know what they listen on, or where some declare nothing. */
const declarationOf = remembered((selected: readonly PodFacts[]): Declaration | undefined => {
  const pods = selected.filter((pod) => pod.ip && !pod.terminating)
  if (pods.length === 0 || pods.some((pod) => pod.sockets || !pod.declaredPorts?.length)) return undefined
  const byNumber = new Map<number, Set<Protocol>>()
  const byProtocol = new Map<Protocol, number[]>()
  for (const { port, protocol } of pods.flatMap((pod) => pod.declaredPorts ?? [])) {
    const protocols = byNumber.get(port) ?? new Set()
    const numbers = byProtocol.get(protocol) ?? []
    if (!protocols.has(protocol)) numbers.push(port)
    byProtocol.set(protocol, numbers)
    byNumber.set(port, protocols.add(protocol))
  }
  return { pods, byNumber, byProtocol }
})

/**
 * Numeric targetPorts that no container declares. Declaring is documentation only, so this is a note, and none where we
 * know what the pods listen on or where containers declare nothing.
 */
export const undeclaredTargetPort: ServiceCheck = (subject) => {
  const { service, kind } = subject
  if (kind === "external-name") return NOTHING
  const declaration = declarationOf(subject.selected)
  if (!declaration) return NOTHING
  const { pods, byNumber, byProtocol } = declaration
  return (service.spec.ports ?? []).flatMap((port, index) => {
    const target = port.targetPort ?? port.port
    const protocol = port.protocol ?? "TCP"
    if (typeof target !== "number") return NOTHING
    const numbered = byNumber.get(target)
    if (numbered?.has(protocol)) return NOTHING
    const [other] = numbered ?? []
    if (other)
      return [
        found(subject, "warning", "protocol-differs", {
          ...field(portField(index, "protocol"), protocol),
          message: `${capital(portText(port))} sends ${protocol} to ${target}, which ${podsText(pods)} ${pods.length === 1 ? "declares" : "declare"} for ${other} only.`,
          fix: `Set the port's protocol to ${other}, if the program speaks ${other}.`,
          command: setField(service, `/spec/ports/${index}/protocol`, other),
        }),
      ]
    const others = byProtocol.get(protocol) ?? []
    const [only] = others
    return [
      found(subject, "note", "target-port-undeclared", {
        ...field(portField(index, "targetPort"), target),
        message: `${capital(portText(port))} sends to ${target}, which no container of ${podsText(pods)} declares${others.length > 0 ? ` (declared: ${listed(others.slice(0, 4).map(String), { count: others.length, isMore: false })})` : ""}. That is no fault in itself: a program may listen without it.`,
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
