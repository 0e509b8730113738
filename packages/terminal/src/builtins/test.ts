import { done, ShellFailure } from "../shell/completion.ts"
import { binaryCondition, unaryCondition } from "../shell/conditions.ts"
import type { Scope } from "../shell/shell.ts"
import { type Builtin, complain } from "./builtin.ts"

/** `test`'s grammar: `-o` binds less than `-a`, `!` and parentheses most (POSIX `test`, by number of words). */
const createParser = (scope: Scope, words: readonly string[]) => {
  let at = 0
  const peek = (ahead = 0): string | undefined => words[at + ahead]

  const primary = (): boolean => {
    const word = peek()
    if (word === undefined) throw new ShellFailure("argument expected", 2)
    const right = peek(2)
    const operator = peek(1)
    if (operator !== undefined && right !== undefined) {
      const condition = binaryCondition(word, operator, right)
      if (condition !== undefined) {
        at += 3
        return condition
      }
    }
    if (word === "!" && operator !== undefined) {
      at += 1
      return !primary()
    }
    if (word === "(" && operator !== undefined) {
      at += 1
      const condition = either()
      if (peek() !== ")") throw new ShellFailure("`)' expected", 2)
      at += 1
      return condition
    }
    if (operator !== undefined && /^-[a-zA-Z]$/.test(word)) {
      const condition = unaryCondition(scope, word, operator)
      if (condition === undefined) throw new ShellFailure(`${word}: unary operator expected`, 2)
      at += 2
      return condition
    }
    at += 1
    return word !== ""
  }

  const both = (): boolean => {
    let condition = primary()
    while (peek() === "-a") {
      at += 1
      const right = primary()
      condition &&= right
    }
    return condition
  }

  const either = (): boolean => {
    let condition = both()
    while (peek() === "-o") {
      at += 1
      const right = both()
      condition ||= right
    }
    return condition
  }

  return (): boolean => {
    if (words.length === 0) return false
    const condition = either()
    const extra = peek()
    if (extra !== undefined)
      throw new ShellFailure(words.length === 3 ? `${words[1]}: binary operator expected` : "too many arguments", 2)
    return condition
  }
}

export const test: Builtin = async (scope, args, name) => {
  if (name === "[" && args.at(-1) !== "]") {
    complain(scope, name, "missing `]'")
    return done(2)
  }
  try {
    return done(createParser(scope, name === "[" ? args.slice(0, -1) : args)() ? 0 : 1)
  } catch (reason) {
    if (!(reason instanceof ShellFailure)) throw reason
    complain(scope, name, reason.message)
    return done(2)
  }
}
