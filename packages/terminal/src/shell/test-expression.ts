import type { TestBinaryExpression, TestExpression } from "unbash"
import { evaluateText } from "../expansion/arithmetic.ts"
import { matchesPattern } from "../expansion/pattern.ts"
import { expandToPattern, expandToText } from "../expansion/words.ts"
import { posixExpression } from "../posix-regex.ts"
import { ShellFailure } from "./completion.ts"
import { binaryCondition, unaryCondition } from "./conditions.ts"
import type { Scope } from "./shell.ts"
import { setVariable } from "./variables.ts"

const matchesExpression = async (scope: Scope, left: string, node: TestBinaryExpression): Promise<boolean> => {
  const expression = posixExpression(await expandToText(scope, node.right), { extended: true, flags: "" })
  if (!expression.ok) throw new ShellFailure(`invalid regular expression \`${node.right.text}'`, 2)
  const match = expression.value.exec(left)
  setVariable(scope.shell, "BASH_REMATCH", match ? match.map((group) => group ?? "") : [])
  return match !== null
}

const holdsBinary = async (scope: Scope, node: TestBinaryExpression): Promise<boolean> => {
  const left = await expandToText(scope, node.left)
  if (node.operator === "=~") return matchesExpression(scope, left, node)
  if (["=", "==", "!="].includes(node.operator))
    return matchesPattern(left, await expandToPattern(scope, node.right)) === (node.operator !== "!=")
  const right = await expandToText(scope, node.right)
  const condition = node.operator.startsWith("-")
    ? binaryCondition(String(await evaluateText(scope, left)), node.operator, String(await evaluateText(scope, right)))
    : binaryCondition(left, node.operator, right)
  if (condition === undefined) throw new ShellFailure(`${node.operator}: conditional binary operator expected`, 2)
  return condition
}

/** `[[ … ]]` */
export const holds = async (scope: Scope, node: TestExpression): Promise<boolean> => {
  switch (node.type) {
    case "TestUnary": {
      const condition = unaryCondition(scope, node.operator, await expandToText(scope, node.operand))
      if (condition === undefined) throw new ShellFailure(`${node.operator}: conditional unary operator expected`, 2)
      return condition
    }
    case "TestBinary":
      return holdsBinary(scope, node)
    case "TestNot":
      return (await holds(scope, node.operand)) === (node.negations.length % 2 === 0)
    case "TestGroup":
      return holds(scope, node.expression)
    case "TestLogical": {
      for (const operand of node.operands)
        if ((await holds(scope, operand)) !== (node.operator === "&&")) return node.operator !== "&&"
      return node.operator === "&&"
    }
  }
}
