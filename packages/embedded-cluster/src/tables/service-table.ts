import type { Service, ServicePort } from "@pilotage/kube-model"
import { balancerAddresses, labelsText, NONE, since } from "./cell-text.ts"
import { ageColumn, column, nameColumn, type Printer, wide } from "./column.ts"

const externalCell = (service: Service, isWide: boolean): string => {
  const { type, externalIPs = [], externalName = "" } = service.spec
  if (type === "ExternalName") return externalName
  if (type !== "LoadBalancer") return externalIPs.join(",") || NONE
  const balanced = balancerAddresses(service.status?.loadBalancer?.ingress ?? [], isWide)
  return [...(balanced ? [balanced] : []), ...externalIPs].join(",") || "<pending>"
}

const portText = ({ port, nodePort, protocol }: ServicePort): string =>
  nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`

export const servicePrinter: Printer<Service> = {
  columns: [
    nameColumn,
    column("Type", "How the Service is exposed: ClusterIP, NodePort, LoadBalancer or ExternalName."),
    column("Cluster-IP", "Virtual address within the cluster; None for a headless Service."),
    column("External-IP", "Addresses at which the Service is reached from outside."),
    column("Port(s)", "Port, node port and protocol of each port."),
    ageColumn,
    column("Selector", "Labels of the pods that the Service routes to.", wide),
  ],
  cells: (service, context) => [
    service.metadata.name,
    service.spec.type ?? "",
    service.spec.clusterIPs?.[0] || NONE,
    externalCell(service, context.wide),
    (service.spec.ports ?? []).map(portText).join(",") || NONE,
    since(service.metadata.creationTimestamp, context.now),
    labelsText(service.spec.selector),
  ],
}
