import fc from "fast-check"
import { expect, test } from "vitest"
import { createEventQueue } from "./event-queue.ts"

test("entries come out in the order of their times, and of their arrival where times are equal", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(30))), (wakes) => {
      const queue = createEventQueue()
      const expected = new Map<string, { at: number; order: number }>()
      for (const [order, [key, at]] of wakes.entries()) {
        queue.wake("c", `${key}`, at)
        const known = expected.get(`${key}`)
        if (!known || at < known.at) expected.set(`${key}`, { at, order })
      }
      const sorted = [...expected].sort(([, a], [, b]) => a.at - b.at || a.order - b.order).map(([key]) => key)
      const fork = queue.fork()
      const taken = (from: typeof queue) => {
        const keys: string[] = []
        for (let due = from.take(); due; due = from.take()) keys.push(due.key)
        return keys
      }
      expect(taken(queue)).toEqual(sorted)
      expect(taken(fork)).toEqual(sorted)
      expect(queue.size()).toBe(0)
    }),
    { seed: 1 },
  )
})
