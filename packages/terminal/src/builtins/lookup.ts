import { findProgram } from "../programs/find.ts"
import { done } from "../shell/completion.ts"
import type { Scope } from "../shell/shell.ts"
import { type Builtin, complain } from "./builtin.ts"
import { findBuiltin } from "./table.ts"

/** What a name is: `web is a function`; undefined when it is nothing. */
const describe = (scope: Scope, name: string): string | undefined => {
  if (scope.shell.functions.has(name)) return `${name} is a function`
  if (findBuiltin(name)) return `${name} is a shell builtin`
  return findProgram(scope.shell.station, name) ? `${name} is /usr/bin/${name}` : undefined
}

export const type: Builtin = async (scope, args, name) => {
  let status = 0
  for (const word of args) {
    const description = describe(scope, word)
    if (description !== undefined) scope.streams.stdout.write(`${description}\n`)
    else {
      complain(scope, name, `${word}: not found`)
      status = 1
    }
  }
  return done(status)
}

/** `command -v name` tells, `command name` runs past functions. */
export const command: Builtin = async (scope, args) => {
  if (args[0] !== "-v" && args[0] !== "-V") {
    const functions = new Map(scope.shell.functions)
    functions.delete(args[0] ?? "")
    return args.length === 0 ? done(0) : scope.invoke(args, { ...scope, shell: { ...scope.shell, functions } })
  }
  let status = 0
  for (const word of args.slice(1)) {
    const description = describe(scope, word)
    if (description === undefined) status = 1
    else if (args[0] === "-V") scope.streams.stdout.write(`${description}\n`)
    else scope.streams.stdout.write(description.includes(" is /") ? `/usr/bin/${word}\n` : `${word}\n`)
  }
  return done(status)
}

export const which: Builtin = async (scope, args) => {
  let status = 0
  for (const word of args)
    if (findProgram(scope.shell.station, word)) scope.streams.stdout.write(`/usr/bin/${word}\n`)
    else status = 1
  return done(status)
}
