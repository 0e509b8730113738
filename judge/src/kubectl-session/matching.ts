import type { Pairing } from "./renaming.ts"
import type { TextNode, TextUnit } from "./text-tree.ts"
import type { Levelled } from "./volatile-values.ts"

/** More tries than this are not worth it: the texts count as different. */
const MAX_STEPS = 200_000

/** Says whether some order of the groups makes the two texts the same under one renaming; keeps what it paired if so. */
export const matches = (expected: readonly TextNode[], got: readonly TextNode[], pairing: Pairing): boolean => {
  let steps = 0

  const line = (one: Levelled, other: Levelled, next: () => boolean): boolean => {
    steps += 1
    if (steps > MAX_STEPS || one.text !== other.text) return false
    const undone: (() => void)[] = []
    const fits = one.values.every((value, index) => {
      const against = other.values[index]
      const undo = against && pairing.pair(value, against)
      if (undo) undone.push(undo)
      return undo !== undefined
    })
    if (fits && next()) return true
    for (const undo of undone.reverse()) undo()
    return false
  }

  const units = (one: readonly TextUnit[], other: readonly TextUnit[], next: () => boolean): boolean => {
    const [first, ...rest] = one
    if (!first) return next()
    return other.some(
      (candidate, index) =>
        candidate.shape === first.shape &&
        sequence(first.nodes, candidate.nodes, 0, () => units(rest, other.toSpliced(index, 1), next)),
    )
  }

  const sequence = (
    one: readonly TextNode[],
    other: readonly TextNode[],
    from: number,
    next: () => boolean,
  ): boolean => {
    const [node, against] = [one[from], other[from]]
    if (!node || !against) return node === against && next()
    const onward = () => sequence(one, other, from + 1, next)
    if (node.kind === "line") return against.kind === "line" && line(node.line, against.line, onward)
    return (
      against.kind === "group" && node.units.length === against.units.length && units(node.units, against.units, onward)
    )
  }

  return sequence(expected, got, 0, pairing.isSettled)
}
