import fc from "fast-check"
import { expect, test } from "vitest"
import { emptyMap, fromEntries, type PersistentMap, updateList } from "./persistent-map.ts"

const key = fc.integer({ min: 0, max: 400 }).map((number) => `key-${number}`)

test("a persistent map is a Map of which every version stays as it was", () => {
  const step = fc.record({ key, value: fc.option(fc.integer(), { nil: undefined }) })
  const start = fc.array(fc.tuple(key, fc.integer()), { maxLength: 300 })
  fc.assert(
    fc.property(start, fc.array(step, { maxLength: 600 }), (entries, steps) => {
      let map = fromEntries(entries)
      const model = new Map(entries)
      expect(map.entries()).toEqual([...model].sort())
      const versions: {
        readonly map: PersistentMap<number>
        readonly entries: readonly (readonly [string, number])[]
      }[] = []
      for (const [index, { key, value }] of steps.entries()) {
        if (value === undefined) {
          map = map.delete(key)
          model.delete(key)
        } else {
          map = map.set(key, value)
          model.set(key, value)
        }
        expect(map.get(key)).toBe(model.get(key))
        expect(map.size).toBe(model.size)
        if (index % 50 === 0) versions.push({ map, entries: [...model].sort() })
      }
      expect([...map.entries()]).toEqual([...model].sort())
      for (const version of versions) {
        expect(version.map.entries()).toEqual(version.entries)
        for (const [name, value] of version.entries) expect(version.map.get(name)).toBe(value)
      }
    }),
    { seed: 36, numRuns: 40 },
  )
})

test("thousands of keys, set one by one or all at once, are all found, and none is left when all are deleted", () => {
  const entries = Array.from({ length: 5_000 }, (_, index) => [`10.244.${index >> 8}.${index & 255}`, index] as const)
  let grown = emptyMap<number>()
  for (const [name, value] of entries) grown = grown.set(name, value)
  for (const start of [grown, fromEntries(entries)]) {
    let map = start
    for (const [name, value] of entries) expect(map.get(name)).toBe(value)
    expect(map.get("10.244.20.0")).toBeUndefined()
    for (const [name] of entries) map = map.delete(name)
    expect([map.size, map.entries()]).toEqual([0, []])
    expect(start.size).toBe(5_000)
  }
})

test("keys whose hashes collide are kept apart", () => {
  // FNV-1a and what follows it give each of these pairs the same 32 bits.
  const keys = ["costarring", "liquid", "declinate", "macallums"]
  let map = emptyMap<string>()
  for (const name of keys) map = map.set(name, name.toUpperCase())
  expect(keys.map((name) => map.get(name))).toEqual(["COSTARRING", "LIQUID", "DECLINATE", "MACALLUMS"])
  map = map.delete("liquid").set("macallums", "again")
  expect(keys.map((name) => map.get(name))).toEqual(["COSTARRING", undefined, "DECLINATE", "again"])
})

test("of the same key twice the later one counts", () => {
  const map = fromEntries([
    ["web", 1],
    ["web", 2],
  ])
  expect([map.size, map.get("web")]).toEqual([1, 2])
})

test("a list without elements is no entry", () => {
  const one = updateList(fromEntries<readonly string[]>([["web", ["a"]]]), "web", (list) => [...list, "b"])
  expect(one.get("web")).toEqual(["a", "b"])
  expect(updateList(one, "web", () => []).entries()).toEqual([])
})
