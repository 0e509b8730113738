import fc from "fast-check"
import { expect, test } from "vitest"
import { caseOf, run } from "./run.ts"

const seeds = fc.integer({ min: 0, max: 0xffffffff })

test("clusters that the API server would take: every answer is whole", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      expect(run(caseOf(seed, 0))).toEqual([])
    }),
    { seed: 41, numRuns: 120 },
  )
})

test("clusters bent out of shape: an answer or an error with a path, and never an exception", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      expect(run(caseOf(seed, 1))).toEqual([])
    }),
    { seed: 42, numRuns: 180 },
  )
})
