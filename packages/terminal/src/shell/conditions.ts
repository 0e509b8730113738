import { resolvePath } from "../machines/path.ts"
import { ShellFailure } from "./completion.ts"
import type { Scope } from "./shell.ts"

/** `-n x`, `-f x`… as `test` and `[[` know them. undefined: no such operator. */
export const unaryCondition = (scope: Scope, operator: string, operand: string): boolean | undefined => {
  const { shell } = scope
  const kind = (): string | undefined => shell.station.files.kind(resolvePath(shell.folder, operand))
  switch (operator) {
    case "-n":
      return operand !== ""
    case "-z":
      return operand === ""
    case "-e":
    case "-a":
    case "-r":
      return kind() !== undefined
    case "-f":
      return kind() === "file"
    case "-d":
      return kind() === "folder"
    case "-s": {
      const text = shell.station.files.read(resolvePath(shell.folder, operand))
      return text.ok && text.value !== ""
    }
    case "-w":
      return kind() !== undefined
    case "-x":
      return kind() === "folder"
    case "-L":
    case "-h":
    case "-p":
    case "-S":
      return false
    case "-t":
      return operand === "0" ? scope.streams.stdin.isTerminal : scope.streams.stdout.isTerminal
    case "-v":
      return shell.variables.has(operand)
    default:
      return undefined
  }
}

const integer = (text: string): number => {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new ShellFailure(`${text}: integer expression expected`, 2)
  return Number(text)
}

/** `a = b`, `1 -lt 2`… without patterns. undefined: no such operator. Throws for texts where numbers should be. */
export const binaryCondition = (left: string, operator: string, right: string): boolean | undefined => {
  switch (operator) {
    case "=":
    case "==":
      return left === right
    case "!=":
      return left !== right
    case "<":
      return left < right
    case ">":
      return left > right
    case "-eq":
      return integer(left) === integer(right)
    case "-ne":
      return integer(left) !== integer(right)
    case "-lt":
      return integer(left) < integer(right)
    case "-le":
      return integer(left) <= integer(right)
    case "-gt":
      return integer(left) > integer(right)
    case "-ge":
      return integer(left) >= integer(right)
    default:
      return undefined
  }
}
