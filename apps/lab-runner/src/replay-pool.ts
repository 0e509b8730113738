import { availableParallelism } from "node:os"
import { err, type Result } from "@pilotage/kube-model"
import type { Grader, Refusal } from "@pilotage/lab-api"
import type { Lab, LabResult } from "@pilotage/lab-kit"
import { Piscina } from "piscina"
import type { ReplayTask } from "./replay-worker.ts"

export interface ReplayLimits {
  readonly timeMs: number
  readonly memoryMiB: number
  /** Logs that may wait for a thread; more are refused. */
  readonly queue: number
}

const defaultReplayLimits: ReplayLimits = { timeMs: 10_000, memoryMiB: 512, queue: 200 }

export interface ReplayPool extends Grader {
  readonly close: () => Promise<void>
}

const refuse = (code: Refusal["code"], message: string): Result<never, Refusal> => err({ code, message })

/** Worker threads that replay and grade. A log that takes too long or too much memory ends its thread, not the server. */
export const createReplayPool = (
  labs: ReadonlyMap<string, Lab>,
  limits: ReplayLimits = defaultReplayLimits,
): ReplayPool => {
  const pool = new Piscina<ReplayTask, Result<LabResult, Refusal>>({
    filename: new URL("./replay-worker.ts", import.meta.url).href,
    minThreads: 0,
    maxThreads: Math.max(1, availableParallelism() - 1),
    idleTimeout: 60_000,
    maxQueue: limits.queue,
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMiB },
  })
  const run = async (task: ReplayTask): Promise<Result<LabResult, Refusal>> => {
    const timeout = AbortSignal.timeout(limits.timeMs)
    try {
      return await pool.run(task, { signal: timeout })
    } catch (error) {
      if (timeout.aborted)
        return refuse(
          "grading-timed-out",
          `Replaying your steps took longer than ${limits.timeMs / 1000} s and was stopped. Reset the lab and try with fewer steps.`,
        )
      const message = error instanceof Error ? error.message : String(error)
      if (message.includes("queue"))
        return refuse("busy", "Many learners are checking just now. Try again in a few seconds.")
      return refuse(
        "grading-failed",
        `Replaying your steps failed on the server: ${message}. Your steps are kept in your browser.`,
      )
    }
  }
  return {
    async grade({ labId, log, answers }) {
      const lab = [...labs.values()].find((each) => each.id === labId)
      if (!lab) return refuse("unknown-lab", `There is no lab ${labId} here.`)
      const { solution: _solution, wrong: _wrong, alternatives: _alternatives, lesson: _lesson, ...brief } = lab
      return run({ lab: brief, log, answers })
    },
    close: () => pool.destroy(),
  }
}
