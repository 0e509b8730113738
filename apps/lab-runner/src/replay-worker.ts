import type { MessagePort } from "node:worker_threads"
import { err, ok, type Result } from "@pilotage/kube-model"
import type { GradeRequest, Refusal } from "@pilotage/lab-api"
import type { LabBrief, LabResult } from "@pilotage/lab-kit"
import { gradeSession, parseSessionLog, replaySession, startCluster } from "@pilotage/lab-session"

export interface ReplayTask extends Omit<GradeRequest, "labId"> {
  readonly lab: LabBrief
  /** Hears when a thread takes the task up: only then does its time begin to run. */
  readonly started: MessagePort
}

/** Runs in a worker thread of the pool: replays one log in an engine of its own and grades what it leads to. */
const replay = async ({ lab, log, answers, started }: ReplayTask): Promise<Result<LabResult, Refusal>> => {
  started.postMessage("started")
  started.close()
  const parsed = parseSessionLog(lab, log)
  if (!parsed.ok) return parsed
  const cluster = replaySession(lab, parsed.value)
  if (!cluster.ok) return cluster
  const atStart = startCluster(lab, parsed.value.seed)
  if (!atStart.ok)
    return err({
      code: "grading-failed",
      message: `The lab does not start: ${atStart.error.message}. This is our fault.`,
    })
  return ok(await gradeSession(lab, cluster.value, atStart.value, answers))
}

export default replay
