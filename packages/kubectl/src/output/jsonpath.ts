import { Failure, plainError } from "../failure.ts"
import { goJson, goQuote } from "../go-json.ts"
import { isRecord } from "../json-value.ts"
import { type Node, type Operand, parseSteps, parseTemplate, type Step } from "./jsonpath-parse.ts"

const children = (value: unknown): readonly unknown[] =>
  Array.isArray(value)
    ? value
    : isRecord(value)
      ? Object.keys(value)
          .sort()
          .map((key) => value[key])
      : []

const descendants = (value: unknown): readonly unknown[] => [
  value,
  ...children(value).flatMap((child) => (typeof child === "object" && child !== null ? descendants(child) : [])),
]

const slice = (list: readonly unknown[], step: Extract<Step, { kind: "index" }>): readonly unknown[] => {
  const length = list.length
  const absolute = (index: number): number => (index < 0 ? index + length : index)
  if (step.single) {
    const index = absolute(step.from ?? 0)
    if (index < 0 || index >= length)
      throw plainError(`array index out of bounds: index ${step.from ?? 0}, length ${length}`)
    return [list[index]]
  }
  const end = Math.min(absolute(step.to ?? length), length)
  const found: unknown[] = []
  for (let index = absolute(step.from ?? 0); index < end; index += step.step) found.push(list[index])
  return found
}

const holds = (left: unknown, operator: string, right: unknown): boolean => {
  switch (operator) {
    case "==":
      return left === right
    case "!=":
      return left !== right
    case "<":
      return (left as number) < (right as number)
    case "<=":
      return (left as number) <= (right as number)
    case ">":
      return (left as number) > (right as number)
    case ">=":
      return (left as number) >= (right as number)
    default:
      return false
  }
}

const operandValues = (operand: Operand, item: unknown, root: unknown): readonly unknown[] =>
  operand.kind === "value" ? [operand.value] : evaluate(operand.steps, [operand.fromRoot ? root : item], root)

const passes = (step: Extract<Step, { kind: "filter" }>, item: unknown, root: unknown): boolean => {
  const left = operandValues(step.left, item, root)
  if (!step.right) return left.length > 0
  const right = operandValues(step.right, item, root)
  return left.length > 0 && right.length > 0 && holds(left[0], step.operator, right[0])
}

const apply = (step: Step, value: unknown, root: unknown): readonly unknown[] => {
  switch (step.kind) {
    case "field":
      return isRecord(value) && Object.hasOwn(value, step.name) ? [value[step.name]] : []
    case "index":
      return Array.isArray(value) ? slice(value, step) : []
    case "wildcard":
      return children(value)
    case "recursive":
      return descendants(value)
    case "union":
      return step.paths.flatMap((path) => evaluate(path, [value], root))
    case "filter":
      return Array.isArray(value) ? value.filter((item) => passes(step, item, root)) : []
  }
}

/** All values that a path selects, in order. Absent fields select nothing. */
const evaluate = (steps: readonly Step[], values: readonly unknown[], root: unknown): readonly unknown[] =>
  steps.reduce<readonly unknown[]>((current, step) => current.flatMap((value) => apply(step, value, root)), values)

const show = (value: unknown): string =>
  value === null || value === undefined ? "" : typeof value === "object" ? goJson(value) : String(value)

const renderNode = (node: Node, value: unknown, root: unknown): string => {
  switch (node.kind) {
    case "text":
      return node.text
    case "path":
      return evaluate(node.steps, [node.fromRoot ? root : value], root)
        .map(show)
        .join(" ")
    case "range":
      return evaluate(node.steps, [value], root)
        .map((item) => render(node.body, item, root))
        .join("")
  }
}

const render = (nodes: readonly Node[], value: unknown, root: unknown): string =>
  nodes.map((node) => renderNode(node, value, root)).join("")

/** Compiles a template; the function renders it for an object. Syntax mistakes are kubectl errors. */
export const compileJsonPath = (template: string): ((object: unknown) => string) => {
  const nodes = parseTemplate(template)
  return (object) => {
    try {
      return render(nodes, object, object)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      const words = error.message.replace(/^error: /, "")
      throw plainError(`error executing jsonpath ${goQuote(template)}: Error executing template: ${words}`)
    }
  }
}

/** `.metadata.name`, `metadata.name` or `{.metadata.name}`, as --sort-by and custom-columns take them. */
export const compileRelaxedPath = (expression: string): ((object: unknown) => readonly unknown[]) => {
  const match = /^\{?\.?([^{}]+)\}?$/.exec(expression)
  if (!match)
    throw plainError(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    )
  const inner = match[1] ?? ""
  const steps = parseSteps(inner.startsWith("[") || inner.startsWith(".") ? inner : `.${inner}`)
  return (object) => evaluate(steps, [object], object)
}
