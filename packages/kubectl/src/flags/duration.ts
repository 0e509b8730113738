const UNITS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 1e-6,
}

/** Go's time.ParseDuration: `1m30s`, `500ms`, `-1s`, `0`. Milliseconds; undefined when it is no duration. */
export const parseDuration = (text: string): number | undefined => {
  const match = /^([+-]?)((?:\d+\.?\d*|\.\d+)(?:h|ms|m|s|us|µs|ns))+$/.exec(text)
  if (/^[+-]?0$/.test(text)) return 0
  if (!match) return undefined
  let total = 0
  for (const [, amount, unit] of text.matchAll(/(\d+\.?\d*|\.\d+)(h|ms|m|s|us|µs|ns)/g))
    total += Number(amount) * (UNITS[unit ?? ""] ?? 0)
  return text.startsWith("-") ? -total : total
}
