import type { KubeObject } from "@pilotage/kube-model"
import { child, children, text } from "../api/json-object.ts"
import { NONE, since } from "./cell-text.ts"
import { ageColumn, boolean, column, integer, nameColumn, type Printer } from "./column.ts"
import { specOf, statusOf } from "./workload-cells.ts"

export const csiNodePrinter: Printer<KubeObject> = {
  columns: [nameColumn, column("Drivers", "Number of storage drivers.", integer), ageColumn],
  cells: (node, { now }) => [
    node.metadata.name,
    children(specOf(node), "drivers").length,
    since(node.metadata.creationTimestamp, now),
  ],
}

export const csiDriverPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("AttachRequired", "Whether volumes are attached first.", boolean),
    column("PodInfoOnMount", "Whether the driver is told about pods.", boolean),
    column("StorageCapacity", "Whether the driver tells what it has left.", boolean),
    column("TokenRequests", "Audiences of the tokens that it gets."),
    column("RequiresRepublish", "Whether it is asked again and again.", boolean),
    column("Modes", "How long its volumes last."),
    ageColumn,
  ],
  cells: (driver, { now }) => {
    const spec = specOf(driver)
    const audiences = children(spec, "tokenRequests").map((request) => text(request, "audience"))
    const modes = Array.isArray(spec.volumeLifecycleModes) ? spec.volumeLifecycleModes.map(String) : []
    return [
      driver.metadata.name,
      spec.attachRequired !== false,
      spec.podInfoOnMount === true,
      spec.storageCapacity === true,
      audiences.join(",") || "<unset>",
      spec.requiresRepublish === true,
      modes.join(",") || NONE,
      since(driver.metadata.creationTimestamp, now),
    ]
  },
}

export const csiCapacityPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("StorageClassName", "Class that the capacity is of."),
    column("Capacity", "What is left."),
  ],
  cells: (object) => [
    object.metadata.name,
    text(object, "storageClassName"),
    object.capacity === undefined ? "<unset>" : String(object.capacity),
  ],
}

export const volumeAttachmentPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Attacher", "Driver that attaches.", { format: "name" }),
    column("PV", "The volume."),
    column("Node", "The node."),
    column("Attached", "Whether it is there.", boolean),
    ageColumn,
  ],
  cells: (object, { now }) => {
    const spec = specOf(object)
    return [
      object.metadata.name,
      text(spec, "attacher"),
      text(child(spec, "source"), "persistentVolumeName"),
      text(spec, "nodeName"),
      statusOf(object).attached === true,
      since(object.metadata.creationTimestamp, now),
    ]
  },
}

export const attributesClassPrinter: Printer<KubeObject> = {
  columns: [nameColumn, column("DriverName", "Driver that knows the attributes."), ageColumn],
  cells: (object, { now }) => [
    object.metadata.name,
    text(object, "driverName"),
    since(object.metadata.creationTimestamp, now),
  ],
}
