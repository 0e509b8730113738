import { type Behaviour, ending, idle } from "./behaviour.ts"

type Start = (argv: readonly string[]) => Behaviour | undefined

/** Words of a simple command; quotes group, variables are left as they are. */
export const shellWords = (text: string): readonly string[] =>
  [...text.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/["']/g, ""))

/** `5`, `1.5`, `5s`, `2m`, `1h`, `infinity`; undefined for anything else. */
const sleepMs = (text: string | undefined): number | undefined => {
  if (text === "infinity" || text === "inf") return Number.POSITIVE_INFINITY
  const match = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text ?? "")
  if (!match) return undefined
  const unit = { "": 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match[2] ?? ""] ?? 1000
  return Number(match[1]) * unit
}

/** Programs of any small image that may be a container's process 1. As process 1 they have no handler for SIGTERM. */
const runPlainProgram: Start = (argv) => {
  const program = (argv[0] ?? "").replace(/^.*\//, "")
  switch (program) {
    case "sleep": {
      const ms = sleepMs(argv[1])
      if (ms === undefined) return ending(1, [`sleep: invalid time interval '${argv[1] ?? ""}'`])
      return ms === Number.POSITIVE_INFINITY ? idle("ignored") : { ...ending(0, [], ms), onTerm: "ignored" }
    }
    case "tail":
      return argv.includes("-f") || argv.includes("-F") ? idle("ignored") : ending(0)
    case "true":
      return ending(0)
    case "false":
      return ending(1)
    case "echo":
      return ending(0, [argv.slice(1).join(" ")])
    default:
      return undefined
  }
}

/** A shell without a terminal reads end of file and ends. */
const isShell = (program: string): boolean => /(^|\/)(sh|bash|ash|zsh)$/.test(program)

const delayed = (behaviour: Behaviour, delayMs: number, texts: readonly string[], isExec: boolean): Behaviour => ({
  ...behaviour,
  listensAfterMs: behaviour.listensAfterMs + delayMs,
  ...(behaviour.exit ? { exit: { ...behaviour.exit, afterMs: behaviour.exit.afterMs + delayMs } } : {}),
  // Without `exec` the shell stays process 1 and hands no signal on.
  onTerm: isExec ? behaviour.onTerm : "ignored",
  lines: (startedAt) => [
    ...texts.map((text) => ({ afterMs: 10, text })),
    ...behaviour.lines(startedAt + delayMs).map((line) => ({ ...line, afterMs: line.afterMs + delayMs })),
  ],
})

/**
 * A script as containers have them: pauses, echoes, an exit code, and the program that it starts in the end.
 * What is not understood (loops, conditions) counts as a program that runs for ever and listens to nothing.
 */
const runScript = (script: string, start: Start): Behaviour => {
  if (/\b(while|until|for)\b/.test(script)) return idle("ignored")
  const steps = script
    .split(/&&|;|\n/)
    .map((step) => step.trim())
    .filter((step) => step !== "" && !step.startsWith("#"))
  let delayMs = 0
  const texts: string[] = []
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1
    const isExec = step.startsWith("exec ")
    const argv = shellWords(isExec ? step.slice(5) : step)
    if (argv[0] === "exit") return delayed(ending(Number(argv[1] ?? "0")), delayMs, texts, false)
    if (argv[0] === "echo" && !step.includes(">")) texts.push(argv.slice(1).join(" "))
    else if (argv[0] === "sleep" && !isLast) delayMs += Math.min(sleepMs(argv[1]) ?? 0, Number.MAX_SAFE_INTEGER)
    else {
      const behaviour = start(argv) ?? runPlainProgram(argv)
      if (behaviour && (isExec || isLast || !behaviour.exit))
        return delayed(behaviour, delayMs, texts, isExec || isLast)
    }
  }
  return delayed(ending(0), delayMs, texts, false)
}

/** Runs a command line: the image's own program, a shell with a script, or one of the plain programs. */
export const runCommand = (
  argv: readonly string[],
  start: Start,
  programs: readonly string[],
): Behaviour | undefined => {
  const own = start(argv)
  if (own) return own
  const name = (argv[0] ?? "").replace(/^.*\//, "")
  if (isShell(argv[0] ?? "") && programs.includes(name)) {
    const at = argv.findIndex((arg) => /^-\w*c$/.test(arg))
    return at < 0 ? ending(0) : runScript(argv[at + 1] ?? "", start)
  }
  return programs.includes(name) ? (runPlainProgram(argv) ?? ending(0)) : undefined
}
