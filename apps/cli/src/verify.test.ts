import { join } from "node:path"
import { readCurriculum } from "@pilotage/lab-files"
import { describe, expect, test } from "vitest"
import { embeddedPlayer } from "./verify/embedded-player.ts"
import { consoleExamples } from "./verify/lesson-consoles.ts"
import { claimsOf, verifyClaim } from "./verify/verify-lab.ts"

const curriculum = readCurriculum(join(import.meta.dirname, "../../../labs"))
if (!curriculum.ok)
  throw new Error(curriculum.error.map((error) => `${error.file}:${error.line} ${error.message}`).join("\n"))

for (const [folder, lab] of curriculum.value.labs)
  describe(folder, () => {
    test("has the folder's name, two wrong answers and an alternative", () => {
      expect(folder.slice(3)).toBe(lab.id)
      expect(lab.wrong.length).toBeGreaterThanOrEqual(2)
      expect(lab.alternatives.length).toBeGreaterThanOrEqual(1)
    })

    test("has checks of several kinds, among them a curl that must fail and one that the learner runs", () => {
      const checks = lab.tasks.flatMap((task) => task.checks)
      expect(new Set(checks.map((check) => check.kind)).size).toBeGreaterThanOrEqual(4)
      expect(checks.some((check) => check.kind === "curl" && check.expect.exitCode !== 0)).toBe(true)
      expect(checks.some((check) => check.kind === "learnerCurl")).toBe(true)
    })

    test.each(claimsOf(lab).map((claim) => [`${claim.kind} ${claim.name} ${claim.expected}`, claim] as const))(
      "%s",
      async (_, claim) => {
        const verdict = await verifyClaim(lab, claim, embeddedPlayer)
        expect(verdict.problem, verdict.transcript).toBe("")
      },
    )

    const examples = consoleExamples(lab.lesson.body)
    if (examples.length > 0)
      test.each(examples.map((example) => [example.command, example] as const))(
        "the lesson shows what comes of: %s",
        async (_, example) => {
          const { transcript } = await embeddedPlayer(lab, example.command, {})
          expect(transcript.trimEnd()).toBe(example.output.trimEnd())
        },
      )
  })
