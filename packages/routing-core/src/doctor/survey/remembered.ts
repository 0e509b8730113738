/** A function of one object that is worked out once for each: Services with the same selector share their pods' facts. */
export const remembered = <K extends object, V>(make: (key: K) => V): ((key: K) => V) => {
  const known = new WeakMap<K, { readonly value: V }>()
  return (key) => {
    let found = known.get(key)
    if (!found) {
      found = { value: make(key) }
      known.set(key, found)
    }
    return found.value
  }
}

/** As `remembered`, for texts. */
export const rememberedByText = <V>(make: (key: string) => V): ((key: string) => V) => {
  const known = new Map<string, { readonly value: V }>()
  return (key) => {
    let found = known.get(key)
    if (!found) {
      found = { value: make(key) }
      known.set(key, found)
    }
    return found.value
  }
}

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
