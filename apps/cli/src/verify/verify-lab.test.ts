import type { CheckResult, Lab, LabResult } from "@pilotage/lab-kit"
import { expect, test } from "vitest"
import { claimsOf, type Player, verifyClaim } from "./verify-lab.ts"

const lab: Lab = {
  id: "ports",
  title: "Ports",
  summary: "Ports.",
  minutes: 1,
  namespace: "default",
  cluster: { nodes: 1, proxyMode: "iptables", loadBalancer: "none", seed: 1 },
  tasks: [],
  debrief: "Done.",
  version: "v1",
  start: [],
  home: {},
  solution: "solve",
  wrong: [{ name: "half", script: "half", check: "answers", reason: "wrong-target-port", says: "Half.", answers: {} }],
  alternatives: [{ name: "other", script: "other" }],
  lesson: { meta: { title: "Ports", summary: "Ports.", minutes: 1, objectives: ["Go"] }, body: "" },
}

const failing = (id: string, reason: string): CheckResult => ({
  id,
  status: "fail",
  weight: 1,
  expected: "An answer.",
  observed: "Refused.",
  why: "Nothing listens.",
  reason,
})

const resultOf = (...checks: readonly CheckResult[]): LabResult => ({
  labVersion: "v1",
  backend: "embedded",
  status: checks.some((check) => check.status === "error") ? "error" : checks.length > 0 ? "fail" : "pass",
  score: 0,
  max: 1,
  checks,
})

const answering =
  (results: Readonly<Record<string, LabResult>>): Player =>
  async (_, script) => ({ result: results[script] ?? resultOf(), transcript: `$ ${script}\n` })

const problems = async (results: Readonly<Record<string, LabResult>>): Promise<Readonly<Record<string, string>>> => {
  const verdicts = await Promise.all(claimsOf(lab).map((claim) => verifyClaim(lab, claim, answering(results))))
  return Object.fromEntries(
    verdicts.filter((verdict) => !verdict.ok).map(({ claim, problem }) => [claim.name, problem]),
  )
}

const sound = { "": resultOf(failing("answers", "x")), half: resultOf(failing("answers", "wrong-target-port")) }

test("a sound lab has no problem", async () => {
  expect(await problems(sound)).toEqual({})
})

test("a start that passes, a solution or an alternative that fails is a problem", async () => {
  expect(await problems({ ...sound, "": resultOf() })).toEqual({ start: "All checks pass before anything was done." })
  const failed = resultOf(failing("answers", "nothing-listens"))
  expect(await problems({ ...sound, solve: failed, other: failed })).toEqual({
    solution: "answers fails for nothing-listens: Refused. Nothing listens.",
    other: "answers fails for nothing-listens: Refused. Nothing listens.",
  })
})

test("a wrong answer must fail first at the named check, for the named reason", async () => {
  const elsewhere = resultOf(failing("before", "wrong-target-port"), failing("answers", "wrong-target-port"))
  expect(Object.keys(await problems({ ...sound, half: elsewhere }))).toEqual(["half"])
  expect(Object.keys(await problems({ ...sound, half: resultOf(failing("answers", "refused")) }))).toEqual(["half"])
  expect(await problems({ ...sound, half: resultOf() })).toEqual({ half: "All checks pass." })
})

test("a check that cannot be carried out is a problem even where failing is expected", async () => {
  const broken: CheckResult = { ...failing("answers", "check-failed"), status: "error" }
  expect(Object.keys(await problems({ ...sound, "": resultOf(broken) }))).toEqual(["start"])
})

test("a script that does not come to an end is that claim's problem", async () => {
  const stuck: Player = async () => {
    throw new Error("the script did not end")
  }
  const [start] = claimsOf(lab)
  if (!start) throw new Error("there is no claim")
  expect(await verifyClaim(lab, start, stuck)).toMatchObject({ ok: false, problem: "the script did not end" })
})
