import { createRandom } from "@pilotage/kube-model"
import fc from "fast-check"
import { expect, test } from "vitest"
import { oddWorld, stateOfWorld } from "../fuzz/odd-world.ts"
import { compile } from "../table/compile.ts"
import { diagnose } from "./diagnose.ts"
import { FINDINGS } from "./findings.ts"

const seeds = fc.integer({ min: 0, max: 0xffffffff })

/** Every finding is whole: a known code, an object, words, and a value that is JSON. */
const unsound = (seed: number, bends: number): readonly string[] => {
  const table = compile(stateOfWorld(oddWorld(createRandom(seed), bends)))
  if (!table.ok) return []
  return diagnose(table.value).flatMap((finding) => {
    const { code, object, message, fix, value } = finding
    if (value !== undefined) JSON.parse(value)
    const isWhole = Object.hasOwn(FINDINGS, code) && object.kind !== "" && message !== "" && fix !== ""
    return isWhole && !/undefined|NaN|\[object/.test(`${message}${fix}`) ? [] : [JSON.stringify(finding)]
  })
}

test.each([
  ["that the API server would take", 0, 61],
  ["bent out of shape", 1, 62],
  ["bent more", 3, 63],
])("clusters %s: findings that are whole, and never an exception", (_, bends, seed) => {
  fc.assert(
    fc.property(seeds, (each) => {
      expect(unsound(each, bends)).toEqual([])
    }),
    { seed, numRuns: 120 },
  )
})
