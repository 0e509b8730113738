import { readFileSync } from "node:fs"

/** When a process began, in clock ticks since boot; undefined when there is no such process. A pid alone may be reused. */
export const processStart = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    // The command in brackets may itself hold spaces and brackets; fields count from the last one.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    return fields[0] === "Z" ? undefined : fields[19]
  } catch {
    return undefined
  }
}
