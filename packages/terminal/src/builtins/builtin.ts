import type { Completion } from "../shell/completion.ts"
import type { Scope } from "../shell/shell.ts"

/** A command that the shell does itself because it changes the shell or where control goes. */
export type Builtin = (scope: Scope, args: readonly string[], name: string) => Promise<Completion>

/** `bash: cd: words` */
export const complain = (scope: Scope, name: string, words: string): void =>
  scope.streams.stderr.write(`${scope.shell.name}: ${name}: ${words}\n`)
