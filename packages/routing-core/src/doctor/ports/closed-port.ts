import type { Protocol } from "@pilotage/kube-model"
import { podSocket } from "../../path/sockets.ts"
import type { EndpointFact, PortEntry } from "../../proxy/service-entry.ts"
import type { PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import type { Finding, Severity } from "../finding.ts"
import { type Subject, usedEndpoints, usedSomewhere } from "../survey/subject.ts"
import type { Survey } from "../survey/survey.ts"
import { capital, field, listed, podsText, portField, portText, setField } from "../text.ts"

interface Target {
  readonly pod: PodFacts
  readonly port: number
  /** Only a last resort of its own node, under a policy Local. */
  readonly isLastResort: boolean
}

const severityOf = (targets: readonly Target[]): Severity =>
  targets.every((target) => target.isLastResort) ? "warning" : "error"

/** The pod behind an endpoint, if it still has that address. */
export const podBehind = ({ indexes }: Survey, endpoint: EndpointFact): PodFacts | undefined => {
  const named = endpoint.podKey === undefined ? undefined : indexes.pods.get(endpoint.podKey)
  if (named && (named.ip === endpoint.ip || named.secondIP === endpoint.ip)) return named
  return indexes.podsByIP.get(endpoint.ip)?.[0]
}

/** `8080/TCP, 9090/TCP`; what the pods listen on where others can reach it. */
export const openPorts = (
  pods: readonly PodFacts[],
): readonly { readonly port: number; readonly protocol: Protocol }[] => {
  const open = new Map<string, { readonly port: number; readonly protocol: Protocol }>()
  for (const pod of pods)
    for (const { address, port, protocol } of pod.sockets ?? [])
      if (address === "0.0.0.0") open.set(`${port}/${protocol}`, { port, protocol })
  return [...open.values()].sort((a, b) => a.port - b.port)
}

const share = (closed: number, all: number): string =>
  closed === all ? "" : `${closed} of ${all} endpoints ${closed === 1 ? "refuses" : "refuse"}: `

const closedPort = (
  subject: Subject,
  { index, port, protocol }: PortEntry,
  closed: readonly Target[],
  all: number,
): Finding => {
  const pods = closed.map(({ pod }) => pod)
  const target = listed([...new Set(closed.map((each) => String(each.port)))])
  const open = openPorts(pods)
  const heard = `Service ${subject.name} sends its ${portText(port)} to ${target}/${protocol}`
  if (open.length === 0)
    return {
      ...found(subject, severityOf(closed), "nothing-listens", {
        message: `${share(closed.length, all)}${heard}, but ${podsText(pods)} ${pods.length === 1 ? "listens" : "listen"} on no port at all.`,
        fix: `Find out why the program in pod ${pods[0]?.name} does not listen.`,
        command: `kubectl logs ${pods[0]?.name} -n ${pods[0]?.namespace}`,
        rule: "R32",
      }),
      object: { kind: "Pod", namespace: pods[0]?.namespace ?? "", name: pods[0]?.name ?? "" },
      service: subject.ref,
    }
  const fitting = open.filter((each) => each.protocol === protocol)
  const [best] = fitting
  const says = `${podsText(pods)} ${pods.length === 1 ? "listens" : "listen"} on ${listed(open.map((each) => `${each.port}/${each.protocol}`))}`
  if (!best)
    return found(subject, severityOf(closed), "wrong-target-port", {
      ...field(portField(index, "protocol"), protocol),
      message: `${share(closed.length, all)}${heard}, but ${says}: not over ${protocol}.`,
      fix: `Set the port's protocol to ${open[0]?.protocol}.`,
      command: setField(subject.service, `/spec/ports/${index}/protocol`, open[0]?.protocol),
      rule: "R32",
    })
  return found(subject, severityOf(closed), "wrong-target-port", {
    ...field(portField(index, "targetPort"), port.targetPort ?? port.port),
    message: `${share(closed.length, all)}${heard}, but ${says}.`,
    fix:
      closed.length < all
        ? `Let all pods listen on the same port, or select only those that listen on ${target}.`
        : fitting.length === 1
          ? `Set targetPort to ${best.port}.`
          : `Set targetPort to the port that is meant: ${listed(fitting.map((each) => String(each.port)))}.`,
    ...(closed.length === all
      ? { command: setField(subject.service, `/spec/ports/${index}/targetPort`, best.port) }
      : { command: `kubectl get pods --show-labels -n ${subject.namespace}` }),
    rule: "R32",
  })
}

const loopbackOnly = (subject: Subject, { port }: PortEntry, closed: readonly Target[], all: number): Finding => {
  const [first] = closed
  return {
    ...found(subject, severityOf(closed), "listens-on-loopback-only", {
      path: "spec.containers[0]",
      message: `${capital(`${share(closed.length, all)}${portText(port)}`)} leads to ${first?.port}, where ${podsText(closed.map(({ pod }) => pod))} ${closed.length === 1 ? "listens" : "listen"} on 127.0.0.1 only; nobody outside the pod gets through, though kubectl port-forward does.`,
      fix: "Let the program listen on 0.0.0.0.",
      command: `kubectl logs ${first?.pod.name} -n ${first?.pod.namespace}`,
      rule: "R33",
    }),
    object: { kind: "Pod", namespace: first?.pod.namespace ?? "", name: first?.pod.name ?? "" },
    service: subject.ref,
  }
}

/** Endpoints that get traffic and on whose port nobody listens, as far as the pods' sockets are known. */
export const closedTargetPort: ServiceCheck = (subject, survey) => {
  if (subject.kind !== "proxied") return NOTHING
  return subject.entry.ports.flatMap((port) => {
    const closed: Target[] = []
    const loopback: Target[] = []
    const first = new Set(usedEndpoints(port))
    const used = usedSomewhere(subject, port)
    for (const endpoint of used) {
      const pod = podBehind(survey, endpoint)
      if (!pod) continue
      const answer = podSocket(pod, endpoint.port, port.protocol, false)
      const target: Target = { pod, port: endpoint.port, isLastResort: !first.has(endpoint) }
      if (answer === "closed") closed.push(target)
      if (answer === "loopback-only") loopback.push(target)
    }
    return [
      ...(closed.length > 0 ? [closedPort(subject, port, closed, used.length)] : []),
      ...(loopback.length > 0 ? [loopbackOnly(subject, port, loopback, used.length)] : []),
    ]
  })
}
