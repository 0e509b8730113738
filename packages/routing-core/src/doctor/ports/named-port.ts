import type { ServicePort } from "@pilotage/kube-model"
import type { DeclaredPort, PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import type { Finding } from "../finding.ts"
import { firstOf, remembered } from "../survey/remembered.ts"
import type { Subject } from "../survey/subject.ts"
import { capital, field, labelsText, listed, podsText, portField, setField } from "../text.ts"

interface Declared {
  /** Pods that declare the name, with the number that counts: the first. */
  readonly pods: ReadonlyMap<PodFacts, number>
  readonly numbers: ReadonlySet<number>
}

interface DeclaredFor {
  readonly first: DeclaredPort
  readonly names: Set<string>
  readonly numbers: Set<number>
}

interface Declaration {
  /** Those that run and whose ports are known. */
  readonly pods: readonly PodFacts[]
  /** By `TCP http`. */
  readonly named: ReadonlyMap<string, Declared>
  /** The first protocol for which a name is declared. */
  readonly protocols: ReadonlyMap<string, string>
  /** By protocol the first port, names (numbers where there is none) and numbers, each once. */
  readonly all: ReadonlyMap<string, DeclaredFor>
}

const nameKey = (protocol: string, name: string): string => `${protocol} ${name}`

/** What the selected pods declare. */
const declarationOf = remembered((selected: readonly PodFacts[]): Declaration => {
  const pods = selected.filter((pod) => pod.ip && !pod.terminating && pod.declaredPorts !== undefined)
  const named = new Map<string, { pods: Map<PodFacts, number>; numbers: Set<number> }>()
  const protocols = new Map<string, string>()
  const all = new Map<string, DeclaredFor>()
  for (const pod of pods)
    for (const declared of pod.declaredPorts ?? []) {
      const { name, port, protocol } = declared
      const known = all.get(protocol) ?? { first: declared, names: new Set(), numbers: new Set() }
      known.names.add(name || String(port))
      known.numbers.add(port)
      all.set(protocol, known)
      if (name === undefined) continue
      if (!protocols.has(name)) protocols.set(name, protocol)
      const key = nameKey(protocol, name)
      const holders = named.get(key) ?? { pods: new Map(), numbers: new Set() }
      if (!holders.pods.has(pod)) {
        holders.pods.set(pod, port)
        holders.numbers.add(port)
      }
      named.set(key, holders)
    }
  return { pods, named, protocols, all }
})

const missingEverywhere = (
  subject: Subject,
  index: number,
  name: string,
  protocol: string,
  { pods, protocols, all }: Declaration,
): Finding => {
  const other = protocols.get(name)
  const declared = all.get(protocol)
  const best = declared?.numbers.size === 1 ? declared.first : undefined
  const names = declared
    ? ` (declared: ${listed([...declared.names].slice(0, 4), { count: declared.names.size, isMore: false })})`
    : ""
  return found(subject, "error", "no-endpoints-port-name", {
    ...field(portField(index, "targetPort"), name),
    message: other
      ? `targetPort is the name ${JSON.stringify(name)}, which ${podsText(pods)} ${pods.length === 1 ? "declares" : "declare"} for ${other} only; this port is ${protocol}, so it has no endpoint.`
      : `targetPort is the name ${JSON.stringify(name)}, but no container of ${podsText(pods)} declares a port with that name${names}, so the port has no endpoint.`,
    fix: best
      ? `Set targetPort to ${JSON.stringify(best.name ?? best.port)}.`
      : `Name the container's port ${JSON.stringify(name)}, or set targetPort to the number on which the program listens.`,
    ...(best ? { command: setField(subject.service, `/spec/ports/${index}/targetPort`, best.name ?? best.port) } : {}),
    rule: "R23",
  })
}

/** Pods of which no port is known to be declared, by address. */
const undeclaredPods = remembered(
  (selected: readonly PodFacts[]): ReadonlyMap<string, PodFacts> =>
    new Map(selected.flatMap((pod) => (pod.declaredPorts === undefined && pod.ip ? [[pod.ip, pod] as const] : []))),
)

/** Those of them that a slice lists, but not for this port: they have no such name. */
const undeclared = ({ entry, selected }: Subject, index: number): readonly PodFacts[] => {
  const endpoints = entry.ports[index]?.endpoints
  const served = new Set([...(endpoints?.IPv4 ?? []), ...(endpoints?.IPv6 ?? [])].map(({ ip }) => ip))
  const listedIPs = new Set(
    entry.slices.flatMap((slice) => (slice.endpoints ?? []).flatMap(({ addresses }) => addresses.slice(0, 1))),
  )
  const pods = undeclaredPods(selected)
  return [...listedIPs].flatMap((ip) => (served.has(ip) ? [] : (pods.get(ip) ?? [])))
}

const numbersText = remembered((numbers: ReadonlySet<number>) => listed([...numbers].sort((a, b) => a - b).map(String)))

const checkPort = (
  subject: Subject,
  port: ServicePort,
  index: number,
  declaration: Declaration,
): readonly Finding[] => {
  const { targetPort } = port
  const protocol = port.protocol ?? "TCP"
  if (typeof targetPort !== "string") return NOTHING
  const having = declaration.named.get(nameKey(protocol, targetPort))
  if (!having) return [missingEverywhere(subject, index, targetPort, protocol, declaration)]
  const { pods } = declaration
  const unknown = undeclared(subject, index)
  const count = pods.length - having.pods.size + unknown.length
  const lacking = [...firstOf(pods, 4, (pod) => !having.pods.has(pod)), ...unknown]
  const here = field(portField(index, "targetPort"), targetPort)
  const numbers = numbersText(having.numbers)
  return [
    ...(count > 0
      ? [
          found(subject, "warning", "named-port-missing", {
            ...here,
            message: `${capital(podsText(lacking, count))} ${count === 1 ? "has" : "have"} no container port named ${JSON.stringify(targetPort)} and so ${count === 1 ? "gets" : "get"} no traffic.`,
            fix: `Name the port ${JSON.stringify(targetPort)} in every pod that ${labelsText(subject.selector ?? {})} selects.`,
          }),
        ]
      : []),
    ...(having.numbers.size > 1
      ? [
          found(subject, "note", "named-port-differs", {
            ...here,
            message: `${JSON.stringify(targetPort)} is not the same number in all pods: ${numbers}. Each pod gets its own; there is an EndpointSlice for each number.`,
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
  const declaration = declarationOf(subject.selected)
  if (declaration.pods.length === 0) return NOTHING
  return (subject.service.spec.ports ?? []).flatMap((port, index) => checkPort(subject, port, index, declaration))
}
