import { at, isRecord, type JsonRecord, records, text } from "../json-value.ts"
import { type Description, longTime, orNone } from "./writer.ts"

const portText = (port: JsonRecord, number: unknown): string =>
  `${Number(number ?? 0)}/${text(port.protocol) || "TCP"}${text(port.name) === "" ? "" : ` (${text(port.name)})`}`

const writePorts = (to: Description, ports: readonly JsonRecord[]): void => {
  const inside = ports.map((port) => portText(port, port.containerPort)).join(", ")
  const host = ports.map((port) => portText(port, port.hostPort)).join(", ")
  to.line(2, `${ports.length > 1 ? "Ports" : "Port"}:\t${orNone(inside)}`)
  to.line(2, `${ports.length > 1 ? "Host Ports" : "Host Port"}:\t${orNone(host)}`)
}

const writeWords = (to: Description, title: string, words: unknown): void => {
  if (!Array.isArray(words) || words.length === 0) return
  to.line(2, `${title}:`)
  for (const word of words) for (const line of String(word).split("\n")) to.line(3, line)
}

const writeState = (to: Description, title: string, state: unknown): void => {
  const { running, waiting, terminated } = isRecord(state) ? state : {}
  if (isRecord(running)) {
    to.line(2, `${title}:\tRunning`)
    to.line(3, `Started:\t${longTime(running.startedAt)}`)
  } else if (isRecord(terminated)) {
    to.line(2, `${title}:\tTerminated`)
    if (text(terminated.reason) !== "") to.line(3, `Reason:\t${text(terminated.reason)}`)
    if (text(terminated.message) !== "") to.line(3, `Message:\t${text(terminated.message)}`)
    to.line(3, `Exit Code:\t${Number(terminated.exitCode ?? 0)}`)
    to.line(3, `Started:\t${longTime(terminated.startedAt)}`)
    to.line(3, `Finished:\t${longTime(terminated.finishedAt)}`)
  } else {
    to.line(2, `${title}:\tWaiting`)
    if (text(at(waiting, "reason")) !== "") to.line(3, `Reason:\t${text(at(waiting, "reason"))}`)
  }
}

const writeStatus = (to: Description, status: JsonRecord | undefined): void => {
  if (!status) return
  writeState(to, "State", status.state)
  if (isRecord(at(status, "lastState", "terminated"))) writeState(to, "Last State", status.lastState)
  to.line(2, `Ready:\t${status.ready === true ? "True" : "False"}`)
  to.line(2, `Restart Count:\t${Number(status.restartCount ?? 0)}`)
}

const writeResources = (to: Description, container: JsonRecord): void => {
  for (const [field, title] of [
    ["limits", "Limits"],
    ["requests", "Requests"],
  ] as const) {
    const amounts = at(container, "resources", field)
    if (!isRecord(amounts) || Object.keys(amounts).length === 0) continue
    to.line(2, `${title}:`)
    for (const [name, amount] of Object.entries(amounts).sort()) to.line(3, `${name}:\t${amount}`)
  }
}

const probeAction = (probe: JsonRecord): string => {
  const { httpGet, tcpSocket, exec, grpc } = probe
  if (isRecord(exec)) return `exec [${Array.isArray(exec.command) ? exec.command.join(" ") : ""}]`
  if (isRecord(httpGet))
    return `http-get ${(text(httpGet.scheme) || "HTTP").toLowerCase()}://${text(httpGet.host)}:${httpGet.port}${text(httpGet.path) || "/"}`
  if (isRecord(tcpSocket)) return `tcp-socket ${text(tcpSocket.host)}:${tcpSocket.port}`
  if (isRecord(grpc)) return `grpc <pod>:${grpc.port} ${text(grpc.service)}`
  return "unknown"
}

const writeProbe = (to: Description, title: string, probe: unknown): void => {
  if (!isRecord(probe)) return
  const number = (field: string): number => Number(probe[field] ?? 0)
  to.line(
    2,
    `${title}:\t${probeAction(probe)} delay=${number("initialDelaySeconds")}s timeout=${number("timeoutSeconds")}s period=${number("periodSeconds")}s #success=${number("successThreshold")} #failure=${number("failureThreshold")}`,
  )
}

const envSource = (from: JsonRecord): string => {
  const { fieldRef, configMapKeyRef, secretKeyRef, resourceFieldRef } = from
  if (isRecord(fieldRef)) return ` (${text(fieldRef.apiVersion) || "v1"}:${text(fieldRef.fieldPath)})`
  if (isRecord(configMapKeyRef))
    return `<set to the key '${text(configMapKeyRef.key)}' of config map '${text(configMapKeyRef.name)}'>\tOptional: ${configMapKeyRef.optional === true}`
  if (isRecord(secretKeyRef))
    return `<set to the key '${text(secretKeyRef.key)}' in secret '${text(secretKeyRef.name)}'>\tOptional: ${secretKeyRef.optional === true}`
  if (isRecord(resourceFieldRef)) return ` (${text(resourceFieldRef.resource)})`
  return ""
}

const writeEnvironment = (to: Description, container: JsonRecord): void => {
  const env = records(container.env)
  to.line(2, `Environment:${env.length === 0 ? "\t<none>" : ""}`)
  for (const each of env) {
    if (isRecord(each.valueFrom)) to.line(3, `${text(each.name)}:\t${envSource(each.valueFrom)}`)
    else
      for (const [index, line] of text(each.value).split("\n").entries())
        to.line(3, index === 0 ? `${text(each.name)}:\t${line}` : `\t${line}`)
  }
}

const writeMounts = (to: Description, container: JsonRecord): void => {
  const mounts = records(container.volumeMounts)
  to.line(2, `Mounts:${mounts.length === 0 ? "\t<none>" : ""}`)
  for (const mount of [...mounts].sort((left, right) => (text(left.mountPath) < text(right.mountPath) ? -1 : 1))) {
    const flags = [
      mount.readOnly === true ? "ro" : "rw",
      ...(text(mount.subPath) === "" ? [] : [`path="${text(mount.subPath)}"`]),
    ]
    to.line(3, `${text(mount.mountPath)} from ${text(mount.name)} (${flags.join(",")})`)
  }
}

/** `indent` is for templates, which stand one step to the right. */
export const writeContainers = (
  to: Description,
  title: string,
  containers: readonly JsonRecord[],
  statuses: readonly JsonRecord[],
  indent: "" | "  ",
): void => {
  to.line(0, `${indent}${title}:`)
  for (const container of containers) {
    const status = statuses.find((each) => each.name === container.name)
    to.line(1, `${indent === "" ? "" : " "}${text(container.name)}:`)
    if (status) to.line(2, `Container ID:\t${text(status.containerID)}`)
    to.line(2, `Image:\t${text(container.image)}`)
    if (status) to.line(2, `Image ID:\t${text(status.imageID)}`)
    writePorts(to, records(container.ports))
    writeWords(to, "Command", container.command)
    writeWords(to, "Args", container.args)
    writeStatus(to, status)
    writeResources(to, container)
    writeProbe(to, "Liveness", container.livenessProbe)
    writeProbe(to, "Readiness", container.readinessProbe)
    writeProbe(to, "Startup", container.startupProbe)
    writeEnvironment(to, container)
    writeMounts(to, container)
  }
}
