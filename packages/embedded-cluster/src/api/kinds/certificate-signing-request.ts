import type { KubeObject } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid, notSupported, required } from "../field-error.ts"
import { child, children, type Json, text } from "../json-object.ts"
import { fromBase64 } from "../reading/base64-text.ts"
import type { Strategy } from "../strategy.ts"

const USAGES = [
  "any",
  "cert sign",
  "client auth",
  "code signing",
  "content commitment",
  "crl sign",
  "data encipherment",
  "decipher only",
  "digital signature",
  "email protection",
  "encipher only",
  "ipsec end system",
  "ipsec tunnel",
  "ipsec user",
  "key agreement",
  "key encipherment",
  "microsoft sgc",
  "netscape sgc",
  "ocsp signing",
  "s/mime",
  "server auth",
  "signing",
  "timestamping",
]

const SHORTEST_SECONDS = 600

const PEM = /^-----BEGIN CERTIFICATE REQUEST-----\r?\n[\s\S]+-----END CERTIFICATE REQUEST-----\s*$/

const isRequest = (base64: string): boolean => {
  const decoded = fromBase64(
    base64
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replace(/[=\s]+$/, ""),
  )
  return decoded.ok && PEM.test(decoded.value)
}

const SIGNER = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+\/[^/\s]+$/

const signerErrors = (signer: string): readonly FieldError[] => {
  const field = "spec.signerName"
  if (signer === "") return [required(field)]
  if (SIGNER.test(signer)) return []
  return [invalid(field, signer, "must be a fully qualified domain and path of the form 'example.com/signer-name'")]
}

/** kubernetes 1.36 `pkg/apis/certificates/validation`. What is in the request is not read. */
const validate = (object: KubeObject): readonly FieldError[] => {
  const spec = child(object, "spec")
  const usages = Array.isArray(spec.usages) ? spec.usages.map(String) : []
  const { expirationSeconds: seconds } = spec
  const request = text(spec, "request")
  return [
    ...(isRequest(request) ? [] : [invalid("spec.request", request, "PEM block type must be CERTIFICATE REQUEST")]),
    ...(usages.length === 0 ? [required("spec.usages")] : []),
    ...errorsOfEach(usages, (usage, index) =>
      USAGES.includes(usage) ? [] : [notSupported(`spec.usages[${index}]`, usage, USAGES)],
    ),
    ...signerErrors(text(spec, "signerName")),
    ...(typeof seconds === "number" && seconds < SHORTEST_SECONDS
      ? [invalid("spec.expirationSeconds", seconds, "may not specify a duration less than 600 seconds (10 minutes)")]
      : []),
  ]
}

const DECISIONS: ReadonlySet<string> = new Set(["Approved", "Denied"])

/** Who has decided may not take it back, nor decide otherwise. */
const decisionErrors = (object: KubeObject, old: KubeObject): readonly FieldError[] => {
  const types = (of: KubeObject): readonly string[] =>
    children(child(of, "status"), "conditions")
      .map((condition) => text(condition, "type"))
      .filter((type) => DECISIONS.has(type))
  const [now, before] = [types(object), types(old)]
  const field = "status.conditions"
  const lost = before.filter((type) => !now.includes(type))
  if (lost.length > 0)
    return lost.map((type) => ({
      type: "FieldValueForbidden",
      field,
      detail: `updates may not remove a condition of type "${type}"`,
    }))
  return now.includes("Approved") && now.includes("Denied")
    ? [invalid(`${field}[1].type`, now[1] ?? "", "Approved and Denied conditions are mutually exclusive")]
    : []
}

const withTimes = (condition: Json): Json => ({
  ...condition,
  lastTransitionTime: condition.lastTransitionTime ?? condition.lastUpdateTime,
})

const defaults = (object: KubeObject): KubeObject => {
  const status = child(object, "status")
  if (!Array.isArray(status.conditions)) return object
  return { ...object, status: { ...status, conditions: children(status, "conditions").map(withTimes) } }
}

/** Who asks for a certificate is told by the server, not by the one who asks; what was asked for stays as it is. */
export const signingRequestStrategy: Strategy = {
  defaults,
  prepareCreate: (object, { asker }) => {
    const { extra: _, uid: __, ...spec } = child(object, "spec")
    const asked = asker ? { username: asker.username, groups: asker.groups } : {}
    const { status: ___, ...bare } = object
    return { ...bare, spec: { ...spec, ...asked } } as KubeObject
  },
  prepareUpdate: (object, old) => ({ ...object, spec: old.spec }) as KubeObject,
  validate,
  validateStatus: decisionErrors,
}
