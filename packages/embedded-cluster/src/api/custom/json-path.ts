import { isJson } from "../json-object.ts"

export type Step =
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "all" }
  | { readonly kind: "where"; readonly path: readonly Step[]; readonly equals: string | number | boolean }

const TOKEN =
  /^(?:\.((?:\\.|[^.[\\])+)|\[(-?\d+)\]|\[(\*)\]|\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]|\[\?\(@((?:[^=!<>]|\\.)+?)\s*==\s*(?:"([^"]*)"|'([^']*)'|([^)\s]+))\s*\)\])/

const plain = (text: string): string => text.replaceAll(/\\(.)/g, "$1")

const literal = (text: string): string | number | boolean =>
  text === "true" || text === "false" ? text === "true" : Number(text)

/** The steps of a path such as `.status.conditions[?(@.type=="Ready")].status`; undefined for one that is not understood. */
export const parsePath = (path: string): readonly Step[] | undefined => {
  const steps: Step[] = []
  let rest = path
  while (rest !== "") {
    const match = TOKEN.exec(rest)
    if (!match) return undefined
    const [whole, name, index, all, single, double, where, text, other, value] = match
    const key = name ?? single ?? double
    if (key !== undefined) steps.push(key === "*" ? { kind: "all" } : { kind: "field", name: plain(key) })
    else if (index !== undefined) steps.push({ kind: "index", index: Number(index) })
    else if (all !== undefined) steps.push({ kind: "all" })
    else {
      const inner = parsePath(where ?? "")
      if (!inner) return undefined
      steps.push({ kind: "where", path: inner, equals: text ?? other ?? literal(value ?? "") })
    }
    rest = rest.slice(whole.length)
  }
  return steps
}

const taken = (value: unknown, step: Step): readonly unknown[] => {
  if (step.kind === "field") return isJson(value) && Object.hasOwn(value, step.name) ? [value[step.name]] : []
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  if (step.kind === "all") return isJson(value) ? Object.values(value) : items
  if (step.kind === "where") return items.filter((item) => valuesAt(item, step.path)[0] === step.equals)
  const found = items.at(step.index)
  return found === undefined ? [] : [found]
}

/** All values that the steps lead to. */
export const valuesAt = (value: unknown, steps: readonly Step[]): readonly unknown[] =>
  steps.reduce<readonly unknown[]>((values, step) => values.flatMap((each) => taken(each, step)), [value])
