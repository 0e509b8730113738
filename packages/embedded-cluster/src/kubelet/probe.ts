import type { Container, IntOrString, Pod, Probe } from "@pilotage/kube-model"
import type { ListeningSocket } from "@pilotage/routing-core"
import type { Behaviour } from "../images/behaviour.ts"
import { shellWords } from "../images/shell-script.ts"
import type { ContainerRun, ProbeKind, ProbeRun } from "./pod-run.ts"

export interface ProbeSubject {
  readonly pod: Pod
  readonly container: Container
  readonly behaviour: Behaviour
  readonly startedAt: number
  readonly podIP: string
  readonly now: number
}

/** undefined: passed; else what the Event says. */
type Verdict = string | undefined

const portNumber = (port: IntOrString, container: Container): number | undefined => {
  if (typeof port === "number") return port
  if (/^\d+$/.test(port)) return Number(port)
  return container.ports?.find((each) => each.name === port)?.containerPort
}

export const openSockets = (behaviour: Behaviour, startedAt: number, now: number): readonly ListeningSocket[] =>
  now >= startedAt + behaviour.listensAfterMs ? behaviour.sockets : []

/** The kubelet asks from the node: on the node's network it reaches the loopback address too. */
const isOpen = ({ behaviour, startedAt, now, pod }: ProbeSubject, port: number, host = ""): boolean =>
  openSockets(behaviour, startedAt, now).some(
    (socket) =>
      socket.port === port &&
      socket.protocol === "TCP" &&
      (socket.address === "0.0.0.0" || (host === socket.address && pod.spec.hostNetwork === true)),
  )

const httpVerdict = (subject: ProbeSubject, probe: NonNullable<Probe["httpGet"]>): Verdict => {
  const { behaviour, podIP, pod } = subject
  const port = portNumber(probe.port, subject.container)
  if (port === undefined) return `couldn't find port: ${probe.port}`
  const path = probe.path ?? "/"
  const scheme = (probe.scheme ?? "HTTP").toLowerCase()
  const url = `${scheme}://${probe.host ?? podIP}:${port}${path.startsWith("/") ? path : `/${path}`}`
  if (!isOpen(subject, port, probe.host))
    return `Get "${url}": dial tcp ${probe.host ?? podIP}:${port}: connect: connection refused`
  if (scheme === "https" && !behaviour.isTls) return `Get "${url}": http: server gave HTTP response to HTTPS client`
  if (scheme === "http" && behaviour.isTls) return "HTTP probe failed with statuscode: 400"
  if (!behaviour.respond) return `Get "${url}": EOF`
  const reply = behaviour.respond(
    { method: "GET", path, headers: { host: `${podIP}:${port}`, "user-agent": "kube-probe/1.36" }, body: "" },
    {
      hostname: pod.metadata.name,
      podIP,
      source: { ip: podIP.replace(/\.\d+$/, ".1"), port: 40000 },
      port,
      now: subject.now,
      startedAt: subject.startedAt,
    },
  )
  if (reply.exits !== undefined) return `Get "${url}": EOF`
  return reply.status >= 200 && reply.status < 400 ? undefined : `HTTP probe failed with statuscode: ${reply.status}`
}

/** Commands that tell health by a file or an exit code; others are taken to succeed. */
const execVerdict = (command: readonly string[]): Verdict => {
  const at = command.findIndex((arg) => /^-\w*c$/.test(arg))
  const words = at >= 0 ? shellWords(command[at + 1] ?? "") : command
  const [program = "", argument = ""] = words
  if (program === "false" || (program === "exit" && argument !== "0" && argument !== "")) return ""
  if (program === "cat" || program === "ls") {
    const known = argument === "" || /^\/(etc\/(hosts|resolv\.conf|hostname)|)$/.test(argument)
    return known ? undefined : `${program}: ${argument}: No such file or directory\n`
  }
  if (program === "test" && (argument === "-f" || argument === "-e")) return ""
  return undefined
}

const verdictOf = (subject: ProbeSubject, probe: Probe): Verdict => {
  if (probe.httpGet) return httpVerdict(subject, probe.httpGet)
  if (probe.tcpSocket) {
    const port = portNumber(probe.tcpSocket.port, subject.container)
    if (port === undefined) return `couldn't find port: ${probe.tcpSocket.port}`
    return isOpen(subject, port, probe.tcpSocket.host)
      ? undefined
      : `dial tcp ${probe.tcpSocket.host ?? subject.podIP}:${port}: connect: connection refused`
  }
  return probe.exec ? execVerdict(probe.exec.command ?? []) : undefined
}

export const probeOf = (container: Container, kind: ProbeKind): Probe | undefined =>
  kind === "startup"
    ? container.startupProbe
    : kind === "readiness"
      ? container.readinessProbe
      : container.livenessProbe

/** The kubelet notices a started container a little later. */
const NOTICE_MS = 250
/** Beyond so many equal Events the recorder lets one through in five minutes (client-go EventSourceObjectSpamFilter). */
const SPAM_BURST = 25
const SPAM_REFILL_MS = 300_000

export const firstProbe = (probe: Probe, from: number): ProbeRun => ({
  nextAt: from + (probe.initialDelaySeconds ?? 0) * 1000 + NOTICE_MS,
  successes: 0,
  failures: 0,
  passed: false,
})

export interface ProbeStep {
  readonly run: ProbeRun
  /** Set when it failed. */
  readonly message?: string
  /** The threshold of failures has been reached. */
  readonly gaveUp: boolean
}

/** One probe, now. Stops asking once it passes and nothing about the process can change its answer. */
export const stepProbe = (subject: ProbeSubject, probe: Probe, run: ProbeRun): ProbeStep => {
  const message = verdictOf(subject, probe)
  const periodMs = (probe.periodSeconds ?? 10) * 1000
  if (message === undefined) {
    const successes = run.successes + 1
    const passed = run.passed || successes >= (probe.successThreshold ?? 1)
    const isSettled = passed && subject.now >= subject.startedAt + subject.behaviour.listensAfterMs
    return {
      run: { successes, failures: 0, passed, ...(isSettled ? {} : { nextAt: subject.now + periodMs }) },
      gaveUp: false,
    }
  }
  const failures = run.failures + 1
  const gaveUp = failures >= (probe.failureThreshold ?? 3)
  const waitMs =
    failures > SPAM_BURST && subject.now > subject.startedAt + subject.behaviour.listensAfterMs
      ? Math.max(periodMs, SPAM_REFILL_MS)
      : periodMs
  return {
    run: { successes: 0, failures, passed: run.passed && !gaveUp, nextAt: subject.now + waitMs },
    message,
    gaveUp,
  }
}

export const isReady = (container: Container, run: ContainerRun): boolean =>
  run.state === "running" &&
  (!container.startupProbe || run.probes.startup?.passed === true) &&
  (!container.readinessProbe || run.probes.readiness?.passed === true)

export const isStarted = (container: Container, run: ContainerRun): boolean =>
  run.state === "running" && (!container.startupProbe || run.probes.startup?.passed === true)
