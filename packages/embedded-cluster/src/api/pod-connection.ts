import { err, ok, type Pod, type Result, type Status } from "@pilotage/kube-model"
import type { PodConnection } from "../cluster.ts"
import { attachedCommand } from "../images/registry.ts"
import { type Call, stored, subjectOf } from "./call.ts"
import { containerOf } from "./pod-container.ts"
import { badRequest, methodNotAllowed, notFound } from "./status.ts"

const CONNECTIONS: ReadonlySet<string> = new Set(["attach", "exec", "portforward"])

export const isConnection = ({ subresource }: Pick<Call, "subresource">): boolean => CONNECTIONS.has(subresource)

/** Why a connection that is asked for without an upgrade is none (apimachinery proxy/upgradeaware.go). */
export const upgradeRequired = (): Status => badRequest("Upgrade request required")

/** strconv.ParseBool, and false for what it does not know. */
const flag = (call: Call, name: string, absent = false): boolean => {
  const value = call.query.get(name)
  return value === undefined ? absent : ["1", "t", "T", "true", "TRUE", "True"].includes(value)
}

const portsOf = (values: readonly string[]): Result<readonly number[], Status> => {
  const ports: number[] = []
  for (const text of values.flatMap((value) => value.split(","))) {
    const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
    if (port < 1 || port > 65_535) return err(badRequest(`unable to parse ${JSON.stringify(text)} as a port`))
    ports.push(port)
  }
  return ok(ports)
}

const attachedTo = (pod: Pod, container: string): readonly string[] => {
  const found = pod.spec.containers.find(({ name }) => name === container)
  return (found && attachedCommand(found)) ?? []
}

/**
 * What a connection with a pod is to be, checked as the API server does it before it asks the kubelet
 * (registry/core/pod/strategy.go streamLocation). `valuesOf`: all values of a key of the query.
 */
export const podConnection = (
  call: Call,
  valuesOf: (key: string) => readonly string[],
): Result<PodConnection, Status> => {
  if (call.method !== "GET" && call.method !== "POST") return err(methodNotAllowed())
  const pod = stored(call) as Pod | undefined
  if (!pod) return err(notFound(subjectOf(call)))
  const { namespace, name, subresource } = call
  const container = subresource === "portforward" ? ok("") : containerOf(pod, call.query.get("container") ?? "")
  if (!container.ok) return container
  if (!pod.spec.nodeName) return err(badRequest(`pod ${name} does not have a host assigned`))
  if (subresource === "portforward") {
    const ports = portsOf(valuesOf("ports"))
    return ports.ok
      ? ok({ kind: "portforward", namespace, pod: name, uid: pod.metadata.uid ?? "", ports: ports.value })
      : ports
  }
  const tty = flag(call, "tty")
  const given = {
    stdin: flag(call, "stdin"),
    stdout: flag(call, "stdout", subresource === "attach"),
    stderr: flag(call, "stderr", subresource === "attach"),
  }
  if (!given.stdin && !given.stdout && !given.stderr)
    return err(badRequest("you must specify at least 1 of stdin, stdout, stderr"))
  return ok({
    kind: subresource === "attach" ? "attach" : "exec",
    namespace,
    pod: name,
    container: container.value,
    command: subresource === "attach" ? attachedTo(pod, container.value) : valuesOf("command"),
    ...given,
    // A terminal has one stream for both.
    stderr: given.stderr && !tty,
    tty,
  })
}
