import type { ParsedScript } from "unbash"
import { ShellFailure } from "../shell/completion.ts"
import { copyShell, type Scope } from "../shell/shell.ts"
import { outputTo } from "../streams/stream.ts"

/** Characters that `$(…)` may bring. */
const LONGEST_OUTPUT = 1_048_576

/** Runs a script in a subshell and takes what it prints, without the newlines at its end. Sets `$?`. */
export const substituteCommand = async (
  scope: Scope,
  script: ParsedScript | undefined,
  keepNewlines = false,
): Promise<string> => {
  if (!script) return ""
  let text = ""
  const stdout = outputTo((chunk) => {
    if (text.length <= LONGEST_OUTPUT) text += chunk
  })
  const shell = copyShell(scope.shell)
  const completion = await scope.evaluate(script.commands, {
    ...scope,
    shell,
    loopDepth: 0,
    streams: { ...scope.streams, stdout },
  })
  scope.shell.status = completion.status
  if (text.length > LONGEST_OUTPUT) throw new ShellFailure("command substitution: output is too long")
  return keepNewlines ? text : text.replace(/\n+$/, "")
}
