/** One figure of the bench: what was measured, in its unit, and the aim; NaN when there is none. A value of NaN: skipped. */
export interface Figure {
  readonly name: string
  readonly value: number
  /** `×`: a ratio of two figures of the same run. */
  readonly unit: "ms" | "µs" | "GiB" | "MiB" | "KB" | "×"
  readonly aim: number
  /** Absent: less is better. */
  readonly better?: "more"
  /** How it was measured, or why not. */
  readonly note?: string
}

/** The middle one; of an even number, the greater of the two. NaN of none. */
export const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

export const least = (values: readonly number[]): number => Math.min(...values)

/** `share` from 0 to 1; NaN of none. */
export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN

/** Median of several runs; the first ones warm up and do not count. */
export const median = (runs: number, measure: () => number, warmUp = 3): number => {
  for (let run = 0; run < warmUp; run += 1) measure()
  return middle(Array.from({ length: runs }, measure))
}

/** Milliseconds that `work` takes. */
export const timed = (work: () => void): number => {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

/** Milliseconds of this thread's processor that `work` takes: what other programs want at the same time does not count. */
export const computed = (work: () => void): number => {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

/** Collects garbage, as far as node was started with --expose-gc. */
const collect = (globalThis as { readonly gc?: () => void }).gc ?? (() => undefined)

/** MiB that `make` leaves on the heap while what it made is kept. */
export const heapOf = (make: () => unknown): number => {
  collect()
  const before = process.memoryUsage().heapUsed
  const kept = [make()]
  collect()
  return ((process.memoryUsage().heapUsed - before) / 1_048_576) * kept.length
}

const workload = (): void => {
  const map = new Map<number, number>()
  let sum = 0
  for (let index = 0; index < 1_000_000; index += 1) {
    map.set(index & 1023, sum)
    sum = (Math.imul(sum, 31) + (map.get((index * 7) & 1023) ?? 0) + index) | 0
  }
  if (sum === 42) throw new Error("the calibration loop was optimised away")
}

/**
 * Milliseconds of a fixed piece of work (a million multiplications and map look-ups) that tells how fast this machine is:
 * the fastest of many runs, so that other programs do not count.
 */
export const calibrate = (): number => Math.min(...Array.from({ length: 25 }, () => timed(workload)))

/** The share of the time of `work` in which this thread really had a processor. Less than 1 where others want it too. */
export const shareOf = async <T>(
  work: () => T | Promise<T>,
): Promise<{ readonly result: T; readonly share: number }> => {
  const before = process.threadCpuUsage()
  const begun = performance.now()
  const result = await work()
  const { user, system } = process.threadCpuUsage(before)
  return { result, share: (user + system) / 1000 / (performance.now() - begun) }
}
