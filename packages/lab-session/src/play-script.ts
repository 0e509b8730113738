import { err, neverCancelled, ok, type Result } from "@pilotage/kube-model"
import type { Answers, LabBrief, LabResult } from "@pilotage/lab-kit"
import { createTerminal } from "@pilotage/terminal"
import { gradeSession } from "./grade-session.ts"
import { startCluster } from "./lab-cluster.ts"
import { homeFiles, memoryFiles, terminalHost } from "./terminal-host.ts"
import { createVirtualClock, runToEnd, type Turn } from "./virtual-clock.ts"

/** What a script did to a fresh cluster of a lab. */
export interface PlayedScript {
  readonly result: LabResult
  readonly exitCode: number
  /** What the terminal showed. */
  readonly transcript: string
}

/** A script may take an hour of the cluster's time. */
const LIMIT_MS = 3_600_000

/** Starts the lab anew, types the script into its terminal on virtual time, and grades what it led to. */
export const playScript = async (
  lab: LabBrief,
  script: string,
  answers: Answers,
  turn: Turn,
): Promise<Result<PlayedScript, string>> => {
  const cluster = startCluster(lab, lab.cluster.seed)
  if (!cluster.ok) return err(`the lab does not start: ${cluster.error.path} ${cluster.error.message}`)
  const atStart = cluster.value.fork()
  const clock = createVirtualClock(cluster.value, turn)
  const files = memoryFiles(homeFiles(lab.home))
  const edit = async (): Promise<undefined> => undefined
  const terminal = createTerminal(
    terminalHost({ cluster: cluster.value, clock, files, defaultNamespace: lab.namespace, edit }),
  )
  let transcript = ""
  const write = (text: string): void => {
    transcript += text
  }
  const run = terminal.runScript(script, { stdout: write, stderr: write, isTerminal: false }, neverCancelled)
  const ended = await runToEnd(run, cluster.value, clock, turn, LIMIT_MS)
  if (!ended.ok) return err(`${ended.error}\n${transcript}`)
  const result = await gradeSession(lab, cluster.value, atStart, answers)
  return ok({ result, exitCode: ended.value, transcript })
}
