import { type Answers, type CheckResult, type Lab, type LabResult, rightAnswers } from "@pilotage/lab-kit"

/** What a script did to a fresh cluster of the lab. */
interface Played {
  readonly result: LabResult
  /** What the terminal showed. */
  readonly transcript: string
}

/** Starts the lab anew, types the script, grades. Rejects when the script does not come to an end. */
export type Player = (lab: Lab, script: string, answers: Answers) => Promise<Played>

/** One thing that an author claims about a lab. */
export interface Claim {
  readonly lab: string
  readonly kind: "start" | "solution" | "wrong" | "alt"
  readonly name: string
  /** What must come of it: `passes`, `fails`, `fails at CHECK for REASON`. */
  readonly expected: string
  readonly script: string
  readonly answers: Answers
  /** Undefined when the result is as claimed, else a sentence. */
  readonly objection: (result: LabResult) => string | undefined
}

export interface Verdict {
  readonly claim: Claim
  readonly ok: boolean
  /** What is not as claimed, with what the checks said. */
  readonly problem: string
  readonly transcript: string
}

const sayCheck = (check: CheckResult): string =>
  `${check.id} ${check.status === "error" ? "could not be carried out" : `fails${check.reason ? ` for ${check.reason}` : ""}`}: ${check.observed} ${check.why}`

const notPassed = (result: LabResult): readonly CheckResult[] =>
  result.checks.filter((check) => check.status !== "pass")

const mustPass = (result: LabResult): string | undefined =>
  result.status === "pass" ? undefined : notPassed(result).map(sayCheck).join("\n")

const mustFail = (result: LabResult): string | undefined => {
  if (result.status === "pass") return "All checks pass before anything was done."
  const errors = result.checks.filter((check) => check.status === "error")
  return errors.length > 0 ? errors.map(sayCheck).join("\n") : undefined
}

const mustFailAt =
  (id: string, reason: string) =>
  (result: LabResult): string | undefined => {
    const [first] = notPassed(result)
    if (!first) return "All checks pass."
    return first.id === id && first.reason === reason && first.status === "fail" ? undefined : sayCheck(first)
  }

/** All that a lab's folder claims: the start fails, the solution and its alternatives pass, each wrong answer fails as named. */
export const claimsOf = (lab: Lab): readonly Claim[] => {
  const right = rightAnswers(lab)
  const passing = (kind: Claim["kind"], name: string, script: string): Claim => ({
    lab: lab.id,
    kind,
    name,
    expected: "passes",
    script,
    answers: right,
    objection: mustPass,
  })
  return [
    { lab: lab.id, kind: "start", name: "start", expected: "fails", script: "", answers: {}, objection: mustFail },
    passing("solution", "solution", lab.solution),
    ...lab.wrong.map(
      (wrong): Claim => ({
        lab: lab.id,
        kind: "wrong",
        name: wrong.name,
        expected: `fails at ${wrong.check} for ${wrong.reason}`,
        script: wrong.script,
        answers: { ...right, ...wrong.answers },
        objection: mustFailAt(wrong.check, wrong.reason),
      }),
    ),
    ...lab.alternatives.map((alternative) => passing("alt", alternative.name, alternative.script)),
  ]
}

/** Plays one claim. A player that rejects is a problem of the claim, not of the whole run. */
export const verifyClaim = async (lab: Lab, claim: Claim, play: Player): Promise<Verdict> => {
  try {
    const { result, transcript } = await play(lab, claim.script, claim.answers)
    const objection = claim.objection(result)
    return { claim, ok: objection === undefined, problem: objection ?? "", transcript }
  } catch (cause) {
    return { claim, ok: false, problem: cause instanceof Error ? cause.message : String(cause), transcript: "" }
  }
}
