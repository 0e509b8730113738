import { err, ok, type Result } from "@pilotage/kube-model"
import { isJson } from "../json-object.ts"
import { parseJsonText } from "../json-text.ts"
import { fromBase64, toBase64 } from "./base64-text.ts"

/** Where a list goes on: at the first key that is not less than `start`, in the state at `revision`. */
export interface ContinuePlace {
  /** -1: whatever is there when the list goes on. */
  readonly revision: number
  /** `name` in a namespace, else `namespace/name`, and a NUL character, for the list goes on after that key. */
  readonly start: string
}

const VERSION = "meta.k8s.io/v1"

/** apiserver `storage/continue.go`. Nothing that a client should look into. */
export const encodeContinue = ({ revision, start }: ContinuePlace): string =>
  toBase64(JSON.stringify({ v: VERSION, rv: revision, start }))

/** `a//b`, `..` and the like, which Go's path.Clean would change. */
const isUnclean = (path: string): boolean =>
  path
    .split("/")
    .slice(1)
    .some((part) => part === "" || part === "." || part === "..")

export const decodeContinue = (token: string): Result<ContinuePlace, string> => {
  const text = fromBase64(token)
  if (!text.ok) return err(`continue key is not valid: ${text.error}`)
  const parsed = parseJsonText(text.value)
  if (!parsed.ok) return err(`continue key is not valid: ${parsed.error}`)
  const { v, rv, start } = isJson(parsed.value.value) ? parsed.value.value : {}
  if (v !== VERSION)
    return err(
      `continue key is not valid: server does not recognize this encoded version ${JSON.stringify(typeof v === "string" ? v : "")}`,
    )
  if (typeof rv !== "number" || !Number.isInteger(rv) || rv === 0)
    return err(`continue key is not valid: incorrect encoded start resourceVersion (version ${VERSION})`)
  if (typeof start !== "string" || start === "")
    return err(`continue key is not valid: encoded start key empty (version ${VERSION})`)
  const path = start.startsWith("/") ? start : `/${start}`
  if (isUnclean(path)) return err(`continue key is not valid: ${start}`)
  return ok({ revision: rv, start: path.slice(1) })
}
