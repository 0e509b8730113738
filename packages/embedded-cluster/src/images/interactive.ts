import type { Container } from "@pilotage/kube-model"
import type { Image } from "./behaviour.ts"
import { shellWords } from "./shell-script.ts"

/** Programs whose ends the engine knows by itself. */
const PLAIN: ReadonlySet<string> = new Set(["echo", "exec", "exit", "false", "sleep", "tail", "true"])

const nameOf = (program: string | undefined): string => (program ?? "").replace(/^.*\//, "")

/**
 * Does a container wait for somebody who attaches? It keeps its stdin open (`stdin: true`, as `kubectl run -i` asks for),
 * and its process is a shell that reads from there, or a tool that somebody wants to watch: what these do is found out
 * when they run, beside the engine, and the engine is told how they ended.
 */
export const awaitsClient = (container: Container, image: Image, argv: readonly string[]): boolean => {
  const name = nameOf(argv[0])
  if (container.stdin !== true || !image.programs.includes(name)) return false
  if (image.run({ argv, env: image.env })) return false
  if (!/^(ash|bash|sh|zsh)$/.test(name)) return !PLAIN.has(name)
  const script = argv[argv.findIndex((arg) => /^-\w*c$/.test(arg)) + 1]
  if (!argv.some((arg) => /^-\w*c$/.test(arg))) return true
  return (script ?? "").split(/&&|\|+|;|\n/).some((step) => {
    const [program] = shellWords(step.trim().replace(/^exec /, ""))
    return program !== undefined && !PLAIN.has(program) && image.programs.includes(nameOf(program))
  })
}
