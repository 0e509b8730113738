import { keyOf } from "../proxy/service-entry.ts"
import type { Indexes } from "../table/compiled-table.ts"
import { mostAlike } from "./likeness.ts"

/** So many names are compared one by one; a larger cluster is asked for the likely slips only. */
const FEW = 64
const LONGEST_COMPARED = 24

const SUFFIXES = ["s", "-svc", "-service", "-headless", "service", "svc"] as const

const namesByNamespace = new WeakMap<Indexes["serviceNames"], ReadonlyMap<string, readonly string[]>>()

/** Of a small cluster; put together at the first question after a Service came or went. */
const namesIn = ({ serviceNames }: Indexes, namespace: string): readonly string[] => {
  let known = namesByNamespace.get(serviceNames)
  if (!known) {
    const found = new Map<string, string[]>()
    for (const [name, keys] of serviceNames.entries())
      for (const key of keys) {
        const own = key.slice(0, key.indexOf("/"))
        found.set(own, [...(found.get(own) ?? []), name])
      }
    known = found
    namesByNamespace.set(serviceNames, known)
  }
  return known.get(namespace) ?? []
}

/** Names that somebody may have meant: a letter too many, doubled or swapped, a hyphen or a usual suffix more or less. */
function* slips(wanted: string): Generator<string> {
  for (const suffix of SUFFIXES) {
    if (wanted.endsWith(suffix)) yield wanted.slice(0, -suffix.length)
    yield wanted + suffix
  }
  const end = Math.min(wanted.length, LONGEST_COMPARED)
  for (let at = 0; at < end; at += 1) {
    const head = wanted.slice(0, at)
    const tail = wanted.slice(at + 1)
    const letter = wanted[at] ?? ""
    yield head + tail
    if (at > 0) yield `${head}-${letter}${tail}`
    if (tail) yield head + (tail[0] ?? "") + letter + tail.slice(1)
    yield head + letter + letter + tail
  }
}

/**
 * A Service of `namespace` that is called nearly `wanted`, if there is one. In a cluster with many Services the cost does
 * not grow with their number: a name with a wrong or a missing letter is then not found.
 */
export const similarService = (indexes: Indexes, namespace: string, wanted: string): string | undefined => {
  for (const name of slips(wanted)) if (name !== "" && indexes.services.get(keyOf(namespace, name))) return name
  return indexes.services.size <= FEW ? mostAlike(wanted, namesIn(indexes, namespace)) : undefined
}
