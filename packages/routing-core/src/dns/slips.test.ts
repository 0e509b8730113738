import fc from "fast-check"
import { expect, test } from "vitest"
import { isWithinSlips } from "./slips.ts"

test("a letter too many, too few, wrong, or two the wrong way round are one slip each", () => {
  for (const slip of ["backendd", "bakend", "backand", "bakcend", "xbackend", "backen"]) {
    expect(isWithinSlips("backend", slip, 1), slip).toBe(true)
    expect(isWithinSlips("backend", slip, 0), slip).toBe(false)
  }
  expect(isWithinSlips("backend", "backend", 0)).toBe(true)
  expect(isWithinSlips("backend", "abckedn", 2)).toBe(true)
  expect(isWithinSlips("backend", "abckedn", 1)).toBe(false)
  expect(isWithinSlips("backend", "frontend", 2)).toBe(false)
  expect(isWithinSlips("ab", "", 2)).toBe(true)
})

/** Counted from the definition, without a thought for time. */
const slipsBetween = (a: string, b: string): number => {
  const at = (row: number, column: number): number => {
    if (row === 0 || column === 0) return row + column
    const same = a[row - 1] === b[column - 1] ? 0 : 1
    const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
    return Math.min(
      at(row - 1, column) + 1,
      at(row, column - 1) + 1,
      at(row - 1, column - 1) + same,
      ...(swapped ? [at(row - 2, column - 2) + 1] : []),
    )
  }
  return at(a.length, b.length)
}

test("whatever the texts, as many slips as the definition counts", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 })
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 3 }), (a, b, most) => {
      expect(isWithinSlips(a, b, most)).toBe(slipsBetween(a, b) <= most)
    }),
    { seed: 20260121, numRuns: 1500 },
  )
})
