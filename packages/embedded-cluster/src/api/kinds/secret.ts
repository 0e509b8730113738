import type { KubeObject } from "@pilotage/kube-model"
import { deepEqual } from "../../store/deep-equal.ts"
import { base64OfText, bytesInBase64, bytesOfBase64 } from "../base64.ts"
import { errorsOfEach, type FieldError, invalid, refused, required, tooLong } from "../field-error.ts"
import { child, type Json, text, without } from "../json-object.ts"
import { parseJsonText } from "../json-text.ts"
import type { Strategy } from "../strategy.ts"
import { IMMUTABLE } from "../workloads/template-errors.ts"
import { configKeyProblems } from "./config-keys.ts"

const SIZE_LIMIT = 1024 * 1024

/** What is given as text is kept as bytes, over what `data` says (core/v1 Convert_v1_Secret_To_core_Secret). */
const secretDefaults = (object: KubeObject): KubeObject => {
  const given = Object.entries(child(object, "stringData"))
  const data = {
    ...child(object, "data"),
    ...Object.fromEntries(given.map(([key, value]) => [key, base64OfText(String(value))])),
  }
  return {
    ...without(object, "stringData", "data"),
    ...(Object.keys(data).length > 0 ? { data } : {}),
    type: text(object, "type") || "Opaque",
  }
}

const ACCOUNT = "kubernetes.io/service-account.name"
const missing = (data: Json, ...keys: readonly string[]): FieldError[] =>
  keys.filter((key) => !Object.hasOwn(data, key)).map((key) => required(`data[${key}]`))

/** What is no JSON; the value itself is kept out of the answer. */
const unreadable = (data: Json, key: string): FieldError[] => {
  if (!Object.hasOwn(data, key)) return []
  const parsed = parseJsonText(bytesOfBase64(text(data, key)))
  return parsed.ok ? [] : [invalid(`data[${key}]`, "<secret contents redacted>", parsed.error)]
}

/** What each type of Secret must hold (core/validation ValidateSecret). */
const typeErrors = (object: KubeObject, data: Json): FieldError[] => {
  switch (text(object, "type")) {
    case "kubernetes.io/service-account-token":
      return object.metadata.annotations?.[ACCOUNT] ? [] : [required(`metadata.annotations[${ACCOUNT}]`)]
    case "kubernetes.io/dockercfg":
      return [...missing(data, ".dockercfg"), ...unreadable(data, ".dockercfg")]
    case "kubernetes.io/dockerconfigjson":
      return [...missing(data, ".dockerconfigjson"), ...unreadable(data, ".dockerconfigjson")]
    case "kubernetes.io/basic-auth":
      return Object.hasOwn(data, "username") || Object.hasOwn(data, "password")
        ? []
        : missing(data, "username", "password")
    case "kubernetes.io/ssh-auth":
      return bytesInBase64(text(data, "ssh-privatekey")) > 0 ? [] : [required("data[ssh-privatekey]")]
    case "kubernetes.io/tls":
      return missing(data, "tls.crt", "tls.key")
    default:
      return []
  }
}

const secretErrors = (object: KubeObject): FieldError[] => {
  const data = child(object, "data")
  const errors = errorsOfEach(Object.keys(data), (key) =>
    configKeyProblems(key).map((problem) => invalid(`data[${key}]`, key, problem)),
  )
  const size = Object.values(data).reduce<number>((sum, value) => sum + bytesInBase64(String(value)), 0)
  if (size > SIZE_LIMIT) errors.push(tooLong("data", SIZE_LIMIT))
  return [...errors, ...typeErrors(object, data)]
}

const FROZEN = "field is immutable when `immutable` is set"

export const secretStrategy: Strategy = {
  defaults: secretDefaults,
  validate: secretErrors,
  validateUpdate: (object, old) => {
    const errors = object.type === old.type ? [] : [invalid("type", object.type, IMMUTABLE)]
    if (old.immutable !== true) return errors
    if (object.immutable !== true) errors.push(refused("immutable", FROZEN))
    if (!deepEqual(object.data, old.data)) errors.push(refused("data", FROZEN))
    return errors
  },
  selectable: { type: (object) => text(object, "type") },
}
