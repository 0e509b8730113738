import type { KubeObject } from "@pilotage/kube-model"
import type { Call } from "../call.ts"
import { child, type Json, text } from "../json-object.ts"
import { claimsOf, ISSUER } from "./account-token.ts"

const refused = (error: string): Json => ({ user: {}, error })

/** The status of a TokenReview: whose a token is, if it is one of those that were given out here and its account is there. */
export const reviewToken = ({ hooks }: Call, review: KubeObject): Json => {
  const spec = child(review, "spec")
  const claims = claimsOf(text(spec, "token"))
  if (!claims) return refused("invalid bearer token")
  if (typeof claims.exp !== "number" || claims.exp * 1000 <= hooks.now())
    return refused("[invalid bearer token, service account token has expired]")
  const { namespace, serviceaccount } = child(claims, "kubernetes.io")
  const account = serviceaccount as { readonly name: string; readonly uid: string }
  const stored = hooks.store.get("serviceaccounts", String(namespace), account.name)
  if (!stored || stored.metadata.uid !== account.uid)
    return refused("[invalid bearer token, service account token has been invalidated]")
  const wanted = Array.isArray(spec.audiences) && spec.audiences.length > 0 ? spec.audiences : [ISSUER]
  const audiences = wanted.filter((each) => Array.isArray(claims.aud) && claims.aud.includes(each))
  if (audiences.length === 0)
    return refused(
      `[invalid bearer token, token audiences ${JSON.stringify(claims.aud)} is invalid for the target audiences ${JSON.stringify(wanted)}]`,
    )
  return {
    authenticated: true,
    user: {
      username: text(claims, "sub"),
      uid: account.uid,
      groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"],
      extra: { "authentication.kubernetes.io/credential-id": [`JTI=${text(claims, "jti")}`] },
    },
    audiences,
  }
}
