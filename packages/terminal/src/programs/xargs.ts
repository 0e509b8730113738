import { copyShell } from "../shell/shell.ts"
import { emptyInput, readAll } from "../streams/stream.ts"
import { usageError } from "./inputs.ts"
import { parseOptions } from "./options.ts"
import type { Program } from "./program.ts"

const words = (text: string, delimiter: string | undefined): readonly string[] => {
  if (delimiter !== undefined) return text.split(delimiter).filter((word) => word !== "")
  return [...text.matchAll(/(?:[^\s"'\\]|\\.|"[^"]*"|'[^']*')+/gs)].map(([word]) =>
    word.replace(
      /\\(.)|"([^"]*)"|'([^']*)'/gs,
      (_, escaped?: string, double?: string, single?: string) => escaped ?? double ?? single ?? "",
    ),
  )
}

/** 123: a command failed; 127: not found. */
export const xargs: Program = async (run) => {
  const options = parseOptions(run.args, {
    flags: "rt0",
    values: "nIPLd",
    leading: true,
    long: { "no-run-if-empty": "r", "max-args": "n", replace: "I", null: "0", delimiter: "d" },
  })
  if (!options.ok) return usageError(run, options.error, 1)
  const { has, value, operands } = options.value
  const text = await readAll(run.streams.stdin, run.cancellation)
  const command = operands.length === 0 ? ["echo"] : operands
  const placeholder = value("I")
  const byLine = placeholder !== undefined || has("L")
  const items = byLine
    ? text
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "")
    : words(text, has("0") ? "\0" : value("d"))
  const most = placeholder === undefined ? Number(value("n") ?? value("L") ?? 1000) : 1
  if (!(most > 0)) return usageError(run, `invalid number "${value("n")}" for -n option`, 1)
  const batches = Array.from({ length: Math.ceil(items.length / most) }, (_, index) =>
    items.slice(index * most, (index + 1) * most),
  )
  if (batches.length === 0 && !has("r") && placeholder === undefined) batches.push([])
  let status = 0
  for (const batch of batches) {
    const argv =
      placeholder === undefined
        ? [...command, ...batch]
        : command.map((word) => word.replaceAll(placeholder, batch[0] ?? ""))
    if (has("t")) run.streams.stderr.write(`${argv.join(" ")}\n`)
    const completion = await run.scope.invoke(argv, {
      ...run.scope,
      shell: copyShell(run.scope.shell),
      streams: { ...run.streams, stdin: emptyInput() },
    })
    if (run.cancellation.cancelled) return 130
    if (completion.status === 127) return 127
    if (completion.status !== 0) status = 123
    await run.scope.world.pace(run.cancellation)
  }
  return status
}
