import { expect, test } from "vitest"
import { staticAddressBand } from "./cluster-ip-range.ts"
import { staticPortBand } from "./node-ports.ts"

/** Sizes and offsets of upstream's calculateRangeOffset tables (`ipallocator`, `portallocator` of 1.36). */
test.each([
  [16, 0],
  [2768, 86],
  [4096, 128],
  [8192, 128],
])("of %i node ports %i are left to those who ask by number", (size, band) => {
  expect(staticPortBand({ from: 30000, to: 30000 + size - 1 })).toBe(band)
})

test.each([
  [0n, 0n],
  [3n, 0n],
  [254n, 16n],
  [1022n, 63n],
  [65534n, 256n],
  [9223372036854775807n, 256n],
])("of %i addresses %i are left to those who ask for one", (hosts, band) => {
  expect(staticAddressBand(hosts)).toBe(band)
})
