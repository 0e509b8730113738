import type { KubeObject } from "@pilotage/kube-model"
import type { Printer } from "./column.ts"
import { csiCapacityPrinter } from "./driver-tables.ts"
import { scalePrinter, storageVersionPrinter } from "./system-tables.ts"

/** Printers of kinds that this server does not serve, or whose table it makes without them, by kind. */
export const UNSERVED_PRINTERS: Readonly<Record<string, Printer<KubeObject>>> = {
  CSIStorageCapacity: csiCapacityPrinter,
  Scale: scalePrinter,
  StorageVersion: storageVersionPrinter,
}
