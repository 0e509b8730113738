import { kept } from "../kept-answer.ts"
import { GROUP_FACTS } from "./group-facts.ts"

/** What OpenAPI says of a field beside its type. */
export interface FieldFacts {
  readonly required: boolean
  /** As JSON has it; absent: nothing is said. A struct that Go holds by value has the default `{}`. */
  readonly default?: string | number | boolean | object
  readonly enum?: readonly string[]
  readonly listType?: "atomic" | "set" | "map"
  readonly mapType?: "atomic" | "granular"
  readonly mapKeys?: readonly string[]
  /** A strategic merge keeps of the stored element only the keys that the patch names. */
  readonly retainKeys: boolean
}

export interface StructFacts {
  readonly atomic: boolean
  /** At most one of the fields is set: the discriminator ("" for none) and the field. */
  readonly union?: { readonly discriminator: string; readonly field: string }
  readonly fields: ReadonlyMap<string, FieldFacts>
}

/**
 * One fact: `port!` required, `protocol<TCP|UDP>=TCP` its values (of a list: those of its items) and its default, `spec{}` held by value, `args[a]` atomic
 * list, `values[s]` set, `ports[port,protocol]` list keyed by these, `volumes+` retain keys; `=` alone: the default is the
 * zero value although the field is not required; `=?`: there is none although it is.
 */
const FACT = /^([\w$-]+)(?:<([^>]*)>)?(\{\})?(?:\[([\w,]*)\])?(?:=([^!+]*))?(\+)?(!)?$/

type Zero = (field: string) => string | number | boolean | undefined

const defaultOf = (text: string | undefined, byValue: boolean, zero: ReturnType<Zero>): FieldFacts["default"] => {
  if (byValue) return {}
  if (text === undefined || text === "?") return undefined
  if (text === "") return zero
  if (typeof zero === "number") return Number(text)
  return typeof zero === "boolean" ? text === "true" : text
}

const LIST_TYPES: Readonly<Record<string, "atomic" | "set">> = { a: "atomic", s: "set" }

const listFacts = (text: string | undefined): Pick<FieldFacts, "listType" | "mapKeys" | "mapType"> => {
  if (text === undefined) return {}
  if (text === "g") return { mapType: "granular" }
  const listType = LIST_TYPES[text]
  if (listType === "atomic") return { listType, mapType: "atomic" }
  return listType ? { listType } : { listType: "map", mapKeys: text.split(",") }
}

/** `zero` tells the zero value of a field of the struct, undefined for what is no scalar. */
const parseField = (text: string, zero: Zero): readonly [string, FieldFacts] => {
  const [, name = "", values, byValue, list, given, retain, mark] = FACT.exec(text) ?? []
  const required = mark !== undefined
  const fallback = defaultOf(given ?? (required ? "" : undefined), byValue !== undefined, zero(name))
  return [
    name,
    {
      required,
      retainKeys: retain !== undefined,
      ...(fallback === undefined ? {} : { default: fallback }),
      ...(values === undefined ? {} : { enum: values.split("|") }),
      ...listFacts(list),
    },
  ]
}

const linesOf = kept((packageName: string): ReadonlyMap<string, readonly string[]> => {
  const lines = (GROUP_FACTS[packageName] ?? "")
    .replaceAll("\n  ", " ")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(" "))
  return new Map(lines.map(([name = "", ...facts]) => [name, facts]))
})

const NO_FACTS: StructFacts = { atomic: false, fields: new Map() }

/** Facts about a type of a package; none when nothing is known of it. */
export const factsOf = (packageName: string, struct: string, zero: Zero): StructFacts => {
  const words = linesOf(packageName).get(struct)
  if (!words) return NO_FACTS
  const union = words.map((word) => /^@union\((\w*),(\w+)\)$/.exec(word)).find((match) => match !== null)
  return {
    atomic: words.includes("@atomic"),
    ...(union ? { union: { discriminator: union[1] ?? "", field: union[2] ?? "" } } : {}),
    fields: new Map(words.filter((word) => !word.startsWith("@")).map((word) => parseField(word, zero))),
  }
}

const PACKAGES: readonly string[] = Object.keys(GROUP_FACTS)

/**
 * The package of a type that a type of `from` names: its own if that has facts about it, else the first that has, else its
 * own (types without facts stand beside those that name them).
 */
export const packageOf = (struct: string, from: string): string =>
  [from, ...PACKAGES].find((name) => linesOf(name).has(struct)) ?? from
