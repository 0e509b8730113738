/** One step into an object: a key, a list index, or the list item whose `key` equals `value`. */
export type PathStep =
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "item"; readonly key: string; readonly value: string }

const STEP =
  /^(?:\.?(?<key>[A-Za-z_][\w-]*)|\['(?<quoted>[^']+)'\]|\[(?<index>\d+)\]|\[(?<item>\w+)=(?<value>[^\]]+)\])/

/** Parses `spec.ports[name=http].port`, `metadata.labels['a.b/c']`; undefined when it is no path. */
export const parseFieldPath = (text: string): readonly PathStep[] | undefined => {
  const steps: PathStep[] = []
  let rest = text
  while (rest !== "") {
    const match = STEP.exec(rest)
    if (!match || (steps.length === 0 && rest.startsWith("."))) return undefined
    const { key, quoted, index, item, value } = match.groups ?? {}
    if (index !== undefined) steps.push({ kind: "index", index: Number(index) })
    else if (item !== undefined) steps.push({ kind: "item", key: item, value: value ?? "" })
    else steps.push({ kind: "key", key: key ?? quoted ?? "" })
    rest = rest.slice(match[0].length)
  }
  return steps.length > 0 ? steps : undefined
}

const stepInto = (value: unknown, step: PathStep): unknown => {
  if (typeof value !== "object" || value === null) return undefined
  if (step.kind === "key") return Object.hasOwn(value, step.key) ? Reflect.get(value, step.key) : undefined
  if (!Array.isArray(value)) return undefined
  if (step.kind === "index") return value[step.index]
  return value.find((item: unknown) => String(stepInto(item, { kind: "key", key: step.key })) === step.value)
}

/** The value at the path; undefined when it, or anything on the way, is not there. */
export const fieldAt = (object: unknown, path: readonly PathStep[]): unknown => path.reduce(stepInto, object)
