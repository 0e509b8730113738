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

/** How much one label value looks like another that it is not, 0 to 1; 0 for those that nobody would mix up. */
export const resemblance = (a: string, b: string): number => {
  if (Math.min(a.length, b.length) > 2 && isOneSlip(a.toLowerCase(), b.toLowerCase())) return 0.9
  const alike = likeness(a, b)
  return alike > 0.3 ? alike : 0
}
