import { resolvePath } from "../../machines/path.ts"
import { iterateInput } from "../../streams/stream.ts"
import { parseOptions } from "../options.ts"
import type { Program, Run } from "../program.ts"
import { ARCHIVE_END, type Member, readArchive, writeMember } from "./archive.ts"

/** Characters of an archive; one beyond that is refused before it fills the memory. */
const LARGEST_ARCHIVE = 32 * 1024 * 1024

const isGnu = (run: Run): boolean => run.scope.shell.station.userland === "gnu"

/** GNU tar fails with 2, busybox with 1. */
const FAILED = (run: Run): number => (isGnu(run) ? 2 : 1)

const giveUp = (run: Run, words: string): number => {
  run.complain(words)
  if (isGnu(run)) run.complain("Error is not recoverable: exiting now")
  return FAILED(run)
}

const failedAtEnd = (run: Run): number => {
  run.complain(
    isGnu(run) ? "Exiting with failure status due to previous errors" : "error exit delayed from previous errors",
  )
  return FAILED(run)
}

const archiveText = async (run: Run, file: string): Promise<string | undefined> => {
  if (file !== "-") {
    const text = run.files.read(run.path(file))
    return text.ok ? text.value : undefined
  }
  const chunks: string[] = []
  let size = 0
  for await (const chunk of iterateInput(run.streams.stdin, run.cancellation)) {
    size += chunk.length
    if (size > LARGEST_ARCHIVE) return undefined
    chunks.push(chunk)
  }
  return chunks.join("")
}

/** Makes the folders on the way to a path; the words why not. */
const makeWay = (run: Run, path: string): string | undefined => {
  const parts = path.split("/").slice(1)
  for (const [index] of parts.entries()) {
    const folder = `/${parts.slice(0, index + 1).join("/")}`
    if (folder === "/" || run.files.kind(folder) === "folder") continue
    const made = run.files.makeFolder(folder)
    if (!made.ok) return made.error
  }
  return undefined
}

const put = (run: Run, { kind, name, text }: Member, folder: string): string | undefined => {
  if (name.split("/").includes("..")) return "Member name contains '..'"
  const path = resolvePath(folder, name.replace(/^\/+/, ""))
  if (kind === "other") return "Operation not permitted"
  if (kind === "folder") return makeWay(run, path)
  const blocked = makeWay(run, path.slice(0, path.lastIndexOf("/")))
  if (blocked) return blocked
  const written = run.files.write(path, text, false)
  return written.ok ? undefined : written.error
}

const extract = async (run: Run, file: string, folder: string, verbose: boolean): Promise<number> => {
  const text = await archiveText(run, file)
  if (text === undefined) return giveUp(run, isGnu(run) ? `${file}: Cannot open` : `can't open '${file}'`)
  const members = text === "" ? undefined : readArchive(text)
  if (!members) return giveUp(run, isGnu(run) ? "This does not look like a tar archive" : "short read")
  let failed = false
  for (const member of members) {
    if (verbose) run.print(`${member.name}${member.kind === "folder" ? "/" : ""}\n`)
    const why = put(run, member, folder)
    if (why === undefined) continue
    run.complain(isGnu(run) ? `${member.name}: Cannot open: ${why}` : `can't open '${member.name}': ${why}`)
    failed = true
    if (!isGnu(run)) return FAILED(run)
  }
  return failed ? failedAtEnd(run) : 0
}

const list = async (run: Run, file: string): Promise<number> => {
  const text = await archiveText(run, file)
  const members = text === undefined || text === "" ? undefined : readArchive(text)
  if (!members) return giveUp(run, isGnu(run) ? "This does not look like a tar archive" : "short read")
  for (const { name, kind } of members) run.print(`${name}${kind === "folder" ? "/" : ""}\n`)
  return 0
}

/** A path and all that is below it. */
const membersBelow = (run: Run, path: string, name: string): readonly Member[] => {
  if (run.files.kind(path) === "folder")
    return [
      { kind: "folder", name, text: "" },
      ...run.files
        .entries(path)
        .flatMap((entry) => membersBelow(run, `${path === "/" ? "" : path}/${entry}`, `${name}/${entry}`)),
    ]
  const text = run.files.read(path)
  return text.ok ? [{ kind: "file", name, text: text.value }] : []
}

const create = async (run: Run, file: string, folder: string, names: readonly string[]): Promise<number> => {
  const { user } = run.scope.shell.station.machine
  const seconds = Math.floor(run.now() / 1000)
  let failed = false
  let toldOfSlash = false
  const parts: string[] = []
  for (const name of names) {
    const path = resolvePath(folder, name)
    if (run.files.kind(path) === undefined) {
      run.complain(`${name}: ${isGnu(run) ? "Cannot stat: " : ""}No such file or directory`)
      failed = true
      continue
    }
    if (name.startsWith("/") && !toldOfSlash) {
      run.complain(isGnu(run) ? "Removing leading `/' from member names" : "removing leading '/' from member names")
      toldOfSlash = true
    }
    const inside = name.replace(/^\/+/, "").replace(/\/+$/, "") || "."
    for (const member of membersBelow(run, path, inside)) parts.push(writeMember(member, user, seconds))
  }
  const archive = [...parts, ARCHIVE_END]
  if (file !== "-") {
    const written = run.files.write(run.path(file), archive.join(""), false)
    if (!written.ok) return giveUp(run, `${file}: ${isGnu(run) ? "Cannot open: " : ""}${written.error}`)
  } else
    for (const part of archive) {
      run.print(part)
      await run.streams.stdout.ready(run.cancellation)
      if (run.cancellation.cancelled) return FAILED(run)
    }
  return failed ? failedAtEnd(run) : 0
}

/** `tar cf`, `xf` and `tf`: what `kubectl cp` runs in a container, at both ends of its pipe. */
export const tar: Program = async (run) => {
  const [first = "", ...others] = run.args
  const args = first === "" || first.startsWith("-") ? run.args : [`-${first}`, ...others]
  const options = parseOptions(args, {
    flags: "cxtmvpozkh",
    values: "fC",
    long: {
      create: "c",
      extract: "x",
      list: "t",
      file: "f",
      directory: "C",
      "no-same-permissions": "o",
      "no-same-owner": "o",
      touch: "m",
      gzip: "z",
    },
  })
  if (!options.ok) return giveUp(run, options.error)
  const { has, value, operands } = options.value
  if (has("z")) return giveUp(run, "gzip: Cannot exec: No such file or directory")
  const chosen = ["c", "x", "t"].filter(has)
  if (chosen.length !== 1) {
    run.complain("You must specify one of the '-ctx' options")
    return FAILED(run)
  }
  const folder = run.path(value("C") ?? ".")
  if (run.files.kind(folder) !== "folder")
    return giveUp(
      run,
      isGnu(run)
        ? `${value("C")}: Cannot open: No such file or directory`
        : `can't change directory to '${value("C")}': No such file or directory`,
    )
  const file = value("f") ?? "-"
  if (has("t")) return list(run, file)
  if (has("x")) return extract(run, file, folder, has("v"))
  if (operands.length === 0) return giveUp(run, "Cowardly refusing to create an empty archive")
  return create(run, file, folder, operands)
}
