import { expect, test } from "vitest"
import { createRandom, randomSuffix, randomUid } from "./random.ts"

const draw = (random: { next: () => number }, count: number) => Array.from({ length: count }, () => random.next())

test("the same seed draws the same numbers, another seed others", () => {
  expect(draw(createRandom(7), 20)).toEqual(draw(createRandom(7), 20))
  expect(draw(createRandom(7), 20)).not.toEqual(draw(createRandom(8), 20))
})

test("a generator made from a state goes on where that one stood", () => {
  const random = createRandom(7)
  draw(random, 5)
  const copy = createRandom(random.state())
  expect(draw(copy, 20)).toEqual(draw(random, 20))
})

test("the numbers of seed 1 never change: logs are replayed with them", () => {
  const random = createRandom(1)
  expect(Array.from({ length: 5 }, () => random.below(1_000_000))).toMatchInlineSnapshot(`
    [
      110255,
      923014,
      534505,
      492144,
      758269,
    ]
  `)
  expect(randomUid(createRandom(1))).toMatchInlineSnapshot(`"1e87c862-9b2b-4329-82f0-1fc8bd16114c"`)
})

test("draws are spread evenly and stay below their bound", () => {
  const random = createRandom(42)
  const counts = new Array<number>(10).fill(0)
  for (let index = 0; index < 20_000; index += 1) {
    const value = random.below(10)
    counts[value] = (counts[value] ?? 0) + 1
  }
  expect(counts).toHaveLength(10)
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200)
  expect(random.pick(["only"])).toBe("only")
})

test("suffixes have no vowels and no look-alikes, uids are version 4", () => {
  const random = createRandom(3)
  for (let index = 0; index < 200; index += 1) {
    expect(randomSuffix(random)).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{5}$/)
    expect(randomUid(random)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  }
  expect(randomSuffix(random, 10)).toHaveLength(10)
})
