import type { KubeObject, NetworkPolicy } from "@pilotage/kube-model"
import { child, text } from "../api/json-object.ts"
import { selectorCell, since } from "./cell-text.ts"
import { ageColumn, boolean, column, integer, nameColumn, type Printer } from "./column.ts"
import { count, specOf, statusOf } from "./workload-cells.ts"

export const networkPolicyPrinter: Printer<NetworkPolicy> = {
  columns: [nameColumn, column("Pod-Selector", "Labels of the pods that the policy is about."), ageColumn],
  cells: ({ metadata, spec }, { now }) => [
    metadata.name,
    selectorCell(spec?.podSelector),
    since(metadata.creationTimestamp, now),
  ],
}

export const disruptionBudgetPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Min Available", "Pods that must stay."),
    column("Max Unavailable", "Pods that may go."),
    column("Allowed Disruptions", "Pods that may go now.", integer),
    ageColumn,
  ],
  cells: (budget, { now }) => {
    const spec = specOf(budget)
    return [
      budget.metadata.name,
      String(spec.minAvailable ?? "N/A"),
      String(spec.maxUnavailable ?? "N/A"),
      count(statusOf(budget), "disruptionsAllowed"),
      since(budget.metadata.creationTimestamp, now),
    ]
  },
}

/** `requests.cpu: 1/2`, used of allowed, in order of names. */
const usage = (quota: KubeObject, isLimit: boolean): string => {
  const status = statusOf(quota)
  const [hard, used] = [child(status, "hard"), child(status, "used")]
  return Object.keys(hard)
    .filter((name) => name.startsWith("limits.") === isLimit)
    .sort()
    .map((name) => `${name}: ${used[name] ?? 0}/${hard[name]}`)
    .join(", ")
}

export const resourceQuotaPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Request", "What may be requested, and what is."),
    column("Limit", "Up to what limits may go, and where they are."),
    ageColumn,
  ],
  cells: (quota, { now }) => [
    quota.metadata.name,
    usage(quota, false),
    usage(quota, true),
    since(quota.metadata.creationTimestamp, now),
  ],
}

export const priorityClassPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Value", "The greater, the sooner.", integer),
    column("Global-Default", "Whether pods without a class have this one.", boolean),
    ageColumn,
    column("PreemptionPolicy", "Whether pods of the class push others out."),
  ],
  cells: (object, { now }) => [
    object.metadata.name,
    count(object, "value"),
    object.globalDefault === true,
    since(object.metadata.creationTimestamp, now),
    text(object, "preemptionPolicy"),
  ],
}
