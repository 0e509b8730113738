import type { KubeObject } from "@pilotage/kube-model"
import { child, children, type Json, text } from "../api/json-object.ts"
import { since } from "./cell-text.ts"
import { ageColumn, column, integer, nameColumn, type Printer } from "./column.ts"
import { specOf, statusOf } from "./workload-cells.ts"

const UNSET = "<unset>"

const paramKind = (spec: Json): string => {
  const kind = child(spec, "paramKind")
  return kind.kind === undefined ? UNSET : `${text(kind, "apiVersion")}/${text(kind, "kind")}`
}

const policyPrinter = (rules: string, field: string): Printer<KubeObject> => ({
  columns: [
    nameColumn,
    column(rules, "How many there are.", integer),
    column("ParamKind", "Kind of the objects that the policy is set by."),
    ageColumn,
  ],
  cells: (policy, { now }) => [
    policy.metadata.name,
    children(specOf(policy), field).length,
    paramKind(specOf(policy)),
    since(policy.metadata.creationTimestamp, now),
  ],
})

export const validatingPolicyPrinter = policyPrinter("Validations", "validations")
export const mutatingPolicyPrinter = policyPrinter("Mutations", "mutations")

const paramRef = (spec: Json): string => {
  if (spec.paramRef === undefined) return UNSET
  const { namespace, name } = { namespace: "", name: "", ...child(spec, "paramRef") }
  return namespace === "" ? String(name) : `${namespace}/${name}`
}

/** Validating and mutating ones. */
export const policyBindingPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("PolicyName", "The policy that is put to use."),
    column("ParamRef", "What the policy is set by."),
    ageColumn,
  ],
  cells: (binding, { now }) => [
    binding.metadata.name,
    text(specOf(binding), "policyName"),
    paramRef(specOf(binding)),
    since(binding.metadata.creationTimestamp, now),
  ],
}

/** kube-aggregator `pkg/registry/apiservice/etcd`: a Service, or Local for what the server serves itself. */
export const apiServicePrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Service", "The Service that serves the version, if it is not this server."),
    column("Available", "Whether the version is served."),
    ageColumn,
  ],
  cells: (service, { now }) => {
    const behind = specOf(service).service === undefined ? undefined : child(specOf(service), "service")
    const available = children(statusOf(service), "conditions").find(({ type }) => type === "Available")
    const status = available ? text(available, "status") : "Unknown"
    return [
      service.metadata.name,
      behind ? `${text(behind, "namespace")}/${text(behind, "name")}` : "Local",
      available && status !== "True" ? `${status} (${text(available, "reason")})` : status,
      since(service.metadata.creationTimestamp, now),
    ]
  },
}

const claimState = (claim: KubeObject): string => {
  const isDeleted = claim.metadata.deletionTimestamp !== undefined
  const status = statusOf(claim)
  const states = isDeleted ? ["deleted"] : []
  if (status.allocation === undefined) return isDeleted ? "deleted" : "pending"
  return [...states, "allocated", ...(children(status, "reservedFor").length > 0 ? ["reserved"] : [])].join(",")
}

export const resourceClaimPrinter: Printer<KubeObject> = {
  columns: [nameColumn, column("State", "Whether devices have been found."), ageColumn],
  cells: (claim, { now }) => [claim.metadata.name, claimState(claim), since(claim.metadata.creationTimestamp, now)],
}

export const resourceSlicePrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Node", "Node that has the devices."),
    column("Driver", "Driver that offers them."),
    column("Pool", "Pool that they belong to."),
    ageColumn,
  ],
  cells: (slice, { now }) => [
    slice.metadata.name,
    text(specOf(slice), "nodeName") || UNSET,
    text(specOf(slice), "driver"),
    text(child(specOf(slice), "pool"), "name"),
    since(slice.metadata.creationTimestamp, now),
  ],
}
