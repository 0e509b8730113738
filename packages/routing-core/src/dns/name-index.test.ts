import fc from "fast-check"
import { expect, test } from "vitest"
import { likeness } from "./likeness.ts"
import { nameIndex } from "./name-index.ts"
import { isWithinSlips } from "./slips.ts"

const name = fc.string({ unit: fc.constantFrom("a", "b", "c", "1", "-"), minLength: 1, maxLength: 9 })

/** The one that looks most like `wanted`, if any looks enough like it. */
const mostAlike = (wanted: string, names: Iterable<string>): string | undefined => {
  let best: string | undefined
  let score = 0.5
  for (const name of names) {
    const own = likeness(wanted, name)
    if (own > score) {
      best = name
      score = own
    }
  }
  return best
}

const slipsTo = (wanted: string, name: string | undefined): number =>
  [0, 1, 2].find((slips) => name !== undefined && isWithinSlips(wanted, name, slips)) ?? 3

test("finds what comparing every name with every other would find", () => {
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 25 }), name, (names, wanted) => {
      const others = names.filter((each) => each !== wanted)
      const most = wanted.length < 3 ? 0 : wanted.length < 6 ? 1 : 2
      const least = Math.min(3, ...others.map((each) => slipsTo(wanted, each)))
      const found = nameIndex(names).nearest(wanted)
      if (least <= most) expect(slipsTo(wanted, found)).toBe(least)
      else expect(found).toBe(mostAlike(wanted, others))
    }),
    { seed: 20260122, numRuns: 1000 },
  )
})

test("numbered names by the thousand: the slip is found, and the name itself is no answer", () => {
  const index = nameIndex(Array.from({ length: 5_000 }, (_, at) => `service-${at}`))
  expect(index.nearest("servoce-4711")).toBe("service-4711")
  expect(index.nearest("servvice-4711")).toBe("service-4711")
  expect(index.nearest("srevoce-4711")).toBe("service-4711")
  expect(index.nearest("service-4711")).not.toBe("service-4711")
  expect(index.nearest("zebra")).toBeUndefined()
})
