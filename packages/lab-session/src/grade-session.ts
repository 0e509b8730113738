import type { Cluster } from "@pilotage/embedded-cluster"
import { type Answers, grade, type LabBrief, type LabResult } from "@pilotage/lab-kit"
import { embeddedPort } from "./embedded-port.ts"

/** How long a grader lets the cluster finish what the learner began, in the cluster's time. */
const SETTLE_MS = 30_000

/**
 * Grades a session's cluster; the cluster itself is left as it was. `settleMs` 0 looks at it as it stands this moment, as
 * live checks do.
 */
export const gradeSession = (
  lab: LabBrief,
  cluster: Cluster,
  atStart: Cluster,
  answers: Answers,
  settleMs = SETTLE_MS,
): Promise<LabResult> => grade(lab, embeddedPort(cluster, atStart), answers, { atMostMs: settleMs })
