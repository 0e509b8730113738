import { type ArithmeticExpression, parse } from "unbash"
import { ShellFailure } from "../shell/completion.ts"
import type { Scope } from "../shell/shell.ts"
import { isName, setVariable, variableText } from "../shell/variables.ts"
import { expandToText, textOfParts } from "./words.ts"

/** Variables that hold names of variables may be followed so far. */
const DEEPEST_NAME = 64

const wrap = (value: bigint): bigint => BigInt.asIntN(64, value)
const truth = (condition: boolean): bigint => (condition ? 1n : 0n)

const toNumber = (text: string): bigint | undefined => {
  const trimmed = text.trim()
  if (trimmed === "") return 0n
  const based = /^([0-9]+)#([0-9a-zA-Z]+)$/.exec(trimmed)
  if (based) {
    const value = Number.parseInt(based[2] ?? "", Number(based[1]))
    return Number.isNaN(value) ? undefined : BigInt(value)
  }
  if (/^0[0-7]+$/.test(trimmed)) return wrap(BigInt(`0o${trimmed.slice(1)}`))
  return /^(0[xX][0-9a-fA-F]+|[0-9]+)$/.test(trimmed) ? wrap(BigInt(trimmed)) : undefined
}

const evaluateName = async (scope: Scope, name: string, depth: number): Promise<bigint> => {
  if (depth > DEEPEST_NAME)
    throw new ShellFailure(`${name}: expression recursion level exceeded (error token is "${name}")`)
  const text = variableText(scope.shell, name, scope.world.host.clock.now())
  if (text === undefined && scope.shell.options.nounset) throw new ShellFailure(`${name}: unbound variable`)
  return evaluateText(scope, text ?? "", depth + 1)
}

/** The value of an expression in a text: a number, a name or more. */
export const evaluateText = async (scope: Scope, text: string, depth = 0): Promise<bigint> => {
  const number = toNumber(text)
  if (number !== undefined) return number
  const statement = parse(`((${text}))`).commands[0]?.command
  if (statement?.type !== "ArithmeticCommand" || !statement.expression)
    throw new ShellFailure(`${text}: syntax error: operand expected (error token is "${text.trim()}")`)
  return evaluateArithmetic(scope, statement.expression, depth + 1)
}

const power = (base: bigint, exponent: bigint): bigint => {
  if (exponent < 0n) throw new ShellFailure("exponent less than 0")
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = wrap(result * square)
    square = wrap(square * square)
  }
  return result
}

const combine = (operator: string, left: bigint, right: bigint): bigint => {
  switch (operator) {
    case "+":
      return wrap(left + right)
    case "-":
      return wrap(left - right)
    case "*":
      return wrap(left * right)
    case "/":
    case "%":
      if (right === 0n) throw new ShellFailure('division by 0 (error token is "0")')
      return wrap(operator === "/" ? left / right : left % right)
    case "**":
      return power(left, right)
    case "<<":
      return wrap(left << (right & 63n))
    case ">>":
      return wrap(left >> (right & 63n))
    case "&":
      return left & right
    case "|":
      return left | right
    case "^":
      return left ^ right
    case "==":
      return truth(left === right)
    case "!=":
      return truth(left !== right)
    case "<":
      return truth(left < right)
    case ">":
      return truth(left > right)
    case "<=":
      return truth(left <= right)
    case ">=":
      return truth(left >= right)
    case ",":
      return right
    default:
      throw new ShellFailure(`syntax error: invalid arithmetic operator (error token is "${operator}")`)
  }
}

const assign = (scope: Scope, target: ArithmeticExpression, value: bigint): bigint => {
  if (target.type !== "ArithmeticWord" || !isName(target.value))
    throw new ShellFailure("attempted assignment to non-variable")
  setVariable(scope.shell, target.value, String(value))
  return value
}

/** Bash arithmetic: 64-bit integers that wrap around. Throws ShellFailure for what bash calls a syntax error. */
export const evaluateArithmetic = async (scope: Scope, node: ArithmeticExpression, depth = 0): Promise<bigint> => {
  switch (node.type) {
    case "ArithmeticGroup":
      return evaluateArithmetic(scope, node.expression, depth)
    case "ArithmeticTernary":
      return (await evaluateArithmetic(scope, node.test, depth)) !== 0n
        ? evaluateArithmetic(scope, node.consequent, depth)
        : evaluateArithmetic(scope, node.alternate, depth)
    case "ArithmeticCommandExpansion":
      return evaluateText(scope, await textOfParts(scope, [{ ...node, type: "CommandExpansion" }]), depth)
    case "ArithmeticWord": {
      const text = node.parts ? await textOfParts(scope, node.parts) : node.value
      return isName(text)
        ? evaluateName(scope, text, depth)
        : evaluateOperand(scope, text, depth, node.parts !== undefined)
    }
    case "ArithmeticUnary": {
      const value = await evaluateArithmetic(scope, node.operand, depth)
      if (node.operator === "++" || node.operator === "--") {
        const changed = assign(scope, node.operand, wrap(value + (node.operator === "++" ? 1n : -1n)))
        return node.prefix ? changed : value
      }
      if (node.operator === "!") return truth(value === 0n)
      if (node.operator === "~") return ~value
      return node.operator === "-" ? wrap(-value) : value
    }
    case "ArithmeticBinary": {
      const { operator } = node
      if (operator === "=") return assign(scope, node.left, await evaluateArithmetic(scope, node.right, depth))
      const left = await evaluateArithmetic(scope, node.left, depth)
      if (operator === "&&")
        return left === 0n ? 0n : truth((await evaluateArithmetic(scope, node.right, depth)) !== 0n)
      if (operator === "||")
        return left !== 0n ? 1n : truth((await evaluateArithmetic(scope, node.right, depth)) !== 0n)
      const right = await evaluateArithmetic(scope, node.right, depth)
      const isAssignment = operator.endsWith("=") && !["==", "!=", "<=", ">="].includes(operator)
      return isAssignment
        ? assign(scope, node.left, combine(operator.slice(0, -1), left, right))
        : combine(operator, left, right)
    }
  }
}

/** `${x:offset}`: the operand's text as a number. */
export const evaluateWord = async (scope: Scope, word: Parameters<typeof expandToText>[1]): Promise<number> =>
  Number(await evaluateText(scope, await expandToText(scope, word)))

/** An operand that is neither a name nor a number would be parsed as itself for ever: only an expansion is parsed again. */
const evaluateOperand = (scope: Scope, text: string, depth: number, expanded: boolean): Promise<bigint> => {
  if (depth > DEEPEST_NAME || (!expanded && toNumber(text) === undefined))
    throw new ShellFailure(`${text}: syntax error: invalid arithmetic operator (error token is "${text}")`)
  return evaluateText(scope, text, depth + 1)
}
