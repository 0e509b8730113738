import type { KubeObject, LoadBalancerIngress } from "@pilotage/kube-model"
import { child, children, text } from "../api/json-object.ts"
import { balancerAddresses, NONE, since } from "./cell-text.ts"
import { ageColumn, column, nameColumn, type Printer } from "./column.ts"
import { specOf, statusOf } from "./workload-cells.ts"

const MOST_HOSTS = 3

/** Up to three hosts; further rules are counted, with a host or without. */
const hostsCell = (ingress: KubeObject): string => {
  const hosts = children(specOf(ingress), "rules").map((rule) => text(rule, "host"))
  const shown: string[] = []
  let isMore = false
  for (const host of hosts) {
    if (shown.length === MOST_HOSTS) isMore = true
    else if (host !== "") shown.push(host)
  }
  if (shown.length === 0) return "*"
  return `${shown.join(",")}${isMore ? ` + ${hosts.length - MOST_HOSTS} more...` : ""}`
}

export const ingressPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Class", "Who serves it."),
    column("Hosts", "Names that requests are for."),
    column("Address", "Where it is reached."),
    column("Ports", "Ports that it is reached on."),
    ageColumn,
  ],
  cells: (ingress, { now, wide }) => {
    const spec = specOf(ingress)
    const points = children(child(statusOf(ingress), "loadBalancer"), "ingress") as readonly LoadBalancerIngress[]
    return [
      ingress.metadata.name,
      text(spec, "ingressClassName") || NONE,
      hostsCell(ingress),
      balancerAddresses(points, wide),
      children(spec, "tls").length > 0 ? "80, 443" : "80",
      since(ingress.metadata.creationTimestamp, now),
    ]
  },
}

export const ingressClassPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Controller", "Who serves ingresses of this class."),
    column("Parameters", "Where its settings are."),
    ageColumn,
  ],
  cells: (object, { now }) => {
    const spec = specOf(object)
    const parameters = child(spec, "parameters")
    const group = text(parameters, "apiGroup")
    const kind = `${text(parameters, "kind")}${group ? `.${group}` : ""}`
    return [
      object.metadata.name,
      text(spec, "controller"),
      spec.parameters ? `${kind}/${text(parameters, "name")}` : NONE,
      since(object.metadata.creationTimestamp, now),
    ]
  },
}

export const serviceCIDRPrinter: Printer<KubeObject> = {
  columns: [nameColumn, column("CIDRs", "Ranges that Services get their addresses from."), ageColumn],
  cells: (object, { now }) => [
    object.metadata.name,
    ((specOf(object).cidrs as readonly string[] | undefined) ?? []).join(","),
    since(object.metadata.creationTimestamp, now),
  ],
}

export const ipAddressPrinter: Printer<KubeObject> = {
  columns: [nameColumn, column("ParentRef", "Whose address it is.")],
  cells: (object) => {
    const spec = specOf(object)
    const parent = child(spec, "parentRef")
    const group = text(parent, "group")
    const resource = `${text(parent, "resource")}${group ? `.${group}` : ""}`
    return [
      object.metadata.name,
      spec.parentRef ? `${resource}/${text(parent, "namespace")}/${text(parent, "name")}` : NONE,
    ]
  },
}
