import type { Deployment, ReplicaSet } from "@pilotage/kube-model"
import { containersCell, imagesCell, selectorCell, since } from "./cell-text.ts"
import { ageColumn, column, integer, nameColumn, type Printer, wide } from "./column.ts"

const templateColumns = [
  column("Containers", "Names of the containers in the template.", wide),
  column("Images", "Images of the containers in the template.", wide),
  column("Selector", "Labels of the pods that belong to the object.", wide),
]

export const deploymentPrinter: Printer<Deployment> = {
  columns: [
    nameColumn,
    column("Ready", "Ready pods of those wanted."),
    column("Up-to-date", "Pods made from the current template."),
    column("Available", "Pods that have been ready long enough."),
    ageColumn,
    ...templateColumns,
  ],
  cells: ({ metadata, spec, status }, { now }) => [
    metadata.name,
    `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
    status?.updatedReplicas ?? 0,
    status?.availableReplicas ?? 0,
    since(metadata.creationTimestamp, now),
    containersCell(spec.template),
    imagesCell(spec.template),
    selectorCell(spec.selector),
  ],
}

export const replicaSetPrinter: Printer<ReplicaSet> = {
  columns: [
    nameColumn,
    column("Desired", "Pods that are wanted.", integer),
    column("Current", "Pods that are there.", integer),
    column("Ready", "Pods that are ready.", integer),
    ageColumn,
    ...templateColumns,
  ],
  cells: ({ metadata, spec, status }, { now }) => [
    metadata.name,
    spec.replicas ?? 0,
    status?.replicas ?? 0,
    status?.readyReplicas ?? 0,
    since(metadata.creationTimestamp, now),
    containersCell(spec.template),
    imagesCell(spec.template),
    selectorCell(spec.selector),
  ],
}
