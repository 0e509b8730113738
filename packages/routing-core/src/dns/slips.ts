const isWithinFrom = (a: string, atA: number, b: string, atB: number, most: number): boolean => {
  let i = atA
  let j = atB
  while (i < a.length && j < b.length && a.charCodeAt(i) === b.charCodeAt(j)) {
    i += 1
    j += 1
  }
  const left = a.length - i
  const right = b.length - j
  if (left === 0 || right === 0) return left + right <= most
  if (most === 0 || Math.abs(left - right) > most) return false
  const isSwapped =
    left > 1 && right > 1 && a.charCodeAt(i) === b.charCodeAt(j + 1) && a.charCodeAt(i + 1) === b.charCodeAt(j)
  return (
    isWithinFrom(a, i + 1, b, j + 1, most - 1) ||
    (isSwapped && isWithinFrom(a, i + 2, b, j + 2, most - 1)) ||
    isWithinFrom(a, i + 1, b, j, most - 1) ||
    isWithinFrom(a, i, b, j + 1, most - 1)
  )
}

/**
 * Is one text made of the other by at most so many slips of the keyboard: a letter typed too much, left out, wrong, or
 * swapped with its neighbour (optimal string alignment)? Takes four times as long for each slip more, and no memory.
 */
export const isWithinSlips = (a: string, b: string, most: number): boolean =>
  Math.abs(a.length - b.length) <= most && isWithinFrom(a, 0, b, 0, most)
