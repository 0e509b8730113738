import { expect, test } from "vitest"
import { stateOf } from "../../testing/world.ts"
import { compareOne } from "./random-sample.ts"
import { REGRESSIONS } from "./regressions.ts"

test.each(REGRESSIONS.map((each) => [each.name, each] as const))("%s", (_name, { world, request }) => {
  const { stations, disagreements } = compareOne(stateOf(world), request)
  expect(disagreements).toEqual([])
  expect(stations).toBeGreaterThan(0)
})
