import type { KubeObject } from "@pilotage/kube-model"
import { signingRequestPrinter } from "./access-tables.ts"
import type { Printer } from "./column.ts"
import {
  attributesClassPrinter,
  csiCapacityPrinter,
  csiDriverPrinter,
  csiNodePrinter,
  volumeAttachmentPrinter,
} from "./driver-tables.ts"
import {
  componentStatusPrinter,
  flowSchemaPrinter,
  priorityLevelPrinter,
  runtimeClassPrinter,
  scalePrinter,
  storageVersionPrinter,
  webhooksPrinter,
} from "./system-tables.ts"

/** Printers of kinds that this server does not serve, by kind. */
export const UNSERVED_PRINTERS: Readonly<Record<string, Printer<KubeObject>>> = {
  CSIDriver: csiDriverPrinter,
  CSINode: csiNodePrinter,
  CSIStorageCapacity: csiCapacityPrinter,
  CertificateSigningRequest: signingRequestPrinter,
  ComponentStatus: componentStatusPrinter,
  FlowSchema: flowSchemaPrinter,
  MutatingWebhookConfiguration: webhooksPrinter,
  PriorityLevelConfiguration: priorityLevelPrinter,
  RuntimeClass: runtimeClassPrinter,
  Scale: scalePrinter,
  StorageVersion: storageVersionPrinter,
  ValidatingWebhookConfiguration: webhooksPrinter,
  VolumeAttachment: volumeAttachmentPrinter,
  VolumeAttributesClass: attributesClassPrinter,
}
