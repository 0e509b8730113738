import { err, type KubeObject, ok, type Result, type Status } from "@pilotage/kube-model"
import { conformCustom } from "./custom/conform-custom.ts"
import { child, isJson, text } from "./json-object.ts"
import { apiVersionOf, type ResourceInfo } from "./resources.ts"
import { conform } from "./schema/conform.ts"
import { kindType } from "./schema/type-text.ts"
import { badRequest } from "./status.ts"

export interface Decoded {
  readonly object: KubeObject
  readonly warnings: readonly string[]
}

export type FieldValidation = "Ignore" | "Warn" | "Strict"

const kindOf = (apiVersion: string, kind: string): string => {
  const parts = apiVersion.split("/")
  return `${parts.at(-1)}.${kind}`
}

/** `core.Service`, `apps.Deployment`: the internal type that a body is converted to. */
const internalKind = ({ group, kind }: ResourceInfo): string => `${group === "" ? "core" : group.split(".")[0]}.${kind}`

/** Turns a JSON value into an object of the resource's kind, or says why it is none, in the words of Go's decoder. */
export const decodeObject = (
  value: unknown,
  info: ResourceInfo,
  duplicates: readonly string[],
  validation: FieldValidation,
): Result<Decoded, Status> => {
  const wanted = apiVersionOf(info)
  const kind = isJson(value) ? text(value, "kind") || info.kind : info.kind
  const apiVersion = isJson(value) ? text(value, "apiVersion") || wanted : wanted
  const cannot = (why: string): Status =>
    badRequest(`${kind} in version ${JSON.stringify(apiVersion)} cannot be handled as a ${info.kind}: ${why}`)
  const shortly = (why: string): Status =>
    badRequest(`${info.kind} in version ${JSON.stringify(info.version)} cannot be handled as a ${info.kind}: ${why}`)
  if (!isJson(value))
    return err(
      badRequest(
        `couldn't get version/kind; json parse error: json: cannot unmarshal ${Array.isArray(value) ? "array" : typeof value} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
      ),
    )
  if (kind !== info.kind || apiVersion !== wanted)
    return err(cannot(`converting (${kindOf(apiVersion, kind)}) to (${internalKind(info)}): unknown conversion`))
  const conformed = info.custom ? conformCustom(value, info.custom.schema) : conform(value, kindType(info))
  if (!conformed.ok) return err(shortly(conformed.error))
  const strict = [
    ...duplicates.map((path) => `duplicate field ${JSON.stringify(path)}`),
    ...conformed.value.unknown.map((path) => `unknown field ${JSON.stringify(path)}`),
  ]
  if (validation === "Strict" && strict.length > 0) return err(shortly(`strict decoding error: ${strict.join(", ")}`))
  const metadata = child(conformed.value.value, "metadata")
  const object = { ...conformed.value.value, apiVersion: wanted, kind: info.kind, metadata } as unknown as KubeObject
  return ok({ object: info.conversion?.toStored(object) ?? object, warnings: validation === "Warn" ? strict : [] })
}
