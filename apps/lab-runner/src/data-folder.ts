import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { OperatorError } from "./operator-error.ts"
import { processStart } from "./process-identity.ts"

/** The folder that holds everything Pilotage keeps, for one running instance at a time. */
export interface DataFolder {
  readonly path: string
  readonly release: () => void
}

interface Holder {
  readonly pid: number
  readonly start: string
  readonly address: string
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code

/** Makes `file` with its content at once; false when it is there already. A lock is never seen half written. */
const createWhole = (file: string, content: string): boolean => {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, content, { mode: 0o600 })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (isCode(error, "EEXIST")) return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

const readHolder = (file: string): Holder | undefined => {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder
  } catch {
    return undefined
  }
}

const isAlive = (holder: Holder | undefined): holder is Holder =>
  holder !== undefined && processStart(holder.pid) === holder.start

/** Takes away the lock of a process that is gone. Somebody else may have done so and locked already: theirs is put back. */
const removeStale = (file: string): void => {
  const aside = `${file}.stale-${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (isCode(error, "ENOENT")) return
    throw error
  }
  if (isAlive(readHolder(aside))) createWhole(file, readFileSync(aside, "utf8"))
  rmSync(aside, { force: true })
}

/** Makes the folder if need be and takes it. Throws an OperatorError when it can't be written or another instance has it. */
export const takeDataFolder = (folder: string, address: string): DataFolder => {
  const path = resolve(folder)
  const file = join(path, "instance.lock")
  try {
    mkdirSync(path, { recursive: true })
    const probe = join(path, `.writable-${process.pid}`)
    writeFileSync(probe, "")
    rmSync(probe)
  } catch (error) {
    throw new OperatorError(
      `The data folder ${path} cannot be written (${reason(error)}). Make it writable or name another in PILOTAGE_DATA.`,
    )
  }
  const own: Holder = { pid: process.pid, start: processStart(process.pid) ?? "", address }
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (createWhole(file, JSON.stringify(own))) return { path, release: () => rmSync(file, { force: true }) }
    const holder = readHolder(file)
    if (isAlive(holder))
      throw new OperatorError(
        `Another Pilotage (process ${holder.pid}, ${holder.address}) uses the data folder ${path}. Stop it or name another folder in PILOTAGE_DATA.`,
      )
    removeStale(file)
  }
  throw new OperatorError(`The data folder ${path} is being taken by another Pilotage just now. Try again.`)
}
