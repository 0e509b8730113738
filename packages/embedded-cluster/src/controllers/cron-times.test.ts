import { formatTime, parseTime } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { nextTime } from "./cron-times.ts"

const MONDAY = parseTime("2026-01-05T09:00:30Z") ?? 0
const next = (schedule: string, from = MONDAY): string => {
  const time = nextTime(schedule, from)
  return time === undefined ? "never" : formatTime(time)
}

test.each([
  ["* * * * *", "2026-01-05T09:01:00Z"],
  ["*/15 * * * *", "2026-01-05T09:15:00Z"],
  ["5/20 * * * *", "2026-01-05T09:05:00Z"],
  ["0 0 * * *", "2026-01-06T00:00:00Z"],
  ["30 8,20 * * *", "2026-01-05T20:30:00Z"],
  ["0 9 * * mon", "2026-01-12T09:00:00Z"],
  ["0 12 1-3 feb *", "2026-02-01T12:00:00Z"],
  ["0 0 13 * 5", "2026-01-09T00:00:00Z"],
  ["0 0 29 2 *", "2028-02-29T00:00:00Z"],
  ["0 0 30 2 *", "never"],
  ["@hourly", "2026-01-05T10:00:00Z"],
  ["@weekly", "2026-01-11T00:00:00Z"],
  ["@every 1h30m", "2026-01-05T10:30:30Z"],
  ["TZ=UTC 0 10 * * *", "2026-01-05T10:00:00Z"],
])("after Monday, 5 January 2026, 09:00:30, %s means %s", (schedule, expected) => {
  expect(next(schedule)).toBe(expected)
})
