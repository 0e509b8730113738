import type { FileKind } from "../machines/file-system.ts"
import { nameOf, parentOf } from "../machines/path.ts"
import { byteLength } from "../streams/byte-text.ts"
import { usageError } from "./inputs.ts"
import { parseOptions } from "./options.ts"
import type { Program, Run } from "./program.ts"

const size = (run: Run, path: string): number => {
  const text = run.files.read(path)
  return text.ok ? byteLength(text.value) : 4096
}

const longLine = (run: Run, path: string, name: string): string => {
  const isFolder = run.files.kind(path) === "folder"
  const owner = run.scope.shell.station.machine.user
  return `${isFolder ? "drwxr-xr-x" : "-rw-r--r--"} 1 ${owner} ${owner} ${String(size(run, path)).padStart(6)} ${name}`
}

const listNames = (
  run: Run,
  names: readonly { readonly name: string; readonly path: string }[],
  long: boolean,
): void => {
  if (names.length === 0) return
  if (long) for (const { name, path } of names) run.print(`${longLine(run, path, name)}\n`)
  else if (run.streams.stdout.isTerminal) run.print(`${names.map(({ name }) => name).join("  ")}\n`)
  else for (const { name } of names) run.print(`${name}\n`)
}

export const ls: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "la1AhRtrdF", long: { all: "a", color: "color" } })
  if (!options.ok) return usageError(run, options.error)
  const { has, operands } = options.value
  const names = operands.length === 0 ? ["."] : operands
  let failed = false
  const kinds = names.map((name): FileKind | undefined => run.files.kind(run.path(name)))
  for (const [index, name] of names.entries())
    if (kinds[index] === undefined) {
      run.complain(`cannot access '${name}': No such file or directory`)
      failed = true
    }
  const isListed = (index: number): boolean => kinds[index] === "file" || (kinds[index] === "folder" && has("d"))
  const one = has("1") && !has("l")
  const show = (entries: readonly { readonly name: string; readonly path: string }[]): void => {
    if (one) for (const { name } of entries) run.print(`${name}\n`)
    else listNames(run, entries, has("l"))
  }
  show(names.flatMap((name, index) => (isListed(index) ? [{ name, path: run.path(name) }] : [])))
  for (const [index, name] of names.entries()) {
    if (kinds[index] !== "folder" || has("d")) continue
    if (names.length > 1) run.print(`${index > 0 ? "\n" : ""}${name}:\n`)
    const folder = run.path(name)
    const entries = run.files.entries(folder).filter((each) => has("a") || has("A") || !each.startsWith("."))
    if (has("l")) run.print(`total ${entries.length * 4}\n`)
    show(entries.map((each) => ({ name: each, path: `${folder === "/" ? "" : folder}/${each}` })))
  }
  return failed ? 2 : 0
}

export const mkdir: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "pv", values: "m", long: { parents: "p" } })
  if (!options.ok) return usageError(run, options.error, 1)
  if (options.value.operands.length === 0) return usageError(run, "missing operand", 1)
  let status = 0
  for (const name of options.value.operands) {
    const path = run.path(name)
    const parts = path.split("/").slice(1)
    const wanted = options.value.has("p")
      ? parts
          .map((_, index) => `/${parts.slice(0, index + 1).join("/")}`)
          .filter((each) => run.files.kind(each) !== "folder")
      : [path]
    for (const each of wanted) {
      const made = run.files.makeFolder(each)
      if (made.ok) continue
      run.complain(`cannot create directory '${name}': ${made.error}`)
      status = 1
      break
    }
  }
  return status
}

const removeTree = (run: Run, path: string): string | undefined => {
  if (run.files.kind(path) === "folder")
    for (const name of run.files.entries(path)) {
      const problem = removeTree(run, `${path === "/" ? "" : path}/${name}`)
      if (problem !== undefined) return problem
    }
  const removed = run.files.remove(path)
  // A folder that existed only by its files went away with the last of them.
  return removed.ok || run.files.kind(path) === undefined ? undefined : removed.error
}

export const rm: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "rRfvi", long: { recursive: "r", force: "f" } })
  if (!options.ok) return usageError(run, options.error, 1)
  const { has, operands } = options.value
  if (operands.length === 0 && !has("f")) return usageError(run, "missing operand", 1)
  let status = 0
  for (const name of operands) {
    const path = run.path(name)
    const kind = run.files.kind(path)
    if (kind === undefined && has("f")) continue
    const problem =
      kind === "folder" && !has("r") && !has("R")
        ? "Is a directory"
        : kind === undefined
          ? "No such file or directory"
          : removeTree(run, path)
    if (problem === undefined) continue
    run.complain(`cannot remove '${name}': ${problem}`)
    status = 1
  }
  return status
}

export const touch: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "acm", values: "dt" })
  if (!options.ok) return usageError(run, options.error, 1)
  let status = 0
  for (const name of options.value.operands) {
    if (run.files.kind(run.path(name)) === "folder") continue
    const written = run.files.write(run.path(name), "", true)
    if (written.ok) continue
    run.complain(`cannot touch '${name}': ${written.error}`)
    status = 1
  }
  return status
}

/** Every file of a tree with its path below the tree. */
const filesBelow = (run: Run, path: string): readonly string[] =>
  run.files.kind(path) === "folder"
    ? run.files
        .entries(path)
        .flatMap((name) => filesBelow(run, `${path}/${name}`).map((each) => (each === "" ? name : `${name}/${each}`)))
    : [""]

const copyTree = (run: Run, from: string, to: string): string | undefined => {
  for (const below of filesBelow(run, from)) {
    const target = below === "" ? to : `${to}/${below}`
    for (let folder = parentOf(target), missing: string[] = []; ; folder = parentOf(folder)) {
      if (run.files.kind(folder) === undefined && below !== "") missing = [folder, ...missing]
      else {
        for (const each of missing) run.files.makeFolder(each)
        break
      }
    }
    const text = run.files.read(below === "" ? from : `${from}/${below}`)
    const written = text.ok ? run.files.write(target, text.value, false) : text
    if (!written.ok) return written.error
  }
  return undefined
}

const transfer =
  (verb: string, moves: boolean): Program =>
  async (run) => {
    const options = parseOptions(run.args, { flags: "rRafvn", long: { recursive: "r", force: "f" } })
    if (!options.ok) return usageError(run, options.error, 1)
    const { has, operands } = options.value
    const target = operands.at(-1)
    const sources = operands.slice(0, -1)
    if (target === undefined || sources.length === 0)
      return usageError(
        run,
        operands[0] === undefined ? "missing file operand" : `missing destination file operand after '${operands[0]}'`,
        1,
      )
    const intoFolder = run.files.kind(run.path(target)) === "folder"
    if (sources.length > 1 && !intoFolder) return usageError(run, `target '${target}': No such file or directory`, 1)
    let status = 0
    for (const name of sources) {
      const from = run.path(name)
      const to = intoFolder ? `${run.path(target)}/${nameOf(from)}` : run.path(target)
      const kind = run.files.kind(from)
      const skipsFolder = kind === "folder" && !moves && !has("r") && !has("R") && !has("a")
      const problem =
        kind === undefined ? "No such file or directory" : skipsFolder ? undefined : copyTree(run, from, to)
      if (skipsFolder) run.complain(`-r not specified; omitting directory '${name}'`)
      else if (kind === undefined) run.complain(`cannot stat '${name}': ${problem}`)
      else if (problem !== undefined) run.complain(`cannot ${verb} '${name}' to '${target}': ${problem}`)
      else if (moves && from !== to) removeTree(run, from)
      if (problem !== undefined || skipsFolder) status = 1
    }
    return status
  }

export const cp = transfer("copy", false)
export const mv = transfer("move", true)
