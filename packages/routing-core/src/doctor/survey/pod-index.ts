import { type Labels, selectsPods } from "@pilotage/kube-model"
import type { PodFacts } from "../../state.ts"

/** Pods by namespace and label, so that a selector costs what it selects. */
export interface PodIndex {
  /** The same list for all who ask for the same pods. */
  readonly select: (namespace: string, selector: Labels) => readonly PodFacts[]
  /** Pods of other namespaces with these labels; looks at no more than a thousand. */
  readonly selectElsewhere: (namespace: string, selector: Labels) => readonly PodFacts[]
  /** Pods of the namespace that have one of these keys, one for each set of values; at most a hundred. */
  readonly alike: (namespace: string, keys: readonly string[]) => readonly PodFacts[]
}

const MANY = 1000
const SOME = 100

const push = <V>(map: Map<string, V[]>, key: string, value: V): void => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const pairKey = (namespace: string, key: string, value: string): string => `${namespace}\n${key}\n${value}`

/** Each namespace and selector once: those who ask for the same pods get the same list. */
const bySelector = (find: (namespace: string, selector: Labels) => readonly PodFacts[]): PodIndex["select"] => {
  const known = new Map<string, readonly PodFacts[]>()
  return (namespace, selector) => {
    const key = JSON.stringify([namespace, ...Object.entries(selector).flat()])
    const pods = known.get(key) ?? find(namespace, selector)
    known.set(key, pods)
    return pods
  }
}

export const podIndex = (pods: readonly PodFacts[]): PodIndex => {
  /** Under "" are those of every namespace. */
  const byPair = new Map<string, PodFacts[]>()
  const samples = new Map<string, Map<string, PodFacts>>()
  for (const pod of pods) {
    for (const [key, value] of Object.entries(pod.labels)) {
      push(byPair, pairKey(pod.namespace, key, value), pod)
      push(byPair, pairKey("", key, value), pod)
      const place = `${pod.namespace}\n${key}`
      const values = samples.get(place) ?? new Map<string, PodFacts>()
      if (values.size === 0) samples.set(place, values)
      if (!values.has(value) && values.size < SOME) values.set(value, pod)
    }
  }
  const shortest = (namespace: string, selector: Labels): readonly PodFacts[] => {
    let best: readonly PodFacts[] | undefined
    for (const [key, value] of Object.entries(selector)) {
      const list = byPair.get(pairKey(namespace, key, value)) ?? []
      if (!best || list.length < best.length) best = list
    }
    return best ?? []
  }
  const selected = bySelector((namespace, selector) =>
    shortest(namespace, selector).filter((pod) => selectsPods(selector, pod.labels)),
  )
  const elsewhere = bySelector((namespace, selector) =>
    shortest("", selector)
      .slice(0, MANY)
      .filter((pod) => pod.namespace !== namespace && selectsPods(selector, pod.labels)),
  )
  return {
    select: selected,
    selectElsewhere: elsewhere,
    alike: (namespace, keys) => {
      const found = new Set<PodFacts>()
      for (const key of keys) for (const pod of samples.get(`${namespace}\n${key}`)?.values() ?? []) found.add(pod)
      return [...found].slice(0, SOME)
    },
  }
}
