import type { ConfigMap, KubeObject, Namespace } from "@pilotage/kube-model"
import { since } from "./cell-text.ts"
import { ageColumn, column, nameColumn, type Printer } from "./column.ts"

export const namespacePrinter: Printer<Namespace> = {
  columns: [nameColumn, column("Status", "Active, or Terminating while its objects go."), ageColumn],
  cells: ({ metadata, status }, { now }) => [
    metadata.name,
    status?.phase ?? "",
    since(metadata.creationTimestamp, now),
  ],
}

export const configMapPrinter: Printer<ConfigMap> = {
  columns: [nameColumn, column("Data", "Number of entries."), ageColumn],
  cells: (configMap, { now }) => [
    configMap.metadata.name,
    Object.keys(configMap.data ?? {}).length + Object.keys((configMap.binaryData as object | undefined) ?? {}).length,
    since(configMap.metadata.creationTimestamp, now),
  ],
}

/** Kinds without columns of their own show when they were made (kubernetes 1.36 `rest.DefaultTableConvertor`). */
export const plainPrinter: Printer<KubeObject> = {
  columns: [nameColumn, column("Created At", "When the object was created.", { format: "date" })],
  cells: ({ metadata }) => [metadata.name, metadata.creationTimestamp ?? null],
}
