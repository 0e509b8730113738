/** Virtual time is milliseconds since 1970-01-01T00:00:00Z; calendar arithmetic here needs no host clock. */

const pad = (value: number): string => String(value).padStart(2, "0")

/** Days since 1970-01-01 to a civil date (proleptic Gregorian). */
const civilFromDays = (days: number): { readonly year: number; readonly month: number; readonly day: number } => {
  const shifted = days + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

const daysFromCivil = (year: number, month: number, day: number): number => {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468
}

const writeTime = (seconds: number): string => {
  const days = Math.floor(seconds / 86400)
  const rest = seconds - days * 86400
  const { year, month, day } = civilFromDays(days)
  const date = [String(year).padStart(4, "0"), pad(month), pad(day)].join("-")
  const clock = [pad(Math.floor(rest / 3600)), pad(Math.floor(rest / 60) % 60), pad(rest % 60)].join(":")
  // Texts put together with + are kept as trees of their parts, many times as large: joined ones are flat.
  return [date, "T", clock, "Z"].join("")
}

interface Written {
  readonly seconds: number
  readonly text: string
}

/** What was written last, by the low bits of its second: a cluster writes the same few times again and again. */
const written: Written[] = []
const WRITTEN_MASK = 63

/** RFC 3339 in whole seconds, UTC, as metav1.Time is written: `2026-01-05T09:00:00Z`. */
export const formatTime = (milliseconds: number): string => {
  const seconds = Math.floor(milliseconds / 1000)
  const known = written[seconds & WRITTEN_MASK]
  if (known?.seconds === seconds) return known.text
  const text = writeTime(seconds)
  written[seconds & WRITTEN_MASK] = { seconds, text }
  return text
}

/** Milliseconds of an RFC 3339 time in UTC; undefined for any other text and for dates that do not exist. */
export const parseTime = (text: string): number | undefined => {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second, fraction] = match
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second)
  const whole = daysFromCivil(Number(year), Number(month), Number(day)) * 86_400_000 + seconds * 1000
  // A date that does not exist (30 February, 24:00) is written back as another one.
  if (formatTime(whole).slice(0, 19) !== text.slice(0, 19)) return undefined
  return whole + (fraction ? Math.floor(Number(`0.${fraction}`) * 1000) : 0)
}

/** `5s`, `2m10s`, `3h4m`, `2d3h`: ages as kubectl prints them (apimachinery `duration.HumanDuration`). */
export const humanDuration = (milliseconds: number): string => {
  const seconds = Math.trunc(milliseconds / 1000)
  if (seconds < -1) return "<invalid>"
  if (seconds < 0) return "0s"
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m${seconds % 60}s`
  if (minutes < 180) return `${minutes}m`
  const hours = Math.floor(minutes / 60)
  if (hours < 8) return minutes % 60 === 0 ? `${hours}h` : `${hours}h${minutes % 60}m`
  if (hours < 48) return `${hours}h`
  const days = Math.floor(hours / 24)
  if (hours < 192) return hours % 24 === 0 ? `${days}d` : `${days}d${hours % 24}h`
  if (days < 730) return `${days}d`
  const years = Math.floor(days / 365)
  if (days < 8 * 365) return days % 365 === 0 ? `${years}y` : `${years}y${days % 365}d`
  return `${years}y`
}
