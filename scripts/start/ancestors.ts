import { readFileSync } from "node:fs"

/** Programs that stand between the person who typed the command and us. */
const LAUNCHERS = /^(npx|npm|pnpm|sh|dash|node)\b|npm exec|pnpm/

interface Ancestor {
  readonly pid: number
  readonly start: string
}

const read = (pid: number): { readonly name: string; readonly parent: number; readonly start: string } | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    if (fields[0] === "Z") return undefined
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()
    return { name: command.split("/").at(-1) ?? command, parent: Number(fields[1]), start: fields[19] ?? "" }
  } catch {
    return undefined
  }
}

/** The launchers above `pid`, nearest first: npx, pnpm and the shells between them. */
export const launchersAbove = (pid: number): readonly Ancestor[] => {
  const found: Ancestor[] = []
  for (let current = read(pid)?.parent ?? 0; current > 1; ) {
    const process = read(current)
    if (!process || !LAUNCHERS.test(process.name)) break
    found.push({ pid: current, start: process.start })
    current = process.parent
  }
  return found
}

export const allAlive = (ancestors: readonly Ancestor[]): boolean =>
  ancestors.every(({ pid, start }) => read(pid)?.start === start)
