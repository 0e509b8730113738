import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs"
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

const readHolder = (file: string): Holder | undefined => {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder
  } catch {
    return undefined
  }
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
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(file, "wx", 0o600)
      writeFileSync(handle, JSON.stringify(own))
      closeSync(handle)
      return { path, release: () => rmSync(file, { force: true }) }
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error) || error.code !== "EEXIST") throw error
      const holder = readHolder(file)
      if (holder && processStart(holder.pid) === holder.start)
        throw new OperatorError(
          `Another Pilotage (process ${holder.pid}, ${holder.address}) uses the data folder ${path}. Stop it or name another folder in PILOTAGE_DATA.`,
        )
      rmSync(file, { force: true })
    }
  }
  throw new OperatorError(`The data folder ${path} is being taken by another Pilotage just now. Try again.`)
}
