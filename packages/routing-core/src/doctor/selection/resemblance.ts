import { likeness } from "../../dns/likeness.ts"
import { isWithinSlips } from "../../dns/slips.ts"

/** Cheap, for most pairs are not alike at all: one is in the other, or they begin or end the same way. */
const mayBeAlike = (a: string, b: string): boolean =>
  a.includes(b) || b.includes(a) || a.slice(0, 2) === b.slice(0, 2) || a.slice(-2) === b.slice(-2)

/**
 * How much one label value looks like another that it is not, 0 to 1; 0 for those that nobody would mix up.
 * `mayCompare`: asked before a comparison that takes its time.
 */
export const resemblance = (a: string, b: string, mayCompare: () => boolean): number => {
  const left = a.toLowerCase()
  const right = b.toLowerCase()
  if (Math.min(left.length, right.length) < 3) return 0
  if (isWithinSlips(left, right, 1)) return 0.9
  const alike = mayBeAlike(left, right) && mayCompare() ? likeness(left, right) : 0
  return alike > 0.4 ? alike : 0
}
