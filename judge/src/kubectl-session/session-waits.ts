import type { RecordedCommand } from "./session-file.ts"

const CREATED = /^([a-z]+)(?:\.[a-z0-9.]+)?\/([a-z0-9-]+) created$/gm
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }

const milliseconds = (age: string): number =>
  [...age.matchAll(/(\d+)([smh])/g)].reduce((sum, [, count, unit = ""]) => sum + Number(count) * (UNITS[unit] ?? 0), 0)

/** The AGE of the rows of a table, by name. A name that several kinds share in one output tells nothing. */
const ages = (stdout: string): ReadonlyMap<string, number> => {
  const found = new Map<string, number>()
  for (const [, name = "", age = ""] of stdout.matchAll(/^(?:[a-z.]+\/)?([a-z0-9-]+) .* ((?:\d+[smh])+)(?: .*)?$/gm))
    if (!stdout.startsWith("LAST SEEN")) found.set(name, found.has(name) ? Number.NaN : milliseconds(age))
  return found
}

const LEAST = 5_000

/**
 * How long the recorder waited before each command, as the ages of what the session created betray: in milliseconds,
 * 0 where nothing does or it was less than five seconds.
 */
export const sessionWaits = (commands: readonly RecordedCommand[]): readonly number[] => {
  const created = new Map<string, number>()
  let now = 0
  return commands.map(({ cmd, stdout, ms }) => {
    const known = /\bget (?:pods?|po|deploy\w*|svc|all)\b/.test(cmd) && !/\| | -w\b/.test(cmd) ? [...ages(stdout)] : []
    const gaps = known.flatMap(([name, age]) => {
      const at = created.get(name)
      return at === undefined || Number.isNaN(age) ? [] : [age - (now - at)]
    })
    const wait = gaps.length > 0 ? Math.min(...gaps) : 0
    const waited = wait >= LEAST ? wait : 0
    // Shorter ones are what the recorder itself took, again and again: they move its clock all the same.
    now += Math.max(wait, 0) + ms
    for (const [, , name = ""] of stdout.matchAll(CREATED)) created.set(name, now)
    return waited
  })
}
