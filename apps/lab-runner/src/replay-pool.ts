import { availableParallelism } from "node:os"
import { MessageChannel } from "node:worker_threads"
import { err, type Result } from "@pilotage/kube-model"
import type { Grader, Refusal } from "@pilotage/lab-api"
import { briefOf, type Lab, type LabResult } from "@pilotage/lab-kit"
import { Piscina } from "piscina"
import type { ReplayTask } from "./replay-worker.ts"

export interface ReplayLimits {
  /** How long a log may wait for a thread, and then run on it. */
  readonly waitMs: number
  readonly timeMs: number
  readonly memoryMiB: number
  /** Logs that may wait for a thread; more are refused. */
  readonly queue: number
  readonly threads: number
}

export const defaultReplayLimits: ReplayLimits = {
  waitMs: 30_000,
  timeMs: 10_000,
  memoryMiB: 512,
  queue: 200,
  threads: Math.max(1, availableParallelism() - 1),
}

export interface ReplayPool extends Grader {
  readonly close: () => Promise<void>
}

const refuse = (code: Refusal["code"], message: string): Result<never, Refusal> => err({ code, message })

/**
 * A thread that reaches its limit gets 16 MiB more, in which it must notice that it is to end; else the whole process dies.
 * One collection moves no more than the young generation into the old, so that one must be smaller.
 */
const YOUNG_MIB = 12

const BUSY = refuse("busy", "Many learners are checking just now. Try again in a few seconds.")

const timedOut = ({ timeMs }: ReplayLimits) =>
  refuse(
    "grading-timed-out",
    `Replaying your steps took longer than ${timeMs / 1000} s and was stopped. Reset the lab and try with fewer steps.`,
  )

const outOfMemory = ({ memoryMiB }: ReplayLimits) =>
  refuse(
    "grading-memory",
    `Replaying your steps needed more than ${memoryMiB} MiB and was stopped. Reset the lab and try with fewer objects.`,
  )

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY"

/** Worker threads that replay and grade. A log that takes too long or too much memory ends its thread, not the server. */
export const createReplayPool = (
  labs: ReadonlyMap<string, Lab>,
  limits: ReplayLimits = defaultReplayLimits,
  worker: URL = new URL("./replay-worker.ts", import.meta.url),
): ReplayPool => {
  const pool = new Piscina<ReplayTask, Result<LabResult, Refusal>>({
    filename: worker.href,
    minThreads: 0,
    maxThreads: limits.threads,
    idleTimeout: 60_000,
    maxQueue: limits.queue,
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMiB, maxYoungGenerationSizeMb: YOUNG_MIB },
  })
  const run = async (task: Omit<ReplayTask, "started">): Promise<Result<LabResult, Refusal>> => {
    const { port1: onStart, port2: started } = new MessageChannel()
    const end = new AbortController()
    let running = false
    let timer = setTimeout(() => end.abort(), limits.waitMs)
    onStart.once("message", () => {
      running = true
      clearTimeout(timer)
      timer = setTimeout(() => end.abort(), limits.timeMs)
    })
    try {
      return await pool.run({ ...task, started }, { signal: end.signal, transferList: [started] })
    } catch (error) {
      if (end.signal.aborted && running) return timedOut(limits)
      const message = error instanceof Error ? error.message : String(error)
      if (end.signal.aborted || message.includes("queue")) return BUSY
      if (isOutOfMemory(error)) return outOfMemory(limits)
      return refuse(
        "grading-failed",
        `Replaying your steps failed on the server: ${message}. Your steps are kept in your browser.`,
      )
    } finally {
      clearTimeout(timer)
      onStart.close()
    }
  }
  return {
    async grade({ labId, log, answers }) {
      const lab = [...labs.values()].find((each) => each.id === labId)
      if (!lab) return refuse("unknown-lab", `There is no lab ${labId} here.`)
      return run({ lab: briefOf(lab), log, answers })
    },
    close: () => pool.destroy(),
  }
}
