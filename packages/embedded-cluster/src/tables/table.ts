import type { KubeObject, Table } from "@pilotage/kube-model"
import type { ResourceName, ResourceShapes } from "../store-types.ts"
import { agePrinter, roleBindingPrinter, secretPrinter, signingRequestPrinter } from "./access-tables.ts"
import { autoscalerPrinter } from "./autoscaler-table.ts"
import { cronJobPrinter, jobPrinter } from "./batch-tables.ts"
import type { CellContext, Printer } from "./column.ts"
import { attributesClassPrinter, csiDriverPrinter, csiNodePrinter, volumeAttachmentPrinter } from "./driver-tables.ts"
import { endpointSlicePrinter, endpointsPrinter } from "./endpoints-tables.ts"
import { eventPrinter } from "./event-table.ts"
import {
  apiServicePrinter,
  mutatingPolicyPrinter,
  policyBindingPrinter,
  resourceClaimPrinter,
  resourceSlicePrinter,
  validatingPolicyPrinter,
} from "./extension-tables.ts"
import { ingressClassPrinter, ingressPrinter, ipAddressPrinter, serviceCIDRPrinter } from "./ingress-tables.ts"
import { nodePrinter } from "./node-table.ts"
import { configMapPrinter, namespacePrinter, plainPrinter } from "./plain-tables.ts"
import { podPrinter } from "./pod-table.ts"
import {
  disruptionBudgetPrinter,
  networkPolicyPrinter,
  priorityClassPrinter,
  resourceQuotaPrinter,
} from "./policy-tables.ts"
import { servicePrinter } from "./service-table.ts"
import {
  controllerRevisionPrinter,
  daemonSetPrinter,
  podTemplatePrinter,
  replicationControllerPrinter,
  statefulSetPrinter,
} from "./set-tables.ts"
import { persistentVolumeClaimPrinter, persistentVolumePrinter, storageClassPrinter } from "./storage-tables.ts"
import {
  componentStatusPrinter,
  flowSchemaPrinter,
  leasePrinter,
  priorityLevelPrinter,
  runtimeClassPrinter,
  webhooksPrinter,
} from "./system-tables.ts"
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
  controllerrevisions: controllerRevisionPrinter,
  clusterrolebindings: roleBindingPrinter,
  cronjobs: cronJobPrinter,
  daemonsets: daemonSetPrinter,
  horizontalpodautoscalers: autoscalerPrinter,
  ingressclasses: ingressClassPrinter,
  ingresses: ingressPrinter,
  ipaddresses: ipAddressPrinter,
  jobs: jobPrinter,
  leases: leasePrinter,
  networkpolicies: networkPolicyPrinter,
  persistentvolumeclaims: persistentVolumeClaimPrinter,
  persistentvolumes: persistentVolumePrinter,
  poddisruptionbudgets: disruptionBudgetPrinter,
  podtemplates: podTemplatePrinter,
  priorityclasses: priorityClassPrinter,
  replicationcontrollers: replicationControllerPrinter,
  resourcequotas: resourceQuotaPrinter,
  rolebindings: roleBindingPrinter,
  secrets: secretPrinter,
  serviceaccounts: agePrinter,
  servicecidrs: serviceCIDRPrinter,
  statefulsets: statefulSetPrinter,
  storageclasses: storageClassPrinter,
  apiservices: apiServicePrinter,
  certificatesigningrequests: signingRequestPrinter,
  componentstatuses: componentStatusPrinter,
  csidrivers: csiDriverPrinter,
  csinodes: csiNodePrinter,
  deviceclasses: agePrinter,
  flowschemas: flowSchemaPrinter,
  mutatingadmissionpolicies: mutatingPolicyPrinter,
  mutatingadmissionpolicybindings: policyBindingPrinter,
  mutatingwebhookconfigurations: webhooksPrinter,
  prioritylevelconfigurations: priorityLevelPrinter,
  resourceclaims: resourceClaimPrinter,
  resourceclaimtemplates: agePrinter,
  resourceslices: resourceSlicePrinter,
  runtimeclasses: runtimeClassPrinter,
  validatingadmissionpolicies: validatingPolicyPrinter,
  validatingadmissionpolicybindings: policyBindingPrinter,
  validatingwebhookconfigurations: webhooksPrinter,
  volumeattachments: volumeAttachmentPrinter,
  volumeattributesclasses: attributesClassPrinter,
}

export const printerOf = (resource: ResourceName): Printer<KubeObject> =>
  (PRINTERS[resource] as Printer<KubeObject> | undefined) ?? plainPrinter

export interface TableOptions extends CellContext {
  /** What of each object comes with its row. */
  readonly include: "Metadata" | "Object" | "None"
  readonly metadata: object
  /** For a resource that was defined in the cluster. */
  readonly printer?: Printer<KubeObject>
}

const rowObject = (object: KubeObject, include: TableOptions["include"]): KubeObject | null => {
  if (include === "None") return null
  if (include === "Object") return object
  return { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: object.metadata }
}

/** meta.k8s.io/v1 Table of objects of one resource; what `kubectl get` prints. */
export const tableOf = (resource: ResourceName, objects: readonly KubeObject[], options: TableOptions): Table => {
  const printer = options.printer ?? printerOf(resource)
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
