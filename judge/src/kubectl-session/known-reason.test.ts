import { expect, test } from "vitest"
import { knownReason } from "./known-reason.ts"

const TABLE = [
  { reason: "a type less", cmd: /api-resources/, onlyLess: true },
  { reason: "gone", recorded: /^stdout old/, here: /^stdout new/ },
  { reason: "all of events", every: /Created/ },
] as const

test("a difference has the reason of the first entry all of whose parts hold, and none when no entry's do", () => {
  const reason = (cmd: string, ...differences: readonly string[]) => knownReason({ cmd }, differences, TABLE)
  expect(reason("kubectl api-resources", "-stdout policy/v1")).toBe("a type less")
  expect(reason("kubectl api-resources", "-stdout policy/v1", "+stdout other/v1")).toBeUndefined()
  expect(reason("x", "-stdout old", "+stdout new")).toBe("gone")
  expect(reason("x", "-stdout old", "+stdout other")).toBeUndefined()
  expect(reason("x", "-stdout Created a", "+stdout Created b")).toBe("all of events")
  expect(reason("x", "-stdout Created a", "+stderr other")).toBeUndefined()
})
