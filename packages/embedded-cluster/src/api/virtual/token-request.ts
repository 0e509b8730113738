import {
  err,
  formatTime,
  type KubeAnswer,
  type KubeObject,
  ok,
  type Result,
  randomUid,
  type Status,
} from "@pilotage/kube-model"
import type { ResourceName } from "../../store-types.ts"
import { managedAfterWrite, withManagedFields } from "../apply/tracking.ts"
import { readBody } from "../body.ts"
import { type Call, stored, subjectOf } from "../call.ts"
import { decodeObject } from "../decode.ts"
import { type FieldError, invalid, invalidObject } from "../field-error.ts"
import { child, type Json, text } from "../json-object.ts"
import { served } from "../resources/resource-info.ts"
import { answer, badRequest, methodNotAllowed, notFound } from "../status.ts"
import { chanceOf, checkWriteOptions, fieldValidationOf } from "../write-options.ts"
import { accountToken, ISSUER } from "./account-token.ts"

const TOKEN_REQUEST = served("authentication.k8s.io", "v1")("serviceaccounts", "TokenRequest", "")

const HOUR = 3600
const SHORTEST = 600
const LONGEST = 2 ** 32

const expiryErrors = (seconds: number): readonly FieldError[] => {
  const field = "spec.expirationSeconds"
  if (seconds < SHORTEST) return [invalid(field, seconds, "may not specify a duration less than 10 minutes")]
  return seconds > LONGEST ? [invalid(field, seconds, "may not specify a duration larger than 2^32 seconds")] : []
}

/** What a token may be bound to: it is good as long as that is there. */
const BOUND: Readonly<Record<string, readonly [resource: ResourceName, claim: string]>> = {
  Pod: ["pods", "pod"],
  Secret: ["secrets", "secret"],
  Node: ["nodes", "node"],
}

const boundClaim = (call: Call, reference: Json): Result<Json, Status> => {
  const kind = text(reference, "kind")
  if (kind === "") return ok({})
  const [resource, claim] = BOUND[kind] ?? []
  if (resource === undefined || claim === undefined)
    return err(
      badRequest(
        `cannot bind token for serviceaccount "${call.name}" to object of type ${text(reference, "apiVersion")}, Kind=${kind}`,
      ),
    )
  const name = text(reference, "name")
  const object: KubeObject | undefined = call.hooks.store.get(
    resource,
    resource === "nodes" ? "" : call.namespace,
    name,
  )
  if (!object) return err(notFound({ resource, group: "", name }))
  return ok({ [claim]: { name, uid: object.metadata.uid } })
}

/** `kubectl create token NAME`: POST to `/token` of a ServiceAccount (kubernetes 1.36 `pkg/registry/core/serviceaccount`). */
export const requestToken = (call: Call): Result<KubeAnswer, Status> => {
  if (call.method !== "POST") return err(methodNotAllowed())
  const bad = checkWriteOptions(call, "CreateOptions")
  if (bad) return err(bad)
  const body = readBody(call.body, "TokenRequest")
  if (!body.ok) return body
  const decoded = decodeObject(body.value.value, TOKEN_REQUEST, body.value.duplicates, fieldValidationOf(call))
  if (!decoded.ok) return decoded
  const account = stored(call)
  if (!account) return err(notFound(subjectOf(call)))
  const spec = child(decoded.value.object, "spec")
  const seconds = typeof spec.expirationSeconds === "number" ? spec.expirationSeconds : HOUR
  const audiences = Array.isArray(spec.audiences) && spec.audiences.length > 0 ? spec.audiences.map(String) : [ISSUER]
  const errors = expiryErrors(seconds)
  if (errors.length > 0) return err(invalidObject({ kind: "TokenRequest", group: "authentication.k8s.io" }, "", errors))
  const bound = boundClaim(call, child(spec, "boundObjectRef"))
  if (!bound.ok) return bound
  const { namespace = "", name, uid, creationTimestamp } = account.metadata
  const now = Math.floor(call.hooks.now() / 1000)
  const token = accountToken({
    aud: audiences,
    exp: now + seconds,
    iat: now,
    iss: ISSUER,
    jti: randomUid(chanceOf(call)),
    "kubernetes.io": { namespace, ...bound.value, serviceaccount: { name, uid } },
    nbf: now,
    sub: `system:serviceaccount:${namespace}:${name}`,
  })
  const request: KubeObject = {
    kind: "TokenRequest",
    apiVersion: "authentication.k8s.io/v1",
    metadata: { name, namespace, ...(uid ? { uid } : {}), ...(creationTimestamp ? { creationTimestamp } : {}) },
    spec: { audiences, expirationSeconds: seconds, boundObjectRef: spec.boundObjectRef ?? null },
  }
  const owned = withManagedFields(request, managedAfterWrite({ ...call, info: TOKEN_REQUEST }, undefined, request))
  const status = { token, expirationTimestamp: formatTime((now + seconds) * 1000) }
  return ok(answer(201, { ...owned, status }, decoded.value.warnings))
}
