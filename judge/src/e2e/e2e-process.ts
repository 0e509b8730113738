import { spawn } from "node:child_process"
import { createWriteStream } from "node:fs"
import { finished } from "node:stream/promises"
import { createProgress } from "./progress.ts"

interface E2eWish {
  readonly program: string
  readonly kubeconfig: string
  /** Regular expressions over the tests' names. */
  readonly focus: string
  readonly skip: string
  /** Of the whole run, as Go writes durations: `90m`. What has not run by then is left out, what runs then has failed. */
  readonly timeout: string
  /** Written by the program: Ginkgo's report as JSON, and all it said. */
  readonly report: string
  readonly log: string
  readonly progress: (line: string) => void
  /** Ends the run: the program is asked to, and a few seconds later made to. */
  readonly signal: AbortSignal
}

const ENDS_WITHIN_MS = 5000

/** Runs the chosen tests one after the other, and waits for the end. Throws when the program cannot be started. */
export const runE2eProgram = async (wish: E2eWish): Promise<void> => {
  const { program, kubeconfig, focus, skip, timeout, report, log, progress, signal } = wish
  const child = spawn(
    program,
    [
      ...["--kubeconfig", kubeconfig, "--provider", "skeleton", "--kube-api-content-type", "application/json"],
      "--ginkgo.no-color",
      ...["--ginkgo.focus", focus, "--ginkgo.skip", skip, "--ginkgo.timeout", timeout, "--ginkgo.json-report", report],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  )
  let killer: NodeJS.Timeout | undefined
  const end = (): void => {
    child.kill("SIGINT")
    killer = setTimeout(() => child.kill("SIGKILL"), ENDS_WITHIN_MS)
  }
  if (signal.aborted) end()
  else signal.addEventListener("abort", end, { once: true })
  const file = createWriteStream(log)
  const told = createProgress(progress)
  child.stdout.setEncoding("utf8").on("data", told)
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: string | Buffer) => file.write(text))
  try {
    await new Promise<void>((resolve, reject) => {
      child.once("error", reject)
      child.once("close", () => resolve())
    })
  } finally {
    clearTimeout(killer)
    signal.removeEventListener("abort", end)
    file.end()
    await finished(file)
  }
}
