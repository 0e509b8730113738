import { isJson, type Json } from "./json-object.ts"

/** RFC 7386: null deletes, objects merge, anything else replaces. */
export const mergePatch = (target: unknown, patch: Json): Json => {
  const result: Record<string, unknown> = isJson(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === undefined) delete result[key]
    else result[key] = isJson(value) ? mergePatch(Object.hasOwn(result, key) ? result[key] : undefined, value) : value
  }
  return result
}
