import { err, ok, type Result } from "@pilotage/kube-model"
import type { LabResult } from "@pilotage/lab-kit"
import { expect, test } from "vitest"
import type { ApiContext, StoredResult } from "./context.ts"
import { ERROR_CODES, type ErrorCode, type Refusal } from "./errors.ts"
import { createCaller } from "./router.ts"

const passed: LabResult = {
  labVersion: "v1",
  backend: "embedded",
  status: "pass",
  score: 3,
  max: 3,
  checks: [],
}

const world = (learnerId: string | undefined, graded: Result<LabResult, Refusal>, gradings = 1) => {
  const kept = new Map<string, StoredResult[]>()
  let left = gradings
  const context: ApiContext = {
    learnerId,
    grader: { grade: async () => graded },
    results: {
      add: async (learner, labId, _log, result) => {
        const stored = { labId, gradedAt: "2026-01-05T09:00:00Z", result }
        kept.set(learner, [...(kept.get(learner) ?? []), stored])
      },
      best: async (learner, labId) => kept.get(learner)?.find((each) => each.labId === labId),
      bestOfAll: async (learner) => kept.get(learner) ?? [],
    },
    takeGrading: async () => {
      left -= 1
      return left >= 0
    },
  }
  return { caller: createCaller(context), context, kept }
}

const request = { labId: "clusterip", log: "{}", answers: {} }

test("a graded log is stored under the learner of the cookie and comes back as the best result", async () => {
  const { caller, kept } = world("ada", ok(passed))
  await expect(caller.lab.check(request)).resolves.toEqual(passed)
  expect(kept.get("ada")).toHaveLength(1)
  await expect(caller.lab.best({ labId: "clusterip" })).resolves.toMatchObject({ result: { status: "pass" } })
})

test("another learner does not see it", async () => {
  const { caller, context } = world("ada", ok(passed))
  await caller.lab.check(request)
  const other = createCaller({ ...context, learnerId: "bob" })
  await expect(other.lab.best({ labId: "clusterip" })).resolves.toBeNull()
  await expect(other.lab.results()).resolves.toEqual([])
})

test("without a learner nothing of a learner's is answered", async () => {
  const { caller } = world(undefined, ok(passed))
  for (const call of [caller.lab.check(request), caller.lab.best({ labId: "clusterip" }), caller.lab.results()])
    await expect(call).rejects.toMatchObject({ code: "UNAUTHORIZED" })
})

test.each(Object.keys(ERROR_CODES) as ErrorCode[])(
  "the refusal %s reaches the caller in words and stores nothing",
  async (code) => {
    const { caller, kept } = world("ada", err({ code, message: `because of ${code}` }))
    await expect(caller.lab.check(request)).rejects.toMatchObject({
      code: ERROR_CODES[code],
      message: `because of ${code}`,
    })
    expect(kept.size).toBe(0)
  },
)

test("a learner who checks too often is told to wait", async () => {
  const { caller } = world("ada", ok(passed))
  await caller.lab.check(request)
  await expect(caller.lab.check(request)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" })
})

test("a log of more than 1 MiB is refused before it costs a grading", async () => {
  const { caller } = world("ada", ok(passed))
  const large = { ...request, log: "x".repeat(1_048_577) }
  await expect(caller.lab.check(large)).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE", message: /1048577/ })
  await expect(caller.lab.check(request)).resolves.toEqual(passed)
})

test("a lab id that could be a path is refused before anything looks for it", async () => {
  const { caller } = world("ada", ok(passed))
  await expect(caller.lab.check({ ...request, labId: "../etc" })).rejects.toMatchObject({ code: "BAD_REQUEST" })
})
