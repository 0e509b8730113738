import { isJson } from "../json-object.ts"

/**
 * A set of fields as a tree of path elements, each written as in managedFields: `f:name` a field, `k:{"port":80}` an item
 * of a list with keys, `v:"a"` a value of a set. `member`: the path up to here is in the set itself.
 */
export interface FieldSet {
  readonly member: boolean
  readonly children: ReadonlyMap<string, FieldSet>
}

/** A set under construction. */
export interface OpenSet extends FieldSet {
  member: boolean
  children: Map<string, OpenSet>
}

/** Most sets are leaves: they share this one until they get a child. */
const NO_CHILDREN: Map<string, OpenSet> = new Map()

export const openSet = (): OpenSet => ({ member: false, children: NO_CHILDREN })

export const EMPTY_SET: FieldSet = openSet()
const MEMBER: FieldSet = { member: true, children: NO_CHILDREN }

export const isEmptySet = (set: FieldSet): boolean => !set.member && set.children.size === 0

/** Adds what `fill` puts below an element; nothing when it puts nothing there. */
export const addChild = (set: OpenSet, element: string, fill: (below: OpenSet) => void): void => {
  const below = set.children.get(element) ?? openSet()
  fill(below)
  if (isEmptySet(below)) return
  if (set.children === NO_CHILDREN) set.children = new Map()
  set.children.set(element, below)
}

const combined = (
  left: FieldSet,
  right: FieldSet,
  member: boolean,
  elements: Iterable<string>,
  combine: (left: FieldSet, right: FieldSet) => FieldSet,
): FieldSet => {
  const children = new Map<string, FieldSet>()
  for (const element of elements) {
    const child = combine(left.children.get(element) ?? EMPTY_SET, right.children.get(element) ?? EMPTY_SET)
    if (!isEmptySet(child)) children.set(element, child)
  }
  return { member, children: children.size === 0 ? NO_CHILDREN : children }
}

export const union = (left: FieldSet, right: FieldSet): FieldSet => {
  if (isEmptySet(right)) return left
  if (isEmptySet(left)) return right
  const elements = new Set([...left.children.keys(), ...right.children.keys()])
  return combined(left, right, left.member || right.member, elements, union)
}

export const intersection = (left: FieldSet, right: FieldSet): FieldSet =>
  isEmptySet(left) || isEmptySet(right)
    ? EMPTY_SET
    : combined(left, right, left.member && right.member, left.children.keys(), intersection)

/** Paths of `left` that are not in `right`. */
export const difference = (left: FieldSet, right: FieldSet): FieldSet =>
  isEmptySet(right) ? left : combined(left, right, left.member && !right.member, left.children.keys(), difference)

/** Paths of `left` that are neither in `right` nor below a path that is. */
export const differenceBelow = (left: FieldSet, right: FieldSet): FieldSet => {
  if (right.member) return EMPTY_SET
  return isEmptySet(right) ? left : combined(left, right, left.member, left.children.keys(), differenceBelow)
}

export const pathSet = (...elements: readonly string[]): FieldSet =>
  elements.reduceRight<FieldSet>((below, element) => ({ member: false, children: new Map([[element, below]]) }), MEMBER)

const rank = (element: string): number => "fkvi".indexOf(element[0] ?? "")

const compareValues = (left: unknown, right: unknown): number => {
  if (typeof left === "number" && typeof right === "number") return left - right
  const [a, b] = [String(left), String(right)]
  return a < b ? -1 : a > b ? 1 : 0
}

/** The value after `k:` or `v:`; the name after `f:`. */
const elementValue = (element: string): unknown => {
  if (element.startsWith("f:")) return element.slice(2)
  try {
    return JSON.parse(element.slice(2))
  } catch {
    return element.slice(2)
  }
}

/** An element with its value, which is read only once. */
interface Read {
  readonly element: string
  readonly value: unknown
  readonly below: FieldSet
}

const compareElements = ({ element: left, value: a }: Read, { element: right, value: b }: Read): number => {
  if (left[0] !== right[0]) return rank(left) - rank(right)
  if (!isJson(a) || !isJson(b)) return compareValues(a, b)
  for (const key of Object.keys(a)) {
    const order = compareValues(a[key], b[key])
    if (order !== 0) return order
  }
  return 0
}

const sortedChildren = (set: FieldSet): readonly (readonly [string, FieldSet])[] =>
  [...set.children]
    .map(([element, below]): Read => ({ element, value: elementValue(element), below }))
    .sort(compareElements)
    .map(({ element, below }) => [element, below] as const)

const elementText = (element: string): string => {
  const value = elementValue(element)
  if (element.startsWith("f:")) return `.${String(value)}`
  if (element.startsWith("i:")) return `[${String(value)}]`
  if (!isJson(value)) return `[=${JSON.stringify(value)}]`
  const keys = Object.entries(value).map(([key, each]) => `${key}=${JSON.stringify(each)}`)
  return `[${keys.join(",")}]`
}

/** `.spec.ports[port=80,protocol="TCP"].name`. */
export const pathText = (elements: readonly string[]): string => elements.map(elementText).join("")

/** All paths in the order in which upstream tells them: the members of a place first, then what is below. */
export const pathTexts = (set: FieldSet, prefix = ""): readonly string[] => {
  const children = sortedChildren(set)
  return [
    ...children.filter(([, below]) => below.member).map(([element]) => `${prefix}${elementText(element)}`),
    ...children.flatMap(([element, below]) => pathTexts(below, `${prefix}${elementText(element)}`)),
  ]
}

/** As managedFields has it: `{"f:spec":{"f:ports":{".":{},…}}}`. */
export const toFieldsV1 = (set: FieldSet): Readonly<Record<string, object>> => {
  const fields: Record<string, object> = {}
  for (const [element, below] of sortedChildren(set)) {
    if (below.children.size === 0) fields[element] = {}
    else fields[element] = below.member ? { ".": {}, ...toFieldsV1(below) } : toFieldsV1(below)
  }
  return fields
}

/** Undefined for what is no such document. */
export const fromFieldsV1 = (fields: unknown): FieldSet | undefined => {
  if (!isJson(fields)) return undefined
  const children = new Map<string, FieldSet>()
  for (const [element, inner] of Object.entries(fields)) {
    if (element === ".") continue
    const below = /^[fkvi]:/.test(element) ? fromFieldsV1(inner) : undefined
    if (!below) return undefined
    const isLeaf = below.children.size === 0
    children.set(element, isLeaf ? MEMBER : below)
  }
  return { member: Object.hasOwn(fields, "."), children: children.size === 0 ? NO_CHILDREN : children }
}
