import type { KubeObject } from "@pilotage/kube-model"
import { child, children, type Json, text } from "../api/json-object.ts"
import { firstThree, NONE, since } from "./cell-text.ts"
import { ageColumn, column, integer, nameColumn, type Printer } from "./column.ts"
import { count, specOf, statusOf } from "./workload-cells.ts"

export const leasePrinter: Printer<KubeObject> = {
  columns: [nameColumn, column("Holder", "Who has it."), ageColumn],
  cells: (lease, { now }) => [
    lease.metadata.name,
    text(specOf(lease), "holderIdentity"),
    since(lease.metadata.creationTimestamp, now),
  ],
}

export const componentStatusPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Status", "Healthy or not."),
    column("Message", "What the component says."),
    column("Error", "What went wrong."),
  ],
  cells: (component) => {
    const health = children(component, "conditions").findLast((condition) => condition.type === "Healthy")
    return [
      component.metadata.name,
      health === undefined ? "Unknown" : health.status === "True" ? "Healthy" : "Unhealthy",
      text(health, "message"),
      text(health, "error"),
    ]
  },
}

export const runtimeClassPrinter: Printer<KubeObject> = {
  columns: [nameColumn, column("Handler", "What runs the containers."), ageColumn],
  cells: (object, { now }) => [
    object.metadata.name,
    text(object, "handler"),
    since(object.metadata.creationTimestamp, now),
  ],
}

/** Validating and mutating ones. */
export const webhooksPrinter: Printer<KubeObject> = {
  columns: [nameColumn, column("Webhooks", "Number of webhooks.", integer), ageColumn],
  cells: (object, { now }) => [
    object.metadata.name,
    children(object, "webhooks").length,
    since(object.metadata.creationTimestamp, now),
  ],
}

const queueCell = (queuing: Json | undefined, key: string): number | string =>
  queuing === undefined ? NONE : count(queuing, key)

export const priorityLevelPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Type", "Limited or Exempt."),
    column("NominalConcurrencyShares", "Its share of all requests at a time.", integer),
    column("Queues", "Number of queues.", integer),
    column("HandSize", "Queues that one flow may use.", integer),
    column("QueueLengthLimit", "Requests that may wait in a queue.", integer),
    ageColumn,
  ],
  cells: (object, { now }) => {
    const spec = specOf(object)
    const limited = spec.limited === undefined ? undefined : child(spec, "limited")
    const response = child(limited, "limitResponse")
    const queuing = response.queuing === undefined ? undefined : child(response, "queuing")
    return [
      object.metadata.name,
      text(spec, "type"),
      limited === undefined ? NONE : count(limited, "nominalConcurrencyShares"),
      queueCell(queuing, "queues"),
      queueCell(queuing, "handSize"),
      queueCell(queuing, "queueLengthLimit"),
      since(object.metadata.creationTimestamp, now),
    ]
  },
}

export const flowSchemaPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("PriorityLevel", "Priority level of the requests."),
    column("MatchingPrecedence", "The smaller, the earlier it is tried.", integer),
    column("DistinguisherMethod", "What makes requests one flow."),
    ageColumn,
    column("MissingPL", "Whether its priority level is missing."),
  ],
  cells: (object, { now }) => {
    const spec = specOf(object)
    const dangling = children(statusOf(object), "conditions").find((condition) => condition.type === "Dangling")
    return [
      object.metadata.name,
      text(child(spec, "priorityLevelConfiguration"), "name"),
      count(spec, "matchingPrecedence"),
      text(child(spec, "distinguisherMethod"), "type") || NONE,
      since(object.metadata.creationTimestamp, now),
      dangling ? text(dangling, "status") : "?",
    ]
  },
}

export const storageVersionPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("CommonEncodingVersion", "Version in which all servers store."),
    column("StorageVersions", "Version in which each server stores."),
    ageColumn,
  ],
  cells: (object, { now }) => {
    const status = statusOf(object)
    const versions = children(status, "storageVersions").map(
      (each) => `${text(each, "apiServerID")}=${text(each, "encodingVersion")}`,
    )
    return [
      object.metadata.name,
      text(status, "commonEncodingVersion") || "<unset>",
      firstThree(versions) || "<unset>",
      since(object.metadata.creationTimestamp, now),
    ]
  },
}

export const scalePrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Desired", "Pods that are wanted.", integer),
    column("Available", "Pods that there are.", integer),
    ageColumn,
  ],
  cells: (scale, { now }) => [
    scale.metadata.name,
    count(specOf(scale), "replicas"),
    count(statusOf(scale), "replicas"),
    since(scale.metadata.creationTimestamp, now),
  ],
}
