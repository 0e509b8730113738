import type { ServicePort } from "@pilotage/kube-model"
import type { PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import type { Finding } from "../finding.ts"
import type { Subject } from "../survey/subject.ts"
import { capital, field, labelsText, listed, podsText, portField, setField } from "../text.ts"

/** Numbers under which a pod declares the name, over the Service port's protocol. The first is the one that counts. */
const numberIn = (pod: PodFacts, name: string, protocol: string): number | undefined =>
  pod.declaredPorts?.find((each) => each.name === name && each.protocol === protocol)?.port

/** The ports that are declared for the protocol, by name where they have one. */
const namesIn = (pods: readonly PodFacts[], protocol: string): readonly string[] => [
  ...new Set(
    pods
      .flatMap((pod) => pod.declaredPorts ?? [])
      .filter((each) => each.protocol === protocol)
      .map((each) => each.name || String(each.port)),
  ),
]

const missingEverywhere = (
  subject: Subject,
  index: number,
  name: string,
  protocol: string,
  pods: readonly PodFacts[],
): Finding => {
  const other = pods.flatMap((pod) => pod.declaredPorts ?? []).find((each) => each.name === name)
  const names = pods.flatMap((pod) => pod.declaredPorts ?? []).filter((each) => each.protocol === protocol)
  const best = names.length === 1 || new Set(names.map((each) => each.port)).size === 1 ? names[0] : undefined
  return found(subject, "error", "no-endpoints-port-name", {
    ...field(portField(index, "targetPort"), name),
    message: other
      ? `targetPort is the name ${JSON.stringify(name)}, which ${podsText(pods)} ${pods.length === 1 ? "declares" : "declare"} for ${other.protocol} only; this port is ${protocol}, so it has no endpoint.`
      : `targetPort is the name ${JSON.stringify(name)}, but no container of ${podsText(pods)} declares a port with that name${names.length > 0 ? ` (declared: ${listed(namesIn(pods, protocol))})` : ""}, so the port has no endpoint.`,
    fix: best
      ? `Set targetPort to ${JSON.stringify(best.name ?? best.port)}.`
      : `Name the container's port ${JSON.stringify(name)}, or set targetPort to the number on which the program listens.`,
    ...(best ? { command: setField(subject.service, `/spec/ports/${index}/targetPort`, best.name ?? best.port) } : {}),
    rule: "R23",
  })
}

/** Pods of which no port is known to be declared and that a slice lists, but not for this port: they have no such name. */
const undeclared = ({ entry, selected }: Subject, index: number): readonly PodFacts[] => {
  const endpoints = entry.ports[index]?.endpoints
  const served = new Set([...(endpoints?.IPv4 ?? []), ...(endpoints?.IPv6 ?? [])].map(({ ip }) => ip))
  const listedIPs = new Set(
    entry.slices.flatMap((slice) => (slice.endpoints ?? []).flatMap(({ addresses }) => addresses.slice(0, 1))),
  )
  return selected.filter(
    ({ ip = "", declaredPorts }) => declaredPorts === undefined && listedIPs.has(ip) && !served.has(ip),
  )
}

const checkPort = (
  subject: Subject,
  port: ServicePort,
  index: number,
  pods: readonly PodFacts[],
): readonly Finding[] => {
  const { targetPort } = port
  const protocol = port.protocol ?? "TCP"
  if (typeof targetPort !== "string") return NOTHING
  const having = pods.filter((pod) => numberIn(pod, targetPort, protocol) !== undefined)
  if (having.length === 0) return [missingEverywhere(subject, index, targetPort, protocol, pods)]
  const served = new Set(having)
  const lacking = [...pods.filter((pod) => !served.has(pod)), ...undeclared(subject, index)]
  const numbers = new Set(having.flatMap((pod) => numberIn(pod, targetPort, protocol) ?? []))
  const here = field(portField(index, "targetPort"), targetPort)
  return [
    ...(lacking.length > 0
      ? [
          found(subject, "warning", "named-port-missing", {
            ...here,
            message: `${capital(podsText(lacking))} ${lacking.length === 1 ? "has" : "have"} no container port named ${JSON.stringify(targetPort)} and so ${lacking.length === 1 ? "gets" : "get"} no traffic.`,
            fix: `Name the port ${JSON.stringify(targetPort)} in every pod that ${labelsText(subject.selector ?? {})} selects.`,
          }),
        ]
      : []),
    ...(numbers.size > 1
      ? [
          found(subject, "note", "named-port-differs", {
            ...here,
            message: `${JSON.stringify(targetPort)} is not the same number in all pods: ${listed([...numbers].sort((a, b) => a - b).map(String))}. Each pod gets its own; there is an EndpointSlice for each number.`,
            fix: "Nothing has to change; it is how a Service moves from one port to another.",
            rule: "R19",
          }),
        ]
      : []),
  ]
}

/** Named targetPorts against the ports that containers declare, where these are known. */
export const namedTargetPort: ServiceCheck = (subject) => {
  if (subject.kind === "external-name") return NOTHING
  const pods = subject.selected.filter((pod) => pod.ip && !pod.terminating && pod.declaredPorts !== undefined)
  if (pods.length === 0) return NOTHING
  return (subject.service.spec.ports ?? []).flatMap((port, index) => checkPort(subject, port, index, pods))
}
