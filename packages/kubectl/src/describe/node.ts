import { pathOf, requireType } from "../api/discovery.ts"
import { isNotFound } from "../failure.ts"
import { at, isRecord, type JsonRecord, records, text } from "../json-value.ts"
import type { LiveObject } from "../resources/selected.ts"
import type { Session } from "../session.ts"
import { formatQuantity, quantity } from "./quantity.ts"
import { type Description, longTime, orNone, orUnset, since, writeAnnotations, writeLabels } from "./writer.ts"

const ROLE = "node-role.kubernetes.io/"

const rolesOf = (node: JsonRecord): string => {
  const labels = at(node, "metadata", "labels")
  const roles = isRecord(labels) ? Object.keys(labels).filter((key) => key.startsWith(ROLE)) : []
  return orNone(
    roles
      .map((key) => key.slice(ROLE.length))
      .sort()
      .join(","),
  )
}

const taintText = (taint: JsonRecord): string =>
  `${text(taint.key)}${text(taint.value) === "" ? "" : `=${text(taint.value)}`}:${text(taint.effect)}`

const writeTaints = (to: Description, node: JsonRecord): void => {
  const taints = records(at(node, "spec", "taints"))
  if (taints.length === 0) to.line(0, "Taints:\t<none>")
  for (const [index, taint] of taints.entries()) to.line(0, `${index === 0 ? "Taints:" : ""}\t${taintText(taint)}`)
}

const writeLease = async (session: Session, to: Description, name: string): Promise<void> => {
  const lease = await session.api
    .send("GET", `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${name}`)
    .catch((error: unknown) => {
      if (isNotFound(error)) return undefined
      throw error
    })
  to.line(0, "Lease:")
  to.line(1, `HolderIdentity:\t${orUnset(text(at(lease, "spec", "holderIdentity")))}`)
  to.line(1, `AcquireTime:\t${longTime(at(lease, "spec", "acquireTime"))}`)
  to.line(1, `RenewTime:\t${longTime(at(lease, "spec", "renewTime"))}`)
}

const writeConditions = (to: Description, node: JsonRecord): void => {
  const conditions = records(at(node, "status", "conditions"))
  if (conditions.length === 0) return
  to.line(0, "Conditions:")
  to.line(1, "Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage")
  to.line(1, "----\t------\t-----------------\t------------------\t------\t-------")
  for (const each of conditions)
    to.line(
      1,
      `${text(each.type)} \t${text(each.status)} \t${longTime(each.lastHeartbeatTime)} \t${longTime(each.lastTransitionTime)} \t${text(each.reason)} \t${text(each.message)}`,
    )
}

const writeAmounts = (to: Description, title: string, amounts: unknown): void => {
  if (!isRecord(amounts)) return
  to.line(0, `${title}:`)
  for (const [name, amount] of Object.entries(amounts).sort()) to.line(1, `${name}:\t${amount}`)
}

const INFO = [
  ["machineID", "Machine ID"],
  ["systemUUID", "System UUID"],
  ["bootID", "Boot ID"],
  ["kernelVersion", "Kernel Version"],
  ["osImage", "OS Image"],
  ["operatingSystem", "Operating System"],
  ["architecture", "Architecture"],
  ["containerRuntimeVersion", "Container Runtime Version"],
  ["kubeletVersion", "Kubelet Version"],
] as const

const sumOf = (pod: JsonRecord, kind: "requests" | "limits", resource: string): number =>
  records(at(pod, "spec", "containers")).reduce(
    (sum, each) => sum + quantity(text(at(each, "resources", kind, resource))),
    0,
  )

const share = (value: number, of: unknown): string => {
  const whole = quantity(text(of))
  return whole === 0 ? "0%" : `${Math.trunc((value / whole) * 100)}%`
}

const writePods = (session: Session, to: Description, pods: readonly JsonRecord[], allocatable: unknown): void => {
  const cell = (pod: JsonRecord, kind: "requests" | "limits", resource: string): string => {
    const value = sumOf(pod, kind, resource)
    return `${formatQuantity(resource, value)} (${share(value, at(allocatable, resource))})`
  }
  to.line(0, `Non-terminated Pods:\t(${pods.length} in total)`)
  to.line(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge")
  to.line(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---")
  const now = session.host.clock.now()
  for (const pod of pods)
    to.line(
      1,
      `${text(at(pod, "metadata", "namespace"))}\t${text(at(pod, "metadata", "name"))}\t\t${cell(pod, "requests", "cpu")}\t${cell(pod, "limits", "cpu")}\t${cell(pod, "requests", "memory")}\t${cell(pod, "limits", "memory")}\t${since(at(pod, "metadata", "creationTimestamp"), now)}`,
    )
  to.line(0, "Allocated resources:")
  to.line(1, "(Total limits may be over 100 percent, i.e., overcommitted.)")
  to.line(1, "Resource\tRequests\tLimits")
  to.line(1, "--------\t--------\t------")
  const resources = isRecord(allocatable)
    ? Object.keys(allocatable)
        .filter((name) => name !== "pods")
        .sort()
    : []
  for (const resource of resources) {
    const total = (kind: "requests" | "limits"): string => {
      const value = pods.reduce((sum, pod) => sum + sumOf(pod, kind, resource), 0)
      return `${formatQuantity(resource, value)} (${share(value, at(allocatable, resource))})`
    }
    to.line(1, `${resource}\t${total("requests")}\t${total("limits")}`)
  }
}

/** kubectl 1.36 `describeNode`. */
export const describeNode = async (session: Session, to: Description, live: LiveObject): Promise<void> => {
  const { object: node, name } = live
  to.line(0, `Name:\t${name}`)
  to.line(0, `Roles:\t${rolesOf(node)}`)
  writeLabels(to, "Labels", at(node, "metadata", "labels"))
  writeAnnotations(to, "Annotations", at(node, "metadata", "annotations"))
  to.line(0, `CreationTimestamp:\t${longTime(at(node, "metadata", "creationTimestamp"))}`)
  writeTaints(to, node)
  to.line(0, `Unschedulable:\t${at(node, "spec", "unschedulable") === true}`)
  await writeLease(session, to, name)
  writeConditions(to, node)
  to.line(0, "Addresses:")
  for (const each of records(at(node, "status", "addresses"))) to.line(1, `${text(each.type)}:\t${text(each.address)}`)
  writeAmounts(to, "Capacity", at(node, "status", "capacity"))
  const allocatable = at(node, "status", "allocatable")
  writeAmounts(to, "Allocatable", allocatable)
  to.line(0, "System Info:")
  for (const [field, title] of INFO) to.line(1, `${title}:\t${text(at(node, "status", "nodeInfo", field))}`)
  if (text(at(node, "spec", "podCIDR")) !== "") to.line(0, `PodCIDR:\t${text(at(node, "spec", "podCIDR"))}`)
  const cidrs = at(node, "spec", "podCIDRs")
  if (Array.isArray(cidrs) && cidrs.length > 0) to.line(0, `PodCIDRs:\t${cidrs.join(",")}`)
  if (text(at(node, "spec", "providerID")) !== "") to.line(0, `ProviderID:\t${text(at(node, "spec", "providerID"))}`)
  const podType = requireType(await session.discovery(), "pods")
  const list = await session.api.send("GET", pathOf(podType, undefined), {
    query: { fieldSelector: `spec.nodeName=${name},status.phase!=Succeeded,status.phase!=Failed` },
  })
  writePods(session, to, records(at(list, "items")), allocatable)
}
