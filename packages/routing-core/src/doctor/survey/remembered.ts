interface Memory<K, V> {
  readonly get: (key: K) => { readonly value: V } | undefined
  readonly set: (key: K, found: { readonly value: V }) => unknown
}

const rememberedIn =
  <K, V>(memory: Memory<K, V>, make: (key: K) => V): ((key: K) => V) =>
  (key) => {
    const found = memory.get(key) ?? { value: make(key) }
    memory.set(key, found)
    return found.value
  }

/** A function of one object that is worked out once for each: Services with the same selector share their pods' facts. */
export const remembered = <K extends object, V>(make: (key: K) => V): ((key: K) => V) =>
  rememberedIn(new WeakMap<K, { readonly value: V }>(), make)

/** As `remembered`, for texts. */
export const rememberedByText = <V>(make: (key: string) => V): ((key: string) => V) =>
  rememberedIn(new Map<string, { readonly value: V }>(), make)

/** Something that may be done so often and no more, however large the cluster: true while some of it is left. */
export const allowance = (times: number): ((cost?: number) => boolean) => {
  let left = times
  return (cost = 1) => {
    left -= cost
    return left >= 0
  }
}

/** The first so many of a list that pass. Looks no further. */
export const firstOf = <T>(list: readonly T[], most: number, passes: (value: T) => boolean): readonly T[] => {
  const found: T[] = []
  for (const value of list) {
    if (found.length === most) break
    if (passes(value)) found.push(value)
  }
  return found
}
