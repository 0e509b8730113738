import { likeness } from "../../dns/likeness.ts"

/** Is one text the other with a letter more, less, wrong, or two letters the wrong way round? */
const isOneSlip = (a: string, b: string): boolean => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let start = 0
  while (start < short.length && short[start] === long[start]) start += 1
  const isSame = (from: number, other: number): boolean => short.slice(from) === long.slice(other)
  if (short.length < long.length) return isSame(start, start + 1)
  const isSwapped = short[start] === long[start + 1] && short[start + 1] === long[start] && isSame(start + 2, start + 2)
  return isSwapped || isSame(start + 1, start + 1)
}

/** Cheap, for most pairs are not alike at all: one is in the other, or they begin or end the same way. */
const mayBeAlike = (a: string, b: string): boolean =>
  a.includes(b) || b.includes(a) || a.slice(0, 2) === b.slice(0, 2) || a.slice(-2) === b.slice(-2)

/** How much one label value looks like another that it is not, 0 to 1; 0 for those that nobody would mix up. */
export const resemblance = (a: string, b: string): number => {
  const left = a.toLowerCase()
  const right = b.toLowerCase()
  if (Math.min(left.length, right.length) < 3) return 0
  if (isOneSlip(left, right)) return 0.9
  const alike = mayBeAlike(left, right) ? likeness(left, right) : 0
  return alike > 0.4 ? alike : 0
}
