import type { KubeObject, LabelSelector, Labels } from "@pilotage/kube-model"
import { controllerOf } from "../controllers/owners.ts"
import { containersCell, imagesCell, labelsText, NONE, selectorCell, since } from "./cell-text.ts"
import { ageColumn, column, integer, nameColumn, type Printer } from "./column.ts"
import {
  containersColumn,
  count,
  imagesColumn,
  selectorColumn,
  specOf,
  statusOf,
  templateOf,
} from "./workload-cells.ts"

export const daemonSetPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Desired", "Nodes that should have a pod.", integer),
    column("Current", "Nodes that have one.", integer),
    column("Ready", "Nodes whose pod is ready.", integer),
    column("Up-to-date", "Nodes whose pod is made from the current template.", integer),
    column("Available", "Nodes whose pod has been ready long enough.", integer),
    column("Node Selector", "Labels of the nodes that are meant."),
    ageColumn,
    containersColumn,
    imagesColumn,
    selectorColumn,
  ],
  cells: (object, { now }) => {
    const [spec, status] = [specOf(object), statusOf(object)]
    const template = templateOf(spec)
    return [
      object.metadata.name,
      count(status, "desiredNumberScheduled"),
      count(status, "currentNumberScheduled"),
      count(status, "numberReady"),
      count(status, "updatedNumberScheduled"),
      count(status, "numberAvailable"),
      labelsText(template?.spec?.nodeSelector),
      since(object.metadata.creationTimestamp, now),
      containersCell(template),
      imagesCell(template),
      selectorCell(spec.selector as LabelSelector | undefined),
    ]
  },
}

export const statefulSetPrinter: Printer<KubeObject> = {
  columns: [nameColumn, column("Ready", "Ready pods of those wanted."), ageColumn, containersColumn, imagesColumn],
  cells: (object, { now }) => {
    const template = templateOf(specOf(object))
    return [
      object.metadata.name,
      `${count(statusOf(object), "readyReplicas")}/${count(specOf(object), "replicas")}`,
      since(object.metadata.creationTimestamp, now),
      containersCell(template),
      imagesCell(template),
    ]
  },
}

export const replicationControllerPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Desired", "Pods that are wanted.", integer),
    column("Current", "Pods that are there.", integer),
    column("Ready", "Pods that are ready.", integer),
    ageColumn,
    containersColumn,
    imagesColumn,
    selectorColumn,
  ],
  cells: (object, { now }) => {
    const [spec, status] = [specOf(object), statusOf(object)]
    const template = templateOf(spec)
    return [
      object.metadata.name ?? "",
      count(spec, "replicas"),
      count(status, "replicas"),
      count(status, "readyReplicas"),
      since(object.metadata.creationTimestamp, now),
      containersCell(template),
      imagesCell(template),
      labelsText(spec.selector as Labels | undefined),
    ]
  },
}

export const podTemplatePrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Containers", "Names of the containers in the template."),
    column("Images", "Images of the containers in the template."),
    column("Pod Labels", "Labels of the pods that are made from it."),
  ],
  cells: (object) => {
    const template = templateOf(object)
    return [
      object.metadata.name,
      containersCell(template),
      imagesCell(template),
      labelsText(template?.metadata?.labels),
    ]
  },
}

export const controllerRevisionPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Controller", "The object whose history this is."),
    column("Revision", "Number within that history."),
    ageColumn,
  ],
  cells: (object, { now }) => {
    const owner = controllerOf(object)
    const group = owner?.apiVersion.includes("/") ? `.${owner.apiVersion.split("/")[0]}` : ""
    return [
      object.metadata.name,
      owner ? `${owner.kind}${group}`.toLowerCase().concat("/", owner.name) : NONE,
      count(object, "revision"),
      since(object.metadata.creationTimestamp, now),
    ]
  },
}
