import { plainError } from "../failure.ts"
import { compileRelaxedPath } from "./jsonpath.ts"

const compare = (left: unknown, right: unknown): number => {
  if (left === right) return 0
  if (left === undefined || left === null) return -1
  if (right === undefined || right === null) return 1
  if (typeof left === "number" && typeof right === "number") return left - right
  // Numbers inside texts count as numbers, as kubectl's natural order has it: web-2 before web-10.
  const a = String(left).split(/(\d+)/)
  const b = String(right).split(/(\d+)/)
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const x = a[index] ?? ""
    const y = b[index] ?? ""
    if (x === y) continue
    return index % 2 === 1 ? Number(x) - Number(y) : x < y ? -1 : 1
  }
  return a.length - b.length
}

/** A stable sort by the first value at `expression` in each item's object (kubectl --sort-by). */
export const sortByPath = <T>(
  items: readonly T[],
  expression: string,
  objectOf: (item: T) => unknown,
): readonly T[] => {
  const path = compileRelaxedPath(expression)
  const keyed = items.map((item) => ({ item, key: path(objectOf(item))[0] }))
  if (items.length > 0 && keyed.every(({ key }) => key === undefined))
    throw plainError(
      `couldn't find any field with path ${JSON.stringify(`{${expression.replace(/^\{|\}$/g, "")}}`)} in the list of objects`,
    )
  return [...keyed].sort((left, right) => compare(left.key, right.key)).map(({ item }) => item)
}
