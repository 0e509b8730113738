import { err, type KubeObject, ok, type Result, type Status } from "@pilotage/kube-model"
import { child, isJson, text, without } from "./json-object.ts"
import { apiVersionOf, type ResourceInfo } from "./resources.ts"
import { badRequest } from "./status.ts"

export interface Decoded {
  readonly object: KubeObject
  readonly warnings: readonly string[]
}

export type FieldValidation = "Ignore" | "Warn" | "Strict"

/** Turns a JSON value into an object of the resource's kind, or says why it is none, in the words of Go's decoder. */
export const decodeObject = (
  value: unknown,
  info: ResourceInfo,
  duplicates: readonly string[],
  validation: FieldValidation,
): Result<Decoded, Status> => {
  if (!isJson(value)) return err(badRequest("couldn't get version/kind; json parse error: the body is no object"))
  const wanted = apiVersionOf(info)
  const kind = text(value, "kind") || info.kind
  const apiVersion = text(value, "apiVersion") || wanted
  const cannot = (why: string): Status =>
    badRequest(`${kind} in version "${apiVersion.split("/").at(-1)}" cannot be handled as a ${info.kind}: ${why}`)
  if (kind !== info.kind || apiVersion !== wanted)
    return err(
      cannot(`converting (${apiVersion.replace("/", ".")}.${kind}) to (core.${info.kind}): unknown conversion`),
    )
  const strict = duplicates.map((path) => `duplicate field ${JSON.stringify(path)}`)
  if (validation === "Strict" && strict.length > 0) return err(cannot(`strict decoding error: ${strict.join(", ")}`))
  const metadata = without(child(value, "metadata"), "managedFields")
  const object = { ...value, apiVersion: wanted, kind: info.kind, metadata } as unknown as KubeObject
  return ok({ object, warnings: validation === "Warn" ? strict : [] })
}
