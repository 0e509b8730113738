import { err, type KubeAnswer, type KubeObject, ok, type Result, type Status } from "@pilotage/kube-model"
import type { ResourceName } from "../store-types.ts"
import { managedAfterWrite, withManagedFields } from "./apply/tracking.ts"
import { type Asker, isAdministrator } from "./asker.ts"
import { readBody } from "./body.ts"
import type { Call } from "./call.ts"
import { decodeObject } from "./decode.ts"
import { type FieldError, invalid, invalidObject } from "./field-error.ts"
import { child, isJson, type Json, text } from "./json-object.ts"
import { answer, badRequest, methodNotAllowed } from "./status.ts"
import { reviewToken } from "./virtual/token-review.ts"
import { fieldValidationOf } from "./write-options.ts"

const ALLOWED = {
  allowed: true,
  reason:
    'RBAC: allowed by ClusterRoleBinding "kubeadm:cluster-admins" of ClusterRole "cluster-admin" to Group "kubeadm:cluster-admins"',
}

const create = (group: string, ...resources: readonly string[]): object => ({
  verbs: ["create"],
  apiGroups: [group],
  resources,
})

const DISCOVERY = ["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz"]

/** What cluster-admin may, and what everybody may who is known. */
const RULES = {
  resourceRules: [
    { verbs: ["*"], apiGroups: ["*"], resources: ["*"] },
    create("authorization.k8s.io", "selfsubjectaccessreviews", "selfsubjectrulesreviews"),
    create("authentication.k8s.io", "selfsubjectreviews"),
  ],
  nonResourceRules: [
    { verbs: ["get"], nonResourceURLs: [...DISCOVERY, "/version", "/version/"] },
    { verbs: ["get"], nonResourceURLs: ["/healthz", "/livez", "/readyz", "/version", "/version/"] },
    { verbs: ["*"], nonResourceURLs: ["*"] },
  ],
  incomplete: false,
}

const askerIn = (spec: object): Asker => {
  const { user, groups } = spec as { readonly user?: unknown; readonly groups?: unknown }
  return { username: String(user ?? ""), groups: Array.isArray(groups) ? groups.map(String) : [] }
}

/** Nobody but the administrator has been given anything. */
const statusFor = (resource: ResourceName, review: KubeObject, asker: Asker): object => {
  if (resource === "selfsubjectreviews") return { userInfo: asker }
  const isAdmin = isAdministrator(resource.startsWith("self") ? asker : askerIn(child(review, "spec")))
  if (resource === "selfsubjectrulesreviews")
    return isAdmin ? RULES : { resourceRules: [], nonResourceRules: [], incomplete: false }
  return isAdmin ? ALLOWED : { allowed: false }
}

/** As upstream prints it, whose errors show its internal types. */
const internal = (asked: Json): Json => ({ Path: text(asked, "path"), Verb: text(asked, "verb") })

/** Kubernetes 1.36 `pkg/apis/authorization/validation`. */
const reviewErrors = (resource: ResourceName, review: KubeObject, namespace: string): FieldError[] => {
  const spec = child(review, "spec")
  const isAboutOthers = resource === "subjectaccessreviews" || resource === "localsubjectaccessreviews"
  if (resource === "selfsubjectreviews" || resource === "selfsubjectrulesreviews") return []
  const [own, other] = [isJson(spec.resourceAttributes), isJson(spec.nonResourceAttributes)]
  const errors: FieldError[] = []
  if (own && other)
    errors.push(
      invalid(
        "spec.nonResourceAttributes",
        internal(child(spec, "nonResourceAttributes")),
        "cannot be specified in combination with resourceAttributes",
      ),
    )
  if (!own && !other)
    errors.push(
      invalid(
        "spec.resourceAttributes",
        null,
        "exactly one of nonResourceAttributes or resourceAttributes must be specified",
      ),
    )
  const isNobody = !spec.user && (!Array.isArray(spec.groups) || spec.groups.length === 0)
  if (isAboutOthers && isNobody)
    errors.push(invalid("spec.user", "", "at least one of user or group must be specified"))
  if (resource !== "localsubjectaccessreviews") return errors
  const asked = text(child(spec, "resourceAttributes"), "namespace")
  if (own && asked !== namespace)
    errors.push(invalid("spec.resourceAttributes.namespace", asked, "must match metadata.namespace"))
  if (other)
    errors.push(
      invalid(
        "spec.nonResourceAttributes",
        internal(child(spec, "nonResourceAttributes")),
        "disallowed on this kind of request",
      ),
    )
  return errors
}

/** Answers a question about who may do what: the question comes back with the answer as its status. Nothing is stored. */
export const answerReview = (call: Call): Result<KubeAnswer, Status> => {
  const { info, namespace } = call
  if (call.method !== "POST" || call.name !== "") return err(methodNotAllowed())
  const body = readBody(call.body, info.kind)
  if (!body.ok) return body
  const decoded = decodeObject(body.value.value, info, body.value.duplicates, fieldValidationOf(call))
  if (!decoded.ok) return decoded
  const { object, warnings } = decoded.value
  if (info.stored === "tokenreviews") {
    if (text(child(object, "spec"), "token") === "")
      return err(badRequest("token is required for TokenReview in authentication"))
    const asked = withManagedFields(object, managedAfterWrite(call, undefined, object))
    return ok(answer(201, { ...asked, status: reviewToken(call, object) }, warnings))
  }
  const errors = reviewErrors(info.stored, object, namespace)
  if (errors.length > 0) return err(invalidObject({ kind: "", group: info.group }, "", errors))
  if (info.resource === "selfsubjectrulesreviews" && !child(object, "spec").namespace)
    return err(badRequest("no namespace on request"))
  const metadata = info.namespaced ? { ...object.metadata, namespace } : object.metadata
  const spec = info.resource === "selfsubjectrulesreviews" ? { spec: {} } : {}
  return ok(answer(201, { ...object, ...spec, metadata, status: statusFor(info.stored, object, call.asker) }, warnings))
}
