/** Something that a controller has to look at, and when. `order` decides between equal times: first come, first served. */
export interface Due {
  readonly at: number
  readonly order: number
  readonly controller: string
  readonly key: string
}

/** What is due in virtual time. One entry per controller and key. */
export interface EventQueue {
  /** Brings an entry forward, or adds it; an entry that is due earlier stays. */
  readonly wake: (controller: string, key: string, at: number) => void
  readonly next: () => Due | undefined
  readonly take: () => Due | undefined
  readonly size: () => number
  /** In the order in which they fall due. */
  readonly entries: () => readonly Due[]
  /** The last number that was given to an entry. */
  readonly order: () => number
  readonly fork: () => EventQueue
}

const isBefore = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

const slotOf = (controller: string, key: string): string => `${controller}\n${key}`

const push = (heap: Due[], entry: Due): void => {
  let index = heap.push(entry) - 1
  while (index > 0) {
    const parent = (index - 1) >>> 1
    const above = heap[parent]
    if (!above || !isBefore(entry, above)) break
    heap[index] = above
    index = parent
  }
  heap[index] = entry
}

const pop = (heap: Due[]): void => {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let index = 0
  for (;;) {
    let child = 2 * index + 1
    const left = heap[child]
    if (!left) break
    const right = heap[child + 1]
    if (right && isBefore(right, left)) child += 1
    const smaller = heap[child]
    if (!smaller || !isBefore(smaller, last)) break
    heap[index] = smaller
    index = child
  }
  heap[index] = last
}

export const createEventQueue = (
  from: { readonly entries: readonly Due[]; readonly order: number } = { entries: [], order: 0 },
): EventQueue => {
  const heap: Due[] = []
  const current = new Map<string, Due>()
  let order = from.order
  for (const entry of from.entries) {
    push(heap, entry)
    current.set(slotOf(entry.controller, entry.key), entry)
  }
  // An entry that was brought forward leaves its old self in the heap: it is passed over when it comes up.
  const settle = (): Due | undefined => {
    for (let top = heap[0]; top; top = heap[0]) {
      if (current.get(slotOf(top.controller, top.key)) === top) return top
      pop(heap)
    }
    return undefined
  }
  const entries = (): readonly Due[] => [...current.values()].sort((a, b) => (isBefore(a, b) ? -1 : 1))
  return {
    wake(controller, key, at) {
      const slot = slotOf(controller, key)
      const known = current.get(slot)
      if (known && known.at <= at) return
      order += 1
      const entry: Due = { at, order, controller, key }
      current.set(slot, entry)
      push(heap, entry)
    },
    next: settle,
    take() {
      const top = settle()
      if (!top) return undefined
      pop(heap)
      current.delete(slotOf(top.controller, top.key))
      return top
    },
    size: () => current.size,
    entries,
    order: () => order,
    fork: () => createEventQueue({ entries: entries(), order }),
  }
}
