import { byteLength } from "../streams/byte-text.ts"
import { type Input, iterateInput, iterateLines, readAll } from "../streams/stream.ts"
import { openInputs, usageError } from "./inputs.ts"
import { parseOptions } from "./options.ts"
import type { Program, Run } from "./program.ts"

export const cat: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "nuAe" })
  if (!options.ok) return usageError(run, options.error, 1)
  const { inputs, failed } = openInputs(run, options.value.operands)
  let number = 0
  for (const { input } of inputs) {
    if (!options.value.has("n")) {
      for await (const chunk of iterateInput(input, run.cancellation)) {
        run.print(chunk)
        await run.streams.stdout.ready(run.cancellation)
      }
      continue
    }
    for await (const line of iterateLines(input, run.cancellation)) {
      number += 1
      run.print(`${String(number).padStart(6)}\t${line}\n`)
    }
  }
  return failed ? 1 : 0
}

const takeBytes = async (run: Run, input: Input, count: number): Promise<void> => {
  let rest = count
  for await (const chunk of iterateInput(input, run.cancellation)) {
    run.print(chunk.slice(0, rest))
    rest -= chunk.length
    if (rest <= 0) return
  }
}

export const head: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "qv", values: "nc", number: "n", long: { lines: "n", bytes: "c" } })
  if (!options.ok) return usageError(run, options.error, 1)
  const count = Number(options.value.value("n") ?? 10)
  if (!Number.isInteger(count)) return usageError(run, `invalid number of lines: '${options.value.value("n")}'`, 1)
  const { inputs, failed } = openInputs(run, options.value.operands)
  for (const [index, { name, input }] of inputs.entries()) {
    if (inputs.length > 1) run.print(`${index > 0 ? "\n" : ""}==> ${name} <==\n`)
    const bytes = options.value.value("c")
    if (bytes !== undefined) {
      await takeBytes(run, input, Number(bytes))
      continue
    }
    if (count < 0) {
      const lines = (await readAll(input, run.cancellation)).split("\n").slice(0, -1)
      for (const line of lines.slice(0, count)) run.print(`${line}\n`)
      continue
    }
    let seen = 0
    if (count > 0)
      for await (const line of iterateLines(input, run.cancellation)) {
        run.print(`${line}\n`)
        seen += 1
        if (seen >= count) break
      }
  }
  return failed ? 1 : 0
}

/** How often a followed file is looked at. */
const FOLLOW_MS = 1000

const follow = async (run: Run, name: string): Promise<void> => {
  let seen = run.files.read(run.path(name))
  while (!run.cancellation.cancelled) {
    await run.sleep(FOLLOW_MS)
    const text = run.files.read(run.path(name))
    if (text.ok && seen.ok) run.print(text.value.slice(seen.value.length))
    seen = text
  }
}

export const tail: Program = async (run) => {
  const options = parseOptions(run.args, {
    flags: "fFqv",
    values: "nc",
    number: "n",
    long: { lines: "n", bytes: "c", follow: "f" },
  })
  if (!options.ok) return usageError(run, options.error, 1)
  const given = options.value.value("n") ?? "10"
  const { inputs, failed } = openInputs(run, options.value.operands)
  for (const [index, { name, input }] of inputs.entries()) {
    if (inputs.length > 1) run.print(`${index > 0 ? "\n" : ""}==> ${name} <==\n`)
    const text = await readAll(input, run.cancellation)
    const bytes = options.value.value("c")
    if (bytes !== undefined) {
      run.print(Number(bytes) === 0 ? "" : text.slice(-Number(bytes)))
      continue
    }
    const lines = text.split(/(?<=\n)/)
    const count = Math.abs(Number(given))
    run.print((given.startsWith("+") ? lines.slice(count - 1) : count === 0 ? [] : lines.slice(-count)).join(""))
  }
  const followed = inputs.find((each) => each.name !== "-")
  if ((options.value.has("f") || options.value.has("F")) && followed) await follow(run, followed.name)
  return failed ? 1 : 0
}

export const tee: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "ai", long: { append: "a" } })
  if (!options.ok) return usageError(run, options.error, 1)
  let failed = false
  const targets = options.value.operands.filter((name) => {
    const opened = run.files.write(run.path(name), "", options.value.has("a"))
    if (!opened.ok) run.complain(`${name}: ${opened.error}`)
    failed ||= !opened.ok
    return opened.ok
  })
  for await (const chunk of iterateInput(run.streams.stdin, run.cancellation)) {
    run.print(chunk)
    for (const name of targets) {
      const written = run.files.write(run.path(name), chunk, true)
      if (!written.ok) {
        run.complain(`${name}: ${written.error}`)
        return 1
      }
    }
  }
  return failed ? 1 : 0
}

export const wc: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "lwcm", long: { lines: "l", words: "w", bytes: "c", chars: "m" } })
  if (!options.ok) return usageError(run, options.error, 1)
  const { has, operands } = options.value
  const { inputs, failed } = openInputs(run, operands)
  const all = !["l", "w", "c", "m"].some(has)
  const total = [0, 0, 0]
  const printCounts = (counts: readonly number[], name: string): void => {
    const shown = counts.filter((_, index) => all || has(["l", "w", "c"][index] ?? "") || (index === 2 && has("m")))
    const width = shown.length > 1 ? 7 : 1
    run.print(`${shown.map((count) => String(count).padStart(width)).join(" ")}${name === "-" ? "" : ` ${name}`}\n`)
  }
  for (const { name, input } of inputs) {
    const counts = [0, 0, 0]
    let inWord = false
    for await (const chunk of iterateInput(input, run.cancellation))
      for (const character of chunk) {
        if (character === "\n") counts[0] = (counts[0] ?? 0) + 1
        const isSpace = /\s/.test(character)
        if (!isSpace && !inWord) counts[1] = (counts[1] ?? 0) + 1
        inWord = !isSpace
        counts[2] = (counts[2] ?? 0) + sizeOf(character, has("m"))
      }
    for (const [index, count] of counts.entries()) total[index] = (total[index] ?? 0) + count
    printCounts(counts, name)
  }
  if (inputs.length > 1) printCounts(total, "total")
  return failed ? 1 : 0
}

const sizeOf = (character: string, asCharacters: boolean): number => (asCharacters ? 1 : byteLength(character))
