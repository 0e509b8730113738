import { middle } from "./measure.ts"

/** Microseconds of single calls. Pauses of the garbage collector fall into some of the calls and are not taken out. */
export interface Latency {
  readonly p50: number
  readonly p99: number
}

let kept: unknown

/** A round that takes longer ends early, so that a slip back to milliseconds does not keep the bench for hours. */
const ROUND_LIMIT_MS = 6_000

/** Where results go, so that no call is optimised away. */
const keep = (result: unknown): void => {
  kept = result
  if (kept === keep) throw new Error("a measured call gave the bench itself")
}

/** Nanoseconds between two readings of the clock with nothing between them: the median of many. */
const clockOverhead = (): number => {
  const times = new Float64Array(50_000)
  for (let round = 0; round < 2; round += 1)
    for (let index = 0; index < times.length; index += 1) {
      const begun = process.hrtime.bigint()
      times[index] = Number(process.hrtime.bigint() - begun)
    }
  return times.sort()[times.length / 2] ?? 0
}

/**
 * Times every input alone, less what reading the clock takes. `rounds` give the inputs: the first one warms up, of the
 * others the median of each percentile counts, since one round may meet a busy machine.
 */
export const latency = <T>(rounds: readonly (readonly T[])[], call: (input: T) => unknown): Latency => {
  const [warmUp = [], ...measured] = rounds
  const started = performance.now()
  for (const input of warmUp) if (performance.now() - started < ROUND_LIMIT_MS) keep(call(input))
  const overhead = clockOverhead()
  const found = measured.map((inputs) => {
    const all = new Float64Array(inputs.length)
    const begin = process.hrtime.bigint()
    let calls = 0
    for (const input of inputs) {
      const begun = process.hrtime.bigint()
      if (begun - begin > ROUND_LIMIT_MS * 1_000_000) break
      const result = call(input)
      all[calls] = Number(process.hrtime.bigint() - begun) - overhead
      calls += 1
      keep(result)
    }
    const times = all.subarray(0, calls).sort()
    const at = (share: number): number => (times[Math.floor(times.length * share)] ?? Number.NaN) / 1000
    return { p50: at(0.5), p99: at(0.99) }
  })
  return { p50: middle(found.map((each) => each.p50)), p99: middle(found.map((each) => each.p99)) }
}
