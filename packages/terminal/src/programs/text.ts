import { unescapeText } from "../builtins/echo.ts"
import { iterateInput, iterateLines } from "../streams/stream.ts"
import { openInputs, usageError } from "./inputs.ts"
import { parseOptions } from "./options.ts"
import type { Program } from "./program.ts"

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

const leadingNumber = (text: string): number => Number(/^\s*(-?\d*\.?\d+)/.exec(text)?.[1] ?? 0)

export const sort: Program = async (run) => {
  const options = parseOptions(run.args, {
    flags: "nrufbVh",
    values: "kt",
    long: { reverse: "r", unique: "u", "numeric-sort": "n", key: "k" },
  })
  if (!options.ok) return usageError(run, options.error)
  const { has, value, operands } = options.value
  const { inputs, failed } = openInputs(run, operands)
  const lines: string[] = []
  for (const { input } of inputs) for await (const line of iterateLines(input, run.cancellation)) lines.push(line)
  const keySpec = value("k") ?? ""
  const field = Number.parseInt(keySpec, 10)
  const separator = value("t")
  const key = (line: string): string => {
    if (Number.isNaN(field)) return line
    const fields = separator === undefined ? line.trim().split(/\s+/) : line.split(separator)
    return /,/.test(keySpec) ? (fields[field - 1] ?? "") : fields.slice(field - 1).join(" ")
  }
  const numeric = has("n") || has("h") || keySpec.includes("n")
  const compare = (left: string, right: string): number => {
    const [a, b] = [key(left), key(right)]
    if (numeric && leadingNumber(a) !== leadingNumber(b)) return leadingNumber(a) - leadingNumber(b)
    if (has("V")) return compareVersions(a, b)
    return has("f") ? compareText(a.toUpperCase(), b.toUpperCase()) : numeric ? 0 : compareText(a, b)
  }
  const direction = has("r") || keySpec.includes("r") ? -1 : 1
  lines.sort((left, right) => direction * (compare(left, right) || (has("u") ? 0 : compareText(left, right))))
  const kept = has("u")
    ? lines.filter((line, index) => index === 0 || compare(lines[index - 1] ?? "", line) !== 0)
    : lines
  for (const line of kept) run.print(`${line}\n`)
  return failed ? 2 : 0
}

const compareVersions = (left: string, right: string): number => {
  const [a, b] = [left.split(/(\d+)/), right.split(/(\d+)/)]
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [x = "", y = ""] = [a[index], b[index]]
    const order = index % 2 === 1 ? Number(x) - Number(y) : compareText(x, y)
    if (order !== 0) return order
  }
  return 0
}

export const uniq: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "cdui", long: { count: "c", repeated: "d", unique: "u" } })
  if (!options.ok) return usageError(run, options.error, 1)
  const { has } = options.value
  const { inputs, failed } = openInputs(run, options.value.operands.slice(0, 1))
  let previous: string | undefined
  let count = 0
  const flush = (): void => {
    if (previous === undefined || (has("d") && count < 2) || (has("u") && count > 1)) return
    run.print(has("c") ? `${String(count).padStart(7)} ${previous}\n` : `${previous}\n`)
  }
  const same = (line: string): boolean =>
    previous !== undefined && (has("i") ? line.toLowerCase() === previous.toLowerCase() : line === previous)
  for (const { input } of inputs)
    for await (const line of iterateLines(input, run.cancellation)) {
      if (same(line)) count += 1
      else {
        flush()
        previous = line
        count = 1
      }
    }
  flush()
  return failed ? 1 : 0
}

/** `1,3-5,7-` as a test of positions counted from 1. */
const positions = (list: string): ((position: number) => boolean) => {
  const ranges = list.split(",").map((range) => {
    const match = /^(\d*)(-?)(\d*)$/.exec(range)
    const from = Number(match?.[1] || 1)
    return { from, to: match?.[2] === "" ? from : Number(match?.[3] || Number.POSITIVE_INFINITY) }
  })
  return (position) => ranges.some(({ from, to }) => position >= from && position <= to)
}

export const cut: Program = async (run) => {
  const options = parseOptions(run.args, {
    flags: "s",
    values: "dfcb",
    long: { delimiter: "d", fields: "f", characters: "c" },
    longValues: ["d", "f", "c"],
  })
  if (!options.ok) return usageError(run, options.error, 1)
  const { value, has } = options.value
  const fields = value("f")
  const characters = value("c") ?? value("b")
  const list = fields ?? characters
  if (list === undefined) return usageError(run, "you must specify a list of bytes, characters, or fields", 1)
  const delimiter = value("d") ?? "\t"
  if (delimiter.length !== 1) return usageError(run, "the delimiter must be a single character", 1)
  const chosen = positions(list)
  const { inputs, failed } = openInputs(run, options.value.operands)
  for (const { input } of inputs)
    for await (const line of iterateLines(input, run.cancellation)) {
      if (fields === undefined) run.print(`${[...line].filter((_, index) => chosen(index + 1)).join("")}\n`)
      else if (line.includes(delimiter))
        run.print(
          `${line
            .split(delimiter)
            .filter((_, index) => chosen(index + 1))
            .join(delimiter)}\n`,
        )
      else if (!has("s")) run.print(`${line}\n`)
    }
  return failed ? 1 : 0
}

const CLASSES: Readonly<Record<string, string>> = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  digit: "0123456789",
  alpha: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
  alnum: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
  space: " \t\n\r\v\f",
}

const characterSet = (spec: string): readonly string[] => {
  const named = unescapeText(spec).text.replace(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole)
  return [
    ...named.replace(/(.)-(.)/gs, (_, from: string, to: string) => {
      const count = to.charCodeAt(0) - from.charCodeAt(0) + 1
      return Array.from({ length: Math.max(0, count) }, (_each, index) =>
        String.fromCharCode(from.charCodeAt(0) + index),
      ).join("")
    }),
  ]
}

export const tr: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "dscC", long: { delete: "d", "squeeze-repeats": "s" } })
  if (!options.ok) return usageError(run, options.error, 1)
  const { has, operands } = options.value
  const [first, second] = operands
  if (first === undefined) return usageError(run, "missing operand", 1)
  const from = characterSet(first)
  const to = characterSet(second ?? "")
  const complement = has("c") || has("C")
  const inFirst = (character: string): boolean => from.includes(character) !== complement
  const map = (character: string): string => {
    if (!inFirst(character) || to.length === 0) return character
    return complement ? (to.at(-1) ?? "") : (to[from.lastIndexOf(character)] ?? to.at(-1) ?? "")
  }
  const squeezed = (character: string): boolean =>
    has("s") && (second === undefined ? inFirst(character) : to.includes(character))
  let last = ""
  for await (const chunk of iterateInput(run.streams.stdin, run.cancellation)) {
    let text = ""
    for (const character of chunk) {
      if (has("d") && inFirst(character)) continue
      const mapped = has("d") ? character : map(character)
      if (mapped === last && squeezed(mapped)) continue
      text += mapped
      last = mapped
    }
    run.print(text)
  }
  return 0
}

/** Lines between two looks at the clock. */
const BATCH = 1000

export const seq: Program = async (run) => {
  const separator = run.args[0] === "-s" ? (run.args[1] ?? "\n") : "\n"
  const words = run.args[0] === "-s" ? run.args.slice(2) : run.args
  const numbers = words.map(Number)
  const bad = words.find((_, index) => Number.isNaN(numbers[index]))
  if (bad !== undefined) return usageError(run, `invalid floating point argument: '${bad}'`, 1)
  if (numbers.length === 0) return usageError(run, "missing operand", 1)
  const [first = 1, step = 1, last = 0] =
    numbers.length === 1 ? [1, 1, numbers[0]] : numbers.length === 2 ? [numbers[0], 1, numbers[1]] : numbers
  if (step === 0) return usageError(run, "invalid Zero increment value: '0'", 1)
  let count = 0
  for (let value = first; step > 0 ? value <= last : value >= last; value = first + step * count) {
    run.print(`${count > 0 ? separator : ""}${value}`)
    count += 1
    if (count % BATCH !== 0) continue
    await run.sleep(1)
    await run.streams.stdout.ready(run.cancellation)
    if (run.cancellation.cancelled) return 130
  }
  if (count > 0) run.print("\n")
  return 0
}

export const basename: Program = async (run) => {
  const [path, suffix] = run.args
  if (path === undefined) return usageError(run, "missing operand", 1)
  const name = path.replace(/\/+$/, "").split("/").at(-1) || "/"
  run.print(
    `${suffix !== undefined && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`,
  )
  return 0
}

export const dirname: Program = async (run) => {
  if (run.args.length === 0) return usageError(run, "missing operand", 1)
  for (const path of run.args) {
    const trimmed = path.replace(/\/+$/, "")
    const end = trimmed.lastIndexOf("/")
    run.print(`${end > 0 ? trimmed.slice(0, end) : end === 0 || trimmed === "" ? "/" : "."}\n`)
  }
  return 0
}
