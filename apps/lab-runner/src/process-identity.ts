import { readFileSync } from "node:fs"

/** A running process as the kernel tells it. */
export interface ProcessFacts {
  readonly argv: readonly string[]
  readonly parent: number
  /** When it began, in clock ticks since boot; a pid alone may be reused. */
  readonly start: string
}

/** undefined when there is no such process, or only its remains. */
export const readProcess = (pid: number): ProcessFacts | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    // The command in brackets may itself hold spaces and brackets; fields count from the last one.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    if (fields[0] === "Z") return undefined
    const argv = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")
    return { argv, parent: Number(fields[1]), start: fields[19] ?? "" }
  } catch {
    return undefined
  }
}

/** When a process began; undefined when there is no such process. */
export const processStart = (pid: number): string | undefined => readProcess(pid)?.start
