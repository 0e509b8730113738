import { conditionStatus, type Node } from "@pilotage/kube-model"
import { NONE, since } from "./cell-text.ts"
import { ageColumn, column, nameColumn, type Printer, wide } from "./column.ts"

const ROLE_PREFIX = "node-role.kubernetes.io/"
const UNKNOWN = "<unknown>"

const statusCell = (node: Node): string => {
  const ready = conditionStatus(node.status?.conditions, "Ready")
  const state = ready === undefined ? "Unknown" : ready === "True" ? "Ready" : "NotReady"
  return node.spec?.unschedulable ? `${state},SchedulingDisabled` : state
}

const rolesCell = ({ metadata }: Node): string => {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(ROLE_PREFIX)) return key.slice(ROLE_PREFIX.length) || []
    return key === "kubernetes.io/role" && value ? value : []
  })
  return [...new Set(roles)].sort().join(",") || NONE
}

const addressCell = (node: Node, kind: string): string =>
  node.status?.addresses?.find(({ type }) => type === kind)?.address || NONE

const kernelCell = ({ kernelVersion, architecture }: Readonly<Record<string, string>>): string => {
  if (!kernelVersion) return UNKNOWN
  return architecture ? `${kernelVersion} (${architecture})` : kernelVersion
}

export const nodePrinter: Printer<Node> = {
  columns: [
    nameColumn,
    column("Status", "Whether the node is ready, and whether new pods may come."),
    column("Roles", "Roles from the node's labels."),
    ageColumn,
    column("Version", "Version of the node's kubelet."),
    column("Internal-IP", "Address within the node network.", wide),
    column("External-IP", "Address outside.", wide),
    column("OS-Image", "Operating system of the node.", wide),
    column("Kernel-Version", "Kernel and architecture of the node.", wide),
    column("Container-Runtime", "Container runtime and its version.", wide),
  ],
  cells: (node, { now }) => {
    const info = node.status?.nodeInfo ?? {}
    return [
      node.metadata.name,
      statusCell(node),
      rolesCell(node),
      since(node.metadata.creationTimestamp, now),
      info.kubeletVersion ?? "",
      addressCell(node, "InternalIP"),
      addressCell(node, "ExternalIP"),
      info.osImage || UNKNOWN,
      kernelCell(info),
      info.containerRuntimeVersion || UNKNOWN,
    ]
  },
}
