import { basename } from "node:path"
import { processStart, readProcess } from "../../apps/lab-runner/src/process-identity.ts"

/** Programs that stand between the person who typed the command and us. */
const LAUNCHERS = new Set(["npm", "npx", "pnpm", "npm-cli.js", "npx-cli.js", "pnpm.cjs", "pnpm.mjs"])

/** npx and pnpm start scripts through a shell; `sh -c` may also be somebody's own. */
const isShellCommand = (argv: readonly string[]): boolean =>
  ["sh", "dash", "bash"].includes(basename(argv[0] ?? "")) && argv[1] === "-c"

/** Is this command line one of npm, npx or pnpm, as a script of Node's or as a program? */
export const isLauncher = (argv: readonly string[]): boolean => {
  const [program = "", first = ""] = argv
  // npm sets its own title: one string, "npm exec pnpm@12.21.0 start".
  const name = basename(program.split(" ")[0] ?? "")
  return LAUNCHERS.has(name) || (name === "node" && LAUNCHERS.has(basename(first)))
}

interface Ancestor {
  readonly pid: number
  readonly start: string
}

/**
 * The launchers above `pid`, nearest first: npx, pnpm and the shells between them. A shell above the topmost launcher is
 * the user's, and may end while we go on (`sh -c 'npx pnpm start &'`).
 */
export const launchersAbove = (pid: number): readonly Ancestor[] => {
  const found: Ancestor[] = []
  let upToTopmostLauncher = 0
  for (let current = readProcess(pid)?.parent ?? 0; current > 1; ) {
    const process = readProcess(current)
    if (!process || !(isLauncher(process.argv) || isShellCommand(process.argv))) break
    found.push({ pid: current, start: process.start })
    if (isLauncher(process.argv)) upToTopmostLauncher = found.length
    current = process.parent
  }
  return found.slice(0, upToTopmostLauncher)
}

export const allAlive = (ancestors: readonly Ancestor[]): boolean =>
  ancestors.every(({ pid, start }) => processStart(pid) === start)
