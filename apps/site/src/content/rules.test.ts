import { readFileSync } from "node:fs"
import { join } from "node:path"
import { RULES } from "@pilotage/routing-core"
import { expect, test } from "vitest"
import { parseRules } from "./rules.ts"

const sections = parseRules(
  readFileSync(join(import.meta.dirname, "../../../../packages/routing-core/SPEC.md"), "utf8"),
)

test("the page has every rule that a hop can name, in the engine's words, each with a source", () => {
  const rules = sections.flatMap((section) => section.rules)
  expect(Object.fromEntries(rules.map(({ id, sentence }) => [id, sentence]))).toEqual(RULES)
  expect(rules.filter(({ source }) => source === "")).toEqual([])
})

test("a section without rules is no section of the page", () => {
  expect(sections.map(({ title }) => title)).not.toContain("What is not computed")
  expect(sections.length).toBeGreaterThan(5)
})
