import { err, type KubeAnswer, type KubeObject, ok, type Result, type Status } from "@pilotage/kube-model"
import type { ResourceName } from "../store-types.ts"
import { readBody } from "./body.ts"
import type { Call } from "./call.ts"
import { decodeObject } from "./decode.ts"
import { type FieldError, invalid, invalidObject } from "./field-error.ts"
import { child, isJson } from "./json-object.ts"
import { answer, badRequest, methodNotAllowed } from "./status.ts"
import { fieldValidationOf } from "./write-options.ts"

/** The one user that there is, as kubeadm sets up the administrator. */
const ADMIN = { username: "kubernetes-admin", groups: ["kubeadm:cluster-admins", "system:authenticated"] }

const ALLOWED = {
  allowed: true,
  reason:
    'RBAC: allowed by ClusterRoleBinding "kubeadm:cluster-admins" of ClusterRole "cluster-admin" to Group "kubeadm:cluster-admins"',
}

const RULES = {
  resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }],
  nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
  incomplete: false,
}

const isAdmin = (spec: object): boolean => {
  const { user, groups } = spec as { readonly user?: unknown; readonly groups?: unknown }
  const all = Array.isArray(groups) ? groups : []
  return (
    user === ADMIN.username || all.some((group) => group === "kubeadm:cluster-admins" || group === "system:masters")
  )
}

/** Nobody but the administrator has been given anything. */
const statusFor = (resource: ResourceName, review: KubeObject): object => {
  if (resource === "selfsubjectreviews") return { userInfo: ADMIN }
  if (resource === "selfsubjectrulesreviews") return RULES
  return resource === "selfsubjectaccessreviews" || isAdmin(child(review, "spec")) ? ALLOWED : { allowed: false }
}

/** Kubernetes 1.36 `pkg/apis/authorization/validation`. */
const reviewErrors = (resource: ResourceName, review: KubeObject): FieldError[] => {
  const spec = child(review, "spec")
  const isAboutOthers = resource === "subjectaccessreviews" || resource === "localsubjectaccessreviews"
  if (resource === "selfsubjectreviews" || resource === "selfsubjectrulesreviews") return []
  const [own, other] = [isJson(spec.resourceAttributes), isJson(spec.nonResourceAttributes)]
  const errors: FieldError[] = []
  if (own && other)
    errors.push(
      invalid(
        "spec.nonResourceAttributes",
        spec.nonResourceAttributes,
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
  const errors = reviewErrors(info.resource, object)
  if (errors.length > 0) return err(invalidObject(info, "", errors))
  if (info.resource === "selfsubjectrulesreviews" && !child(object, "spec").namespace)
    return err(badRequest("no namespace on request"))
  const metadata = info.namespaced ? { ...object.metadata, namespace } : object.metadata
  return ok(answer(201, { ...object, metadata, status: statusFor(info.resource, object) }, warnings))
}
