import { at, type JsonRecord, records, text } from "../json-value.ts"
import type { LiveObject } from "../resources/selected.ts"
import type { Session } from "../session.ts"
import { writeContainers } from "./containers.ts"
import { writeTolerations, writeVolumes } from "./volumes.ts"
import { controllerOf, type Description, longTime, since, writeAnnotations, writeLabels } from "./writer.ts"

const writePhase = (session: Session, to: Description, pod: JsonRecord): void => {
  const deleted = at(pod, "metadata", "deletionTimestamp")
  const phase = text(at(pod, "status", "phase"))
  if (deleted !== undefined && phase !== "Succeeded" && phase !== "Failed") {
    to.line(0, `Status:\tTerminating (lasts ${since(deleted, session.host.clock.now())})`)
    to.line(0, `Termination Grace Period:\t${Number(at(pod, "metadata", "deletionGracePeriodSeconds") ?? 0)}s`)
  } else to.line(0, `Status:\t${phase}`)
  for (const [field, title] of [
    ["reason", "Reason"],
    ["message", "Message"],
  ] as const) {
    const words = text(at(pod, "status", field))
    if (words !== "") to.line(0, `${title}:\t${words}`)
  }
}

const writeAddresses = (to: Description, pod: JsonRecord): void => {
  const ips = records(at(pod, "status", "podIPs"))
  to.line(0, `IP:\t${text(at(pod, "status", "podIP"))}`)
  if (ips.length === 0) to.line(0, "IPs:\t<none>")
  else {
    to.line(0, "IPs:")
    for (const each of ips) to.line(1, `IP:\t${text(each.ip)}`)
  }
}

const writeConditions = (to: Description, pod: JsonRecord): void => {
  const conditions = records(at(pod, "status", "conditions"))
  if (conditions.length === 0) return
  to.line(0, "Conditions:")
  to.line(1, "Type\tStatus")
  for (const each of conditions) to.line(1, `${text(each.type)} \t${text(each.status)} `)
}

/** kubectl 1.36 `describePod`. */
export const describePod = async (session: Session, to: Description, { object: pod }: LiveObject): Promise<void> => {
  const spec = at(pod, "spec")
  const node = text(at(spec, "nodeName"))
  to.line(0, `Name:\t${text(at(pod, "metadata", "name"))}`)
  to.line(0, `Namespace:\t${text(at(pod, "metadata", "namespace"))}`)
  if (typeof at(spec, "priority") === "number") to.line(0, `Priority:\t${at(spec, "priority")}`)
  const priorityClass = text(at(spec, "priorityClassName"))
  if (priorityClass !== "") to.line(0, `Priority Class Name:\t${priorityClass}`)
  const account = text(at(spec, "serviceAccountName"))
  if (account !== "") to.line(0, `Service Account:\t${account}`)
  to.line(0, `Node:\t${node === "" ? "<none>" : `${node}/${text(at(pod, "status", "hostIP"))}`}`)
  const started = at(pod, "status", "startTime")
  if (started !== undefined) to.line(0, `Start Time:\t${longTime(started)}`)
  writeLabels(to, "Labels", at(pod, "metadata", "labels"))
  writeAnnotations(to, "Annotations", at(pod, "metadata", "annotations"))
  writePhase(session, to, pod)
  writeAddresses(to, pod)
  const controller = controllerOf(pod)
  if (controller !== "") to.line(0, `Controlled By:\t${controller}`)
  const init = records(at(spec, "initContainers"))
  if (init.length > 0)
    writeContainers(to, "Init Containers", init, records(at(pod, "status", "initContainerStatuses")), "")
  writeContainers(
    to,
    "Containers",
    records(at(spec, "containers")),
    records(at(pod, "status", "containerStatuses")),
    "",
  )
  writeConditions(to, pod)
  writeVolumes(to, spec, "")
  to.line(0, `QoS Class:\t${text(at(pod, "status", "qosClass")) || "BestEffort"}`)
  writeLabels(to, "Node-Selectors", at(spec, "nodeSelector"))
  writeTolerations(to, "Tolerations", spec)
}
