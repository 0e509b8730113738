import { expect, test } from "vitest"
import type { ProxyMode } from "../../state.ts"
import { randomSample } from "./random-sample.ts"

/** First seeds of samples; another one is another sample. A disagreement names the seed of its own cluster. */
const SEEDS = [10_000, 20_000]
const CLUSTERS = 170
const REQUESTS = 150

/** Three modes, two samples each: more than 100,000. (Some of the 25,500 meet no node, or an address with two owners.) */
const LEAST = 16_800

/** Random clusters and requests of one mode. It takes long, so that each mode has a file, and a worker, of its own. */
export const agreementSuite = (mode: ProxyMode): void => {
  test.each(SEEDS)(
    `trace and nodeVerdict say what the rules of ${mode} do, in random clusters from seed %i on`,
    { timeout: 120_000 },
    (seed) => {
      const { requests, stations, disagreements } = randomSample(mode, seed, CLUSTERS, REQUESTS)
      expect(disagreements.slice(0, 20)).toEqual([])
      expect(requests).toBeGreaterThan(LEAST)
      expect(stations).toBeGreaterThan(requests)
    },
  )
}
