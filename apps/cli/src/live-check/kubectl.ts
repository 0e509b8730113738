import { spawn } from "node:child_process"

export interface Ran {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

/** Runs a program to its end. */
export const run = (words: readonly string[], stdin = ""): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const [program = "", ...args] = words
    const child = spawn(program, args, { stdio: "pipe" })
    let out = ""
    let err = ""
    child.stdout.on("data", (chunk) => {
      out += chunk
    })
    child.stderr.on("data", (chunk) => {
      err += chunk
    })
    child.on("error", reject)
    child.on("close", (code) => resolve({ exitCode: code ?? 1, out, err }))
    child.stdin.on("error", () => {})
    child.stdin.end(stdin)
  })

/** Runs kubectl in one context; an exit code other than 0 is an error with what kubectl said. */
export type Kubectl = (args: readonly string[], stdin?: string) => Promise<string>

export const kubectlOf =
  (words: readonly string[]): Kubectl =>
  async (args, stdin) => {
    const { exitCode, out, err } = await run([...words, ...args], stdin)
    if (exitCode !== 0) throw new Error(`kubectl ${args.slice(0, 4).join(" ")}: ${err.trim() || `exit ${exitCode}`}`)
    return out
  }
