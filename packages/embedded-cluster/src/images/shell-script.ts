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

type Environment = Readonly<Record<string, string>>

const environmentLines = (environment: Environment): readonly string[] =>
  Object.entries(environment).map(([name, value]) => `${name}=${value}`)

/** A process that writes what it finds in its environment, and ends. */
const printing = (texts: (environment: Environment) => readonly string[]): Behaviour => ({
  ...ending(0),
  lines: (_, environment) => texts(environment()).map((text) => ({ afterMs: 10, text })),
})

/** Words of a shell's `echo` as it prints them: `$NAME` and `${NAME}` stand for variables, but not between single quotes. */
const echoed = (step: string): ((environment: Environment) => string) => {
  const parts = [...step.matchAll(/'([^']*)'|"([^"]*)"|([^'"]+)/g)].map(([, single, double, bare]) => ({
    text: single ?? double ?? bare?.replace(/\s+/g, " ") ?? "",
    isLiteral: single !== undefined,
  }))
  return (environment) =>
    parts
      .map(({ text, isLiteral }) =>
        isLiteral
          ? text
          : text.replace(/\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g, (_, braced, plain) => environment[braced ?? plain] ?? ""),
      )
      .join("")
      .replace(/^ *echo ?/, "")
      .trimEnd()
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
    case "env":
    case "printenv":
      return argv.length > 1 ? undefined : printing((environment) => environmentLines(environment))
    default:
      return undefined
  }
}

/** A shell without a terminal reads end of file and ends. */
const isShell = (program: string): boolean => /(^|\/)(sh|bash|ash|zsh)$/.test(program)

const delayed = (
  behaviour: Behaviour,
  delayMs: number,
  texts: readonly ((environment: Environment) => string)[],
  isExec: boolean,
): Behaviour => ({
  ...behaviour,
  listensAfterMs: behaviour.listensAfterMs + delayMs,
  ...(behaviour.exit ? { exit: { ...behaviour.exit, afterMs: behaviour.exit.afterMs + delayMs } } : {}),
  // Without `exec` the shell stays process 1 and hands no signal on.
  onTerm: isExec ? behaviour.onTerm : "ignored",
  lines: (startedAt, environment) => [
    ...texts.map((text) => ({ afterMs: 10, text: text(environment()) })),
    ...behaviour.lines(startedAt + delayMs, environment).map((line) => ({ ...line, afterMs: line.afterMs + delayMs })),
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
  const texts: ((environment: Environment) => string)[] = []
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1
    const isExec = step.startsWith("exec ")
    // An assignment before a command is for that command, after its own words have been read.
    const command = (isExec ? step.slice(5) : step).replace(/^(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\S*)\s+)+/, "")
    const argv = shellWords(command)
    if (argv[0] === "exit") return delayed(ending(Number(argv[1] ?? "0")), delayMs, texts, false)
    if (argv[0] === "echo" && !step.includes(">")) texts.push(echoed(command))
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
