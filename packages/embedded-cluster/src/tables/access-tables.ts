import { humanDuration, type KubeObject } from "@pilotage/kube-model"
import { child, children, type Json, text } from "../api/json-object.ts"
import { NONE, since } from "./cell-text.ts"
import { ageColumn, column, nameColumn, type Printer, wide } from "./column.ts"
import { specOf, statusOf } from "./workload-cells.ts"

export const secretPrinter: Printer<KubeObject> = {
  columns: [nameColumn, column("Type", "What the secret is for."), column("Data", "Number of entries."), ageColumn],
  cells: (secret, { now }) => [
    secret.metadata.name,
    text(secret, "type"),
    Object.keys(child(secret, "data")).length,
    since(secret.metadata.creationTimestamp, now),
  ],
}

/** Only a name and an age: service accounts, device classes and whatever else has nothing to show. */
export const agePrinter: Printer<KubeObject> = {
  columns: [nameColumn, ageColumn],
  cells: ({ metadata }, { now }) => [metadata.name, since(metadata.creationTimestamp, now)],
}

const subjects = (binding: KubeObject, kind: string, show: (subject: Json) => string): string =>
  children(binding, "subjects")
    .filter((subject) => subject.kind === kind)
    .map(show)
    .join(", ")

/** RoleBinding and ClusterRoleBinding. */
export const roleBindingPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Role", "What is granted."),
    ageColumn,
    column("Users", "Users to whom it is granted.", wide),
    column("Groups", "Groups to whom it is granted.", wide),
    column("ServiceAccounts", "Service accounts to whom it is granted.", wide),
  ],
  cells: (binding, { now }) => {
    const role = child(binding, "roleRef")
    const name = (subject: Json): string => text(subject, "name")
    return [
      binding.metadata.name,
      `${text(role, "kind")}/${text(role, "name")}`,
      since(binding.metadata.creationTimestamp, now),
      subjects(binding, "User", name),
      subjects(binding, "Group", name),
      subjects(binding, "ServiceAccount", (subject) => `${text(subject, "namespace")}/${text(subject, "name")}`),
    ]
  },
}

const signingState = (request: KubeObject): string => {
  const status = statusOf(request)
  const types = children(status, "conditions").map((condition) => text(condition, "type"))
  const decision = types.includes("Denied") ? "Denied" : types.includes("Approved") ? "Approved" : "Pending"
  return `${decision}${types.includes("Failed") ? ",Failed" : ""}${text(status, "certificate") ? ",Issued" : ""}`
}

export const signingRequestPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    ageColumn,
    column("SignerName", "Who is asked to sign."),
    column("Requestor", "Who asks."),
    column("RequestedDuration", "How long the certificate should be good."),
    column("Condition", "What has been decided."),
  ],
  cells: (request, { now }) => {
    const spec = specOf(request)
    return [
      request.metadata.name,
      since(request.metadata.creationTimestamp, now),
      text(spec, "signerName") || NONE,
      text(spec, "username"),
      typeof spec.expirationSeconds === "number" ? humanDuration(spec.expirationSeconds * 1000) : NONE,
      signingState(request),
    ]
  },
}
