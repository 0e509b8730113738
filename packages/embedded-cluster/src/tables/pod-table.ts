import { humanDuration, type Pod } from "@pilotage/kube-model"
import { NONE, since } from "./cell-text.ts"
import { ageColumn, column, nameColumn, type Printer, type RowCondition, wide } from "./column.ts"
import { summarizePod } from "./pod-status.ts"

const OVER: Readonly<Record<string, readonly RowCondition[]>> = {
  Succeeded: [
    { type: "Completed", status: "True", reason: "Succeeded", message: "The pod has completed successfully." },
  ],
  Failed: [{ type: "Completed", status: "True", reason: "Failed", message: "The pod failed." }],
}

const gatesCell = (pod: Pod): string => {
  const gates = Array.isArray(pod.spec.readinessGates) ? (pod.spec.readinessGates as { conditionType?: string }[]) : []
  if (gates.length === 0) return NONE
  const met = gates.filter(({ conditionType }) =>
    (pod.status?.conditions ?? []).some(({ type, status }) => type === conditionType && status === "True"),
  )
  return `${met.length}/${gates.length}`
}

const nominatedNode = (pod: Pod): string =>
  (pod.status as { readonly nominatedNodeName?: string } | undefined)?.nominatedNodeName || NONE

export const podPrinter: Printer<Pod> = {
  columns: [
    nameColumn,
    column("Ready", "Ready containers of all containers."),
    column("Status", "What the pod is doing, or what keeps it from doing so."),
    column("Restarts", "How often containers were restarted, and when last."),
    ageColumn,
    column("IP", "Address of the pod.", wide),
    column("Node", "Node that the pod runs on.", wide),
    column("Nominated Node", "Node that was cleared for the pod.", wide),
    column("Readiness Gates", "Met readiness gates of all gates.", wide),
  ],
  cells: (pod, { now }) => {
    const { ready, total, reason, restarts, lastRestart } = summarizePod(pod)
    const when = restarts > 0 && lastRestart !== undefined ? ` (${humanDuration(now - lastRestart)} ago)` : ""
    return [
      pod.metadata.name,
      `${ready}/${total}`,
      reason,
      `${restarts}${when}`,
      since(pod.metadata.creationTimestamp, now),
      pod.status?.podIPs?.[0]?.ip || pod.status?.podIP || NONE,
      pod.spec.nodeName || NONE,
      nominatedNode(pod),
      gatesCell(pod),
    ]
  },
  conditions: (pod) => OVER[pod.status?.phase ?? ""],
}
