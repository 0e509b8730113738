import { unescapeText } from "../builtins/echo.ts"
import { posixExpression } from "../posix-regex.ts"
import { iterateLines } from "../streams/stream.ts"
import { openInputs, usageError } from "./inputs.ts"
import { parseOptions } from "./options.ts"
import type { Program } from "./program.ts"

type Piece = { readonly field: string } | { readonly text: string }

interface AwkProgram {
  readonly pattern: string | undefined
  /** Pieces between commas; pieces side by side are joined. */
  readonly prints: readonly (readonly Piece[])[]
}

/** `/pattern/ {print $1, "x" $NF}`: the part of awk that cuts columns. undefined: it is more than that. */
const parseAwk = (program: string): AwkProgram | undefined => {
  const match = /^\s*(?:\/((?:[^/\\]|\\.)*)\/)?\s*(?:\{\s*print\b([^}]*)\})?\s*$/.exec(program)
  if (!match || (match[1] === undefined && match[2] === undefined)) return undefined
  const prints: Piece[][] = [[]]
  let rest = (match[2] ?? "").replace(/;\s*$/, "").trim()
  while (rest !== "") {
    const token = /^(?:\$(\d+|NF)|(NR|NF)|"((?:[^"\\]|\\.)*)"|(,))\s*/.exec(rest)
    if (!token) return undefined
    const [whole, field, counter, text, comma] = token
    if (comma !== undefined) prints.push([])
    else prints.at(-1)?.push(text === undefined ? { field: field ?? `:${counter}` } : { text: unescapeText(text).text })
    rest = rest.slice(whole.length)
  }
  return { pattern: match[1], prints }
}

export const awk: Program = async (run) => {
  const options = parseOptions(run.args, { values: "Fv" })
  if (!options.ok) return usageError(run, options.error)
  const [source, ...files] = options.value.operands
  const program = parseAwk(source ?? "")
  if (!program) return usageError(run, "only '/pattern/ {print $N, …}' is understood here")
  const pattern = posixExpression(program.pattern ?? "", { extended: true, flags: "" })
  if (!pattern.ok) return usageError(run, pattern.error)
  const separator = options.value.value("F")
  const { inputs, failed } = openInputs(run, files)
  let number = 0
  for (const { input } of inputs)
    for await (const line of iterateLines(input, run.cancellation)) {
      number += 1
      if (!pattern.value.test(line)) continue
      const fields = separator === undefined || separator === " " ? line.trim().split(/\s+/) : line.split(separator)
      const count = line === "" ? 0 : fields.length
      const fieldText = (field: string): string => {
        if (field === ":NR") return String(number)
        if (field === ":NF") return String(count)
        const index = field === "NF" ? count : Number(field)
        return index === 0 ? line : (fields[index - 1] ?? "")
      }
      const columns = program.prints.map((pieces) =>
        pieces.map((piece) => ("text" in piece ? piece.text : fieldText(piece.field))).join(""),
      )
      run.print(`${program.prints.length === 1 && program.prints[0]?.length === 0 ? line : columns.join(" ")}\n`)
    }
  return failed ? 2 : 0
}
