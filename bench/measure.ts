/** One figure of the bench: what was measured, in its unit, the aim, and the ratio to the calibration loop of this run. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: "ms" | "µs" | "MiB" | "KB"
  readonly aim: number
}

/** Median of several runs; the first ones warm up and do not count. */
export const median = (runs: number, measure: () => number, warmUp = 3): number => {
  for (let run = 0; run < warmUp; run += 1) measure()
  const values = Array.from({ length: runs }, measure).sort((a, b) => a - b)
  return values[Math.floor(values.length / 2)] ?? Number.NaN
}

/** Milliseconds that `work` takes. */
export const timed = (work: () => void): number => {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

/** A fixed piece of work (a million multiplications and map look-ups) that tells how fast this machine is just now. */
export const calibrate = (): number =>
  median(9, () =>
    timed(() => {
      const map = new Map<number, number>()
      let sum = 0
      for (let index = 0; index < 1_000_000; index += 1) {
        map.set(index & 1023, sum)
        sum = (Math.imul(sum, 31) + (map.get((index * 7) & 1023) ?? 0) + index) | 0
      }
      if (sum === 42) throw new Error("the calibration loop was optimised away")
    }),
  )
