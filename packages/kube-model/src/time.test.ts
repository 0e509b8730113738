import fc from "fast-check"
import { expect, test } from "vitest"
import { formatTime, humanDuration, parseTime } from "./time.ts"

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test("time is written as the host writes it, and read back", () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), (seconds) => {
      const text = new Date(seconds * 1000).toISOString().replace(".000Z", "Z")
      expect(formatTime(seconds * 1000)).toBe(text)
      expect(parseTime(text)).toBe(seconds * 1000)
    }),
    { seed: 3 },
  )
})

test("leap days, year ends and the start of the epoch", () => {
  expect(formatTime(0)).toBe("1970-01-01T00:00:00Z")
  expect(formatTime(-1)).toBe("1969-12-31T23:59:59Z")
  expect(formatTime(951_782_400_999)).toBe("2000-02-29T00:00:00Z")
  expect(formatTime(1_767_603_600_000)).toBe("2026-01-05T09:00:00Z")
})

test("fractions are read to the millisecond; other zones and impossible times are not read", () => {
  expect(parseTime("1970-01-01T00:00:01.5Z")).toBe(1500)
  expect(parseTime("1970-01-01T00:00:00.999999999Z")).toBe(999)
  for (const text of [
    "",
    "1970-01-01",
    "1970-01-01T00:00:00",
    "1970-01-01T00:00:00+01:00",
    "1970-13-01T00:00:00Z",
    "1970-02-30T00:00:00Z",
    "1970-01-01T24:00:00Z",
    "1970-01-01T00:60:00Z",
    "1970-01-00T00:00:00Z",
  ])
    expect(parseTime(text), text).toBeUndefined()
})

test.each([
  [0, "0s"],
  [119 * SECOND, "119s"],
  [120 * SECOND, "2m"],
  [130 * SECOND, "2m10s"],
  [10 * MINUTE + 5 * SECOND, "10m"],
  [179 * MINUTE, "179m"],
  [3 * HOUR + 4 * MINUTE, "3h4m"],
  [7 * HOUR + 59 * MINUTE, "7h59m"],
  [8 * HOUR + 30 * MINUTE, "8h"],
  [47 * HOUR, "47h"],
  [48 * HOUR, "2d"],
  [51 * HOUR, "2d3h"],
  [192 * HOUR, "8d"],
  [729 * DAY, "729d"],
  [730 * DAY, "2y"],
  [735 * DAY, "2y5d"],
  [9 * 365 * DAY, "9y"],
  [-500, "0s"],
  [-1500, "0s"],
  [-5 * SECOND, "<invalid>"],
])("an age of %d ms is %s", (milliseconds, expected) => {
  expect(humanDuration(milliseconds)).toBe(expected)
})
