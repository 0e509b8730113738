import { keyOf } from "../proxy/service-entry.ts"
import type { Indexes } from "../table/compiled-table.ts"
import { LONGEST, type NameIndex, nameIndex, SHORTEST } from "./name-index.ts"

/** A larger cluster is asked for each likely slip: putting its names together would take longer than anybody waits. */
const MOST_INDEXED = 20_000

const SUFFIXES = ["s", "-svc", "-service"] as const

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"

const indexesByNamespace = new WeakMap<Indexes["serviceNames"], ReadonlyMap<string, NameIndex>>()

/** Put together at the first question after a Service came or went. */
const namesIn = ({ serviceNames }: Indexes, namespace: string): NameIndex | undefined => {
  let known = indexesByNamespace.get(serviceNames)
  if (!known) {
    const found = new Map<string, string[]>()
    for (const [name, keys] of serviceNames.entries())
      for (const key of keys) {
        const own = key.slice(0, key.indexOf("/"))
        const names = found.get(own)
        if (names) names.push(name)
        else found.set(own, [name])
      }
    known = new Map([...found].map(([own, names]) => [own, nameIndex(names)]))
    indexesByNamespace.set(serviceNames, known)
  }
  return known.get(namespace)
}

/** The same name otherwise written: hyphens for underscores or none at all, a usual suffix more or less. */
const variantsOf = (wanted: string): readonly string[] => [
  wanted.replaceAll("_", "-"),
  wanted.replaceAll("-", ""),
  ...SUFFIXES.map((suffix) => (wanted.endsWith(suffix) ? wanted.slice(0, -suffix.length) : wanted + suffix)),
]

/** Every text that is one slip of the keyboard away. */
const slipsOf = (wanted: string): readonly string[] => {
  if (wanted.length < SHORTEST) return []
  const slips: string[] = []
  for (let at = 0; at <= wanted.length; at += 1) {
    const head = wanted.slice(0, at)
    const rest = wanted.slice(at)
    slips.push(head + rest.slice(1))
    if (rest.length > 1) slips.push(head + rest[1] + rest[0] + rest.slice(2))
    for (const letter of LETTERS) slips.push(head + letter + rest, head + letter + rest.slice(1))
  }
  return slips
}

/** A Service of `namespace` that is called nearly `wanted`, if there is one. */
export const similarService = (indexes: Indexes, namespace: string, wanted: string): string | undefined => {
  if (wanted.length > LONGEST) return undefined
  const exists = (name: string): boolean =>
    name !== wanted && indexes.services.get(keyOf(namespace, name)) !== undefined
  const variant = variantsOf(wanted).find(exists)
  if (variant !== undefined) return variant
  return indexes.services.size <= MOST_INDEXED
    ? namesIn(indexes, namespace)?.nearest(wanted)
    : slipsOf(wanted).find(exists)
}
