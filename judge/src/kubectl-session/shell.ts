import { spawn } from "node:child_process"

export interface Answer {
  readonly stdout: string
  readonly stderr: string
  /** -1: it took longer than it may. */
  readonly exit: number
}

export interface ShellOptions {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly stdin: string
  readonly limitMs: number
}

/** Runs a line with a shell, and ends all that it started when the time is over. */
export const runLine = (line: string, { folder, env, stdin, limitMs }: ShellOptions): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const shell = spawn("/bin/sh", ["-c", line], { cwd: folder, env, detached: true, stdio: "pipe" })
    let stdout = ""
    let stderr = ""
    let late = false
    const endAll = () => {
      late = true
      if (shell.pid !== undefined)
        try {
          process.kill(-shell.pid, "SIGKILL")
        } catch {
          // The group has ended on its own in this moment.
        }
    }
    const limit = setTimeout(endAll, limitMs)
    shell.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text
    })
    shell.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text
    })
    // A command that reads nothing may be gone before all is written.
    shell.stdin.on("error", () => undefined).end(stdin)
    shell.on("error", reject)
    shell.on("close", (code) => {
      clearTimeout(limit)
      resolve({ stdout, stderr, exit: late ? -1 : (code ?? -1) })
    })
  })
