import type { KubeObject } from "@pilotage/kube-model"
import type { ResourceName } from "../../../store-types.ts"

/** A write as its answer told it: what there was before and after, and at which revision. */
export interface Written {
  readonly resource: ResourceName
  readonly key: string
  readonly revision: number
  readonly before: KubeObject | undefined
  readonly after: KubeObject | undefined
}

/**
 * What the checker itself knows of the history: nothing of it comes from the store's own history or index.
 * The position of a revision in `all` is found by search; revisions only grow.
 */
export interface WrittenLog {
  readonly all: readonly Written[]
  readonly add: (written: Written) => void
  /** Index of the first write after a revision. */
  readonly after: (revision: number) => number
  /** Objects of a resource as they were at a revision, by key, found by playing the log again. */
  readonly stateAt: (resource: ResourceName, revision: number) => ReadonlyMap<string, KubeObject>
}

/** So many writes apart, states are kept to play on from. */
const STRIDE = 256

type State = Map<string, KubeObject>

export const createWrittenLog = (): WrittenLog => {
  const all: Written[] = []
  const present = new Map<ResourceName, State>()
  /** The state of all resources before the write of an index that is a multiple of the stride. */
  const kept: ReadonlyMap<ResourceName, State>[] = []
  const play = (state: State, { key, after }: Written): void => {
    if (after) state.set(key, after)
    else state.delete(key)
  }
  const after = (revision: number): number => {
    let [low, high] = [0, all.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((all[middle]?.revision ?? 0) <= revision) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    all,
    add(written) {
      if (all.length % STRIDE === 0)
        kept.push(new Map([...present].map(([resource, state]) => [resource, new Map(state)])))
      all.push(written)
      const state = present.get(written.resource) ?? new Map()
      present.set(written.resource, state)
      play(state, written)
    },
    after,
    stateAt(resource, revision) {
      const end = after(revision)
      const begin = Math.floor(end / STRIDE)
      const state = new Map(kept[begin]?.get(resource) ?? (all.length === end ? present.get(resource) : undefined))
      for (let at = begin * STRIDE; at < end; at += 1) {
        const written = all[at]
        if (written?.resource === resource) play(state, written)
      }
      return state
    },
  }
}
