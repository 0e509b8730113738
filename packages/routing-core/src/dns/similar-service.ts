import { keyOf } from "../proxy/service-entry.ts"
import type { Indexes } from "../table/compiled-table.ts"
import { mostAlike } from "./likeness.ts"

/** So many names are compared one by one; a larger cluster is asked for the likely slips only. */
const FEW = 64
const LONGEST_COMPARED = 16

const SUFFIXES = ["s", "-svc", "-service"] as const

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

/** Names that somebody may have meant: a letter too many or swapped, a hyphen or a usual suffix more or less. */
const slipsOf = (wanted: string): readonly string[] => {
  const slips = [wanted.replaceAll("_", "-"), wanted.replaceAll("-", "")]
  for (const suffix of SUFFIXES) slips.push(wanted.endsWith(suffix) ? wanted.slice(0, -suffix.length) : wanted + suffix)
  const end = Math.min(wanted.length, LONGEST_COMPARED)
  for (let at = 0; at < end; at += 1) {
    const head = wanted.slice(0, at)
    const rest = wanted.slice(at)
    slips.push(head + rest.slice(1))
    if (at > 0) slips.push(`${head}-${rest}`)
    if (rest.length > 1) slips.push(head + rest[1] + rest[0] + rest.slice(2))
  }
  return slips
}

/**
 * A Service of `namespace` that is called nearly `wanted`, if there is one. In a cluster with many Services the cost does
 * not grow with their number: a name with a wrong or a missing letter is then not found.
 */
export const similarService = (indexes: Indexes, namespace: string, wanted: string): string | undefined => {
  for (const slip of slipsOf(wanted)) if (slip !== wanted && indexes.services.get(keyOf(namespace, slip))) return slip
  return indexes.services.size <= FEW ? mostAlike(wanted, namesIn(indexes, namespace)) : undefined
}
