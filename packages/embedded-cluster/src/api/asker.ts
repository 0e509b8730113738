import type { Status } from "@pilotage/kube-model"
import type { Call } from "./call.ts"
import { isWatch } from "./reading/list-options.ts"
import { failure } from "./status.ts"

/** Who asks. */
export interface Asker {
  readonly username: string
  readonly groups: readonly string[]
}

const AUTHENTICATED = "system:authenticated"
const ADMINISTRATORS: ReadonlySet<string> = new Set(["kubeadm:cluster-admins", "system:masters"])

/** The one user that there is, as kubeadm sets up the administrator. */
const ADMIN: Asker = { username: "kubernetes-admin", groups: ["kubeadm:cluster-admins", AUTHENTICATED] }

export const isAdministrator = ({ username, groups }: Asker): boolean =>
  username === ADMIN.username || groups.some((group) => ADMINISTRATORS.has(group))

/** The administrator, or somebody whom the administrator speaks for (`kubectl --as`, `--as-group`). */
export const askerOf = (headers: Readonly<Record<string, string>>): Asker => {
  const username = headers["impersonate-user"]
  if (username === undefined || username === "") return ADMIN
  const groups = (headers["impersonate-group"] ?? "").split(",").map((group) => group.trim())
  return { username, groups: [...new Set([...groups.filter(Boolean), AUTHENTICATED])] }
}

const verbOf = ({ method, name, query }: Call): string => {
  switch (method) {
    case "GET":
      return isWatch(query) ? "watch" : name === "" ? "list" : "get"
    case "POST":
      return "create"
    case "PUT":
      return "update"
    case "PATCH":
      return "patch"
    default:
      return name === "" ? "deletecollection" : "delete"
  }
}

/** Nobody but the administrator has been given anything, except to ask about oneself (apiserver responsewriters/errors.go). */
export const refusedTo = (call: Call): Status | undefined => {
  const { info, namespace, inNamespace, name, subresource, method } = call
  if (isAdministrator(call.asker) || (info.createOnly && info.resource.startsWith("selfsubject"))) return undefined
  const subject = info.group ? `${info.resource}.${info.group}` : info.resource
  const resource = subresource === "" ? info.resource : `${info.resource}/${subresource}`
  const place = inNamespace ? `in the namespace "${namespace}"` : "at the cluster scope"
  const object = name === "" || (method === "POST" && subresource === "") ? "" : ` "${name}"`
  return failure(
    403,
    "Forbidden",
    `${subject}${object} is forbidden: User "${call.asker.username}" cannot ${verbOf(call)} resource "${resource}" in API group "${info.group}" ${place}`,
    { ...(name === "" ? {} : { name }), ...(info.group ? { group: info.group } : {}), kind: info.resource },
  )
}
