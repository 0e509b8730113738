interface Bounds {
  readonly low: number
  readonly high: number
  readonly names?: readonly string[]
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

/** Minute, hour, day of the month, month, day of the week. */
const FIELDS: readonly Bounds[] = [
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: MONTHS },
  { low: 0, high: 6, names: DAYS },
]

const DESCRIPTORS = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"]
const DURATION = /^[-+]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))*$/

class Refusal {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

const numberOf = (text: string): number => {
  if (!/^[-+]?\d+$/.test(text))
    throw new Refusal(`failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`)
  const number = Number(text)
  if (number < 0) throw new Refusal(`negative number (${number}) not allowed: ${text}`)
  return number
}

const valueAt = (text: string, { low, names }: Bounds): number => {
  const at = names?.indexOf(text.toLowerCase()) ?? -1
  return at < 0 ? numberOf(text) : at + low
}

/** `5`, `1-5`, `*`, `?`, each perhaps with `/step`. */
const checkRange = (text: string, bounds: Bounds): void => {
  const [range = "", stepText, ...slashes] = text.split("/")
  const [first = "", second, ...hyphens] = range.split("-")
  const isAny = first === "*" || first === "?"
  const start = isAny ? bounds.low : valueAt(first, bounds)
  if (!isAny && hyphens.length > 0) throw new Refusal(`too many hyphens: ${text}`)
  let end = isAny ? bounds.high : second === undefined ? start : valueAt(second, bounds)
  if (slashes.length > 0) throw new Refusal(`too many slashes: ${text}`)
  const step = stepText === undefined ? 1 : numberOf(stepText)
  if (stepText !== undefined && second === undefined) end = bounds.high
  if (start < bounds.low) throw new Refusal(`beginning of range (${start}) below minimum (${bounds.low}): ${text}`)
  if (end > bounds.high) throw new Refusal(`end of range (${end}) above maximum (${bounds.high}): ${text}`)
  if (start > end) throw new Refusal(`beginning of range (${start}) beyond end of range (${end}): ${text}`)
  if (step === 0) throw new Refusal(`step of range should be a positive number: ${text}`)
}

const checkDescriptor = (text: string): void => {
  if (DESCRIPTORS.includes(text)) return
  if (!text.startsWith("@every ")) throw new Refusal(`unrecognized descriptor: ${text}`)
  const duration = text.slice("@every ".length)
  if (!DURATION.test(duration) && duration !== "0")
    throw new Refusal(`failed to parse duration ${text}: time: invalid duration ${JSON.stringify(duration)}`)
}

const checkFields = (text: string): void => {
  const fields = text.split(/\s+/).filter((field) => field !== "")
  if (fields.length !== FIELDS.length)
    throw new Refusal(`expected exactly ${FIELDS.length} fields, found ${fields.length}: [${fields.join(" ")}]`)
  for (const [index, bounds] of FIELDS.entries())
    for (const range of (fields[index] ?? "").split(",").filter((each) => each !== "")) checkRange(range, bounds)
}

/** What is wrong with a schedule, in the words of the parser that upstream uses (`robfig/cron` v3); undefined: nothing. */
export const scheduleProblem = (schedule: string): string | undefined => {
  try {
    const text = schedule.replace(/^(CRON_)?TZ=\S* +/, "")
    if (text.startsWith("@")) checkDescriptor(text)
    else checkFields(text)
    return undefined
  } catch (caught) {
    if (caught instanceof Refusal) return caught.message
    throw caught
  }
}
