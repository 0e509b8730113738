import { expect, test } from "vitest"
import { stateOf } from "../../testing/world.ts"
import { compareOne } from "./random-sample.ts"
import { REGRESSIONS } from "./regressions.ts"

const rows = (isOpen: boolean) =>
  REGRESSIONS.filter(({ open }) => (open !== undefined) === isOpen).map((each) => [each.name, each] as const)

test.each(rows(false))("%s", (_name, { world, request }) => {
  const { stations, disagreements } = compareOne(stateOf(world), request)
  expect(disagreements).toEqual([])
  expect(stations).toBeGreaterThan(0)
})

test.skipIf(rows(true).length === 0).each(rows(true))("open (when this fails, it is settled): %s", (_name, row) => {
  expect(compareOne(stateOf(row.world), row.request).disagreements).not.toEqual([])
})
