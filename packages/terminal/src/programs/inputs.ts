import { type Input, inputFromText } from "../streams/stream.ts"
import type { Run } from "./program.ts"

export interface NamedInput {
  readonly name: string
  readonly input: Input
}

/** The files named, or stdin for none and for `-`. Complains about each that cannot be read; `failed` then. */
export const openInputs = (
  run: Run,
  names: readonly string[],
): { readonly inputs: readonly NamedInput[]; readonly failed: boolean } => {
  let failed = false
  const inputs = (names.length === 0 ? ["-"] : names).flatMap((name) => {
    if (name === "-" || name === "/dev/stdin") return [{ name: "-", input: run.streams.stdin }]
    const text = run.files.read(run.path(name))
    if (text.ok) return [{ name, input: inputFromText(text.value) }]
    failed = true
    run.complain(`${name}: ${text.error}`)
    return []
  })
  return { inputs, failed }
}

/** Options that could not be read: the words and a hint, exit code 2 (or what the program uses). */
export const usageError = (run: Run, words: string, exitCode = 2): number => {
  run.complain(words)
  if (run.scope.shell.station.userland === "gnu")
    run.streams.stderr.write(`Try '${run.name} --help' for more information.\n`)
  return exitCode
}
