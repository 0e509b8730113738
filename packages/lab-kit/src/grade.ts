import { checkAnswer } from "./checks/answer.ts"
import { checkCurl } from "./checks/curl.ts"
import { checkDns } from "./checks/dns.ts"
import { checkEndpoints } from "./checks/endpoints.ts"
import { checkEvent } from "./checks/event.ts"
import { checkLearnerCurl } from "./checks/learner-curl.ts"
import { checkLog } from "./checks/log.ts"
import { checkObject } from "./checks/object.ts"
import type { ClusterPort } from "./cluster-port.ts"
import type { Finding, Grading } from "./grading.ts"
import type { Answers, LabBrief } from "./lab.ts"
import type { CheckResult, LabResult } from "./result.ts"
import type { Check } from "./schema/check-schema.ts"

export interface GradeOptions {
  /** How long to wait for the cluster to settle before looking, in its own milliseconds. */
  readonly atMostMs: number
}

const look = async (check: Check, grading: Grading): Promise<Finding> => {
  switch (check.kind) {
    case "object":
      return checkObject(check, grading)
    case "curl":
      return checkCurl(check, grading)
    case "dns":
      return checkDns(check, grading)
    case "endpoints":
      return checkEndpoints(check, grading)
    case "event":
      return checkEvent(check, grading)
    case "log":
      return checkLog(check, grading)
    case "learnerCurl":
      return checkLearnerCurl(check, grading)
    case "answer":
      return checkAnswer(check, grading)
  }
}

const unreadable = (check: Check, cause: unknown): CheckResult => ({
  id: check.id,
  status: "error",
  weight: check.weight,
  expected: check.title,
  observed: "The check could not be carried out.",
  why: cause instanceof Error ? cause.message : String(cause),
  reason: "check-failed",
})

const carryOut = async (check: Check, grading: Grading): Promise<CheckResult> => {
  try {
    const finding = await look(check, grading)
    const hint = finding.status === "fail" && check.hint !== undefined ? { hintId: check.hint } : {}
    return { id: check.id, weight: check.weight, ...finding, ...hint }
  } catch (cause) {
    return unreadable(check, cause)
  }
}

/**
 * Looks at a cluster with every check of a lab, in the lab's order, after it has settled. Checks do not stop each other.
 * A cluster that fails to answer makes the check an `error`, never a `fail`. Rejects only when settling itself fails.
 */
export const grade = async (
  lab: LabBrief,
  port: ClusterPort,
  answers: Answers,
  options: GradeOptions,
): Promise<LabResult> => {
  await port.settle(options.atMostMs)
  const checks: CheckResult[] = []
  for (const task of lab.tasks)
    for (const check of task.checks) checks.push(await carryOut(check, { lab, port, answers }))
  const worst = checks.some((check) => check.status === "error")
    ? "error"
    : checks.some((check) => check.status === "fail")
      ? "fail"
      : "pass"
  return {
    labVersion: lab.version,
    backend: port.backend,
    status: worst,
    score: checks.reduce((sum, check) => sum + (check.status === "pass" ? check.weight : 0), 0),
    max: checks.reduce((sum, check) => sum + check.weight, 0),
    checks,
  }
}
