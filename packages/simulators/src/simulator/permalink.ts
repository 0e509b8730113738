import type { Scenario } from "./scenario.ts"

/** A link of more characters than this is not read: no scenario needs so many. */
const LIMIT = 8000

const TYPES: readonly unknown[] = ["ClusterIP", "NodePort", "LoadBalancer"]
const ORIGINS: readonly unknown[] = ["pod", "outside", "node"]

/** Fields whose values are words of a list; `from` may be of another kind, and so of another shape, than the model's. */
const isWord = (key: string, value: unknown): boolean | undefined => {
  if (key === "type") return TYPES.includes(value)
  if (key === "from")
    return value !== null && typeof value === "object" && "kind" in value && ORIGINS.includes(value.kind)
  return undefined
}

const sameShape = (value: unknown, model: unknown): boolean => {
  if (Array.isArray(model))
    return (
      Array.isArray(value) &&
      value.length === model.length &&
      model.every((each, index) => sameShape(value[index], each))
    )
  if (model !== null && typeof model === "object")
    return (
      value !== null &&
      typeof value === "object" &&
      Object.entries(model).every(([key, each]) => {
        const own = (value as Record<string, unknown>)[key]
        return isWord(key, own) ?? sameShape(own, each)
      })
    )
  return typeof value === typeof model
}

/** A scenario as the part of a link behind `#`. */
export const toHash = (name: string, scenario: Scenario): string =>
  `#${name}=${encodeURIComponent(JSON.stringify(scenario))}`

/** The scenario in a link; undefined when the link has none of that name, or one of another shape than `model`. */
export const fromHash = (name: string, hash: string, model: Scenario): Scenario | undefined => {
  const prefix = `#${name}=`
  if (!hash.startsWith(prefix) || hash.length > LIMIT) return undefined
  try {
    const value: unknown = JSON.parse(decodeURIComponent(hash.slice(prefix.length)))
    return sameShape(value, model) ? (value as Scenario) : undefined
  } catch {
    // Somebody cut or changed the link: it is as if there were none.
    return undefined
  }
}
