import { runShell } from "../shell/run-shell.ts"
import { copyShell } from "../shell/shell.ts"
import type { Program } from "./program.ts"

/** `sh`, `bash`: a shell in the shell. It has the environment, and nothing else, of the one that started it. */
export const shellProgram: Program = (run) => {
  const { shell, world, streams, cancellation } = run.scope
  const copy = copyShell(shell)
  const exported = new Map([...copy.variables].filter(([, variable]) => variable.exported))
  return runShell(
    world,
    shell.station,
    exported,
    shell.folder,
    [run.name, ...run.args],
    streams,
    cancellation,
    shell.depth + 1,
  )
}
