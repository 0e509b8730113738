import fc from "fast-check"
import { expect, test } from "vitest"
import { emptyMap, type PersistentMap } from "./persistent-map.ts"

test("a persistent map is a Map of which every version stays as it was", () => {
  const step = fc.record({ key: fc.integer({ min: 0, max: 400 }), value: fc.option(fc.integer(), { nil: undefined }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 600 }), (steps) => {
      let map: PersistentMap<number> = emptyMap()
      const model = new Map<string, number>()
      const versions: {
        readonly map: PersistentMap<number>
        readonly entries: readonly (readonly [string, number])[]
      }[] = []
      for (const [index, { key, value }] of steps.entries()) {
        const name = `key-${key}`
        if (value === undefined) {
          map = map.delete(name)
          model.delete(name)
        } else {
          map = map.set(name, value)
          model.set(name, value)
        }
        expect(map.get(name)).toBe(model.get(name))
        if (index % 50 === 0) versions.push({ map, entries: [...model].sort() })
      }
      expect(map.size).toBe(model.size)
      expect([...map.entries()]).toEqual([...model].sort())
      for (const version of versions) expect(version.map.entries()).toEqual(version.entries)
    }),
    { seed: 36, numRuns: 40 },
  )
})
