import type { KubeObject, Table } from "@pilotage/kube-model"
import type { ResourceName, ResourceShapes } from "../store-types.ts"
import { agePrinter, roleBindingPrinter, secretPrinter } from "./access-tables.ts"
import { autoscalerPrinter } from "./autoscaler-table.ts"
import { cronJobPrinter, jobPrinter } from "./batch-tables.ts"
import type { CellContext, Printer } from "./column.ts"
import { endpointSlicePrinter, endpointsPrinter } from "./endpoints-tables.ts"
import { eventPrinter } from "./event-table.ts"
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
import { leasePrinter } from "./system-tables.ts"
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
