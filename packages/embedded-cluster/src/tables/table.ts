import type { KubeObject, Table } from "@pilotage/kube-model"
import type { ResourceName, ResourceShapes } from "../store-types.ts"
import type { CellContext, Printer } from "./column.ts"
import { endpointSlicePrinter, endpointsPrinter } from "./endpoints-tables.ts"
import { eventPrinter } from "./event-table.ts"
import { nodePrinter } from "./node-table.ts"
import { configMapPrinter, namespacePrinter, plainPrinter } from "./plain-tables.ts"
import { podPrinter } from "./pod-table.ts"
import { servicePrinter } from "./service-table.ts"
import { deploymentPrinter, replicaSetPrinter } from "./workload-tables.ts"

const PRINTERS: { readonly [R in ResourceName]?: Printer<ResourceShapes[R]> } = {
  namespaces: namespacePrinter,
  nodes: nodePrinter,
  pods: podPrinter,
  services: servicePrinter,
  endpoints: endpointsPrinter,
  endpointslices: endpointSlicePrinter,
  deployments: deploymentPrinter,
  replicasets: replicaSetPrinter,
  events: eventPrinter,
  configmaps: configMapPrinter,
}

export const printerOf = (resource: ResourceName): Printer<KubeObject> =>
  (PRINTERS[resource] as Printer<KubeObject> | undefined) ?? plainPrinter

export interface TableOptions extends CellContext {
  /** What of each object comes with its row. */
  readonly include: "Metadata" | "Object" | "None"
  readonly metadata: object
}

const rowObject = (object: KubeObject, include: TableOptions["include"]): KubeObject | null => {
  if (include === "None") return null
  if (include === "Object") return object
  return { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: object.metadata }
}

/** meta.k8s.io/v1 Table of objects of one resource; what `kubectl get` prints. */
export const tableOf = (resource: ResourceName, objects: readonly KubeObject[], options: TableOptions): Table => {
  const printer = printerOf(resource)
  const rows = objects.map((object) => {
    const conditions = printer.conditions?.(object)
    return {
      cells: printer.cells(object, options),
      ...(conditions ? { conditions } : {}),
      object: rowObject(object, options.include) as KubeObject,
    }
  })
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata: options.metadata,
    columnDefinitions: printer.columns,
    rows,
  }
}
