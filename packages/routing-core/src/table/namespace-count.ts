import type { PersistentMap } from "./persistent-map.ts"

/** How many objects that we know are in a namespace; one without any is not in the map. */
export const countIn = (map: PersistentMap<number>, namespace: string, by: number): PersistentMap<number> => {
  if (by === 0) return map
  const sum = (map.get(namespace) ?? 0) + by
  return sum > 0 ? map.set(namespace, sum) : map.delete(namespace)
}
