import type { Cluster } from "@pilotage/embedded-cluster"
import type { Result } from "@pilotage/kube-model"
import { err, ok } from "@pilotage/kube-model"
import type { LabBrief } from "@pilotage/lab-kit"
import {
  createTimeline,
  createVirtualClock,
  homeFiles,
  memoryFiles,
  replaySession,
  type SessionLog,
  startCluster,
  type Timeline,
  type Turn,
  type VirtualClock,
} from "@pilotage/lab-session"

/** A learner's session in the worker: one cluster that lives, one as it was at the start. */
export interface LiveSession {
  readonly lab: LabBrief
  readonly seed: number
  readonly cluster: Cluster
  readonly atStart: Cluster
  readonly clock: VirtualClock
  readonly timeline: Timeline
  readonly files: ReturnType<typeof memoryFiles>
}

export interface SessionSeed {
  readonly lab: LabBrief
  readonly seed: number
  readonly log: SessionLog | undefined
  readonly files: Readonly<Record<string, string>> | undefined
}

/** Starts a session, or goes on with one from its log. */
export const openSession = (
  { lab, seed, log, files }: SessionSeed,
  turn: Turn,
  onFileChange: () => void,
): Result<LiveSession, string> => {
  const atStart = startCluster(lab, seed)
  if (!atStart.ok) return err(`${atStart.error.path} ${atStart.error.message}`)
  const cluster = log ? replaySession(lab, log) : ok(atStart.value.fork())
  if (!cluster.ok) return err(cluster.error.message)
  return ok({
    lab,
    seed,
    cluster: cluster.value,
    atStart: atStart.value,
    clock: createVirtualClock(cluster.value, turn),
    timeline: createTimeline(atStart.value, cluster.value),
    files: memoryFiles(files ?? homeFiles(lab.home), onFileChange),
  })
}

/** The same session gone on with from a copy of its past; what came after that is no more. */
export const goOnFrom = (session: LiveSession, at: number, turn: Turn): LiveSession => {
  const cluster = session.timeline.at(at)
  return {
    ...session,
    cluster,
    clock: createVirtualClock(cluster, turn),
    timeline: createTimeline(session.atStart, cluster),
  }
}
