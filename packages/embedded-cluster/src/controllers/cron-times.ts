const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Beyond that a schedule has no next time: 30 February. */
const HORIZON_DAYS = 366 * 5

const NAMES: Readonly<Record<number, readonly string[]>> = {
  3: ["", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  4: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
}
/** Minute, hour, day of the month, month, day of the week. */
const BOUNDS: readonly (readonly [number, number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
]

const SHORTHANDS: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
}

interface Field {
  readonly values: ReadonlySet<number>
  readonly isAny: boolean
}

const fieldOf = (text: string, index: number): Field => {
  const [low, high] = BOUNDS[index] ?? [0, 0]
  const at = (name: string): number => {
    const known = NAMES[index]?.indexOf(name.toLowerCase()) ?? -1
    return known >= 0 ? known : Number(name)
  }
  const values = new Set<number>()
  let isAny = false
  for (const part of text.split(",").filter((each) => each !== "")) {
    const [range = "", step] = part.split("/")
    const [first = "", last] = range.split("-")
    const isWhole = first === "*" || first === "?"
    if (isWhole && step === undefined) isAny = true
    const from = isWhole ? low : at(first)
    const to = isWhole || (step !== undefined && last === undefined) ? high : last === undefined ? from : at(last)
    for (let value = from; value <= to; value += Number(step ?? 1)) values.add(value)
  }
  return { values, isAny }
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: MINUTE_MS, h: 3_600_000 }

const everyMs = (text: string): number => {
  let total = 0
  for (const [, count, unit] of text.matchAll(/([\d.]+)(ms|s|m|h)/g)) total += Number(count) * (UNITS[unit ?? ""] ?? 0)
  return Math.max(1000, Math.floor(total / 1000) * 1000)
}

/** Day and month of a day since 1970 (Howard Hinnant's civil_from_days). */
const civil = (days: number): { readonly month: number; readonly day: number } => {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const doe = shifted - era * 146_097
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365)
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  return { month: mp < 10 ? mp + 3 : mp - 9, day: doy - Math.floor((153 * mp + 2) / 5) + 1 }
}

/**
 * The first time after `after` that a schedule names, in UTC; both in milliseconds since 1970. Undefined: there is none.
 * Where both days are restricted either may match, as in every cron.
 */
export const nextTime = (schedule: string, after: number): number | undefined => {
  const text = schedule.replace(/^(CRON_)?TZ=\S* +/, "")
  if (text.startsWith("@every ")) return Math.floor(after / 1000) * 1000 + everyMs(text.slice("@every ".length))
  const fields = (SHORTHANDS[text] ?? text)
    .split(/\s+/)
    .filter((each) => each !== "")
    .map(fieldOf)
  const [minutes, hours, days, months, weekdays] = fields
  if (!minutes || !hours || !days || !months || !weekdays) return undefined
  const isDay = (day: number): boolean => {
    const { month, day: date } = civil(day)
    if (!months.values.has(month)) return false
    const [byDate, byWeek] = [days.values.has(date), weekdays.values.has((day + 4) % 7)]
    return days.isAny || weekdays.isAny ? byDate && byWeek : byDate || byWeek
  }
  const first = Math.floor(after / MINUTE_MS) * MINUTE_MS + MINUTE_MS
  for (let day = Math.floor(first / DAY_MS), last = day + HORIZON_DAYS; day <= last; day += 1) {
    if (!isDay(day)) continue
    const from = Math.max(0, (first - day * DAY_MS) / MINUTE_MS)
    for (let minute = from; minute < 1440; minute += 1)
      if (hours.values.has(Math.floor(minute / 60)) && minutes.values.has(minute % 60))
        return day * DAY_MS + minute * MINUTE_MS
  }
  return undefined
}
