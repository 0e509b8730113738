import type { KubeObject, Table } from "@pilotage/kube-model"
import type { ResourceName } from "../store-types.ts"

export interface TableOptions {
  /** Virtual milliseconds, for ages. */
  readonly now: number
  /** What of each object comes with its row. */
  readonly include: "Metadata" | "Object" | "None"
  readonly metadata: object
}

export const tableOf = (_resource: ResourceName, objects: readonly KubeObject[], options: TableOptions): Table => ({
  kind: "Table",
  apiVersion: "meta.k8s.io/v1",
  metadata: options.metadata,
  columnDefinitions: [{ name: "Name", type: "string", format: "name", description: "Name", priority: 0 }],
  rows: objects.map((object) => ({ cells: [object.metadata.name], object })),
})
