import { expect, test } from "vitest"
import spec from "../../SPEC.md?raw"
import { REASONS } from "./reasons.ts"
import { RULES } from "./rules.ts"

const TESTS = Object.values(
  import.meta.glob("../**/*.test.ts", { query: "?raw", import: "default", eager: true }),
).join("\n")

test("SPEC.md and RULES have the same rules in the same words, each with a source", () => {
  const written = [...spec.matchAll(/^- \*\*(R\d+)\*\* (.+)\n {2}_Source: .+_$/gm)].map((match) => [match[1], match[2]])
  expect(written).toEqual(Object.entries(RULES))
})

test("every rule is quoted by a test that shows it", () => {
  expect(Object.keys(RULES).filter((rule) => !TESTS.includes(`[${rule}]`))).toEqual([])
})

test("every reason of a failure has a test", () => {
  expect(Object.keys(REASONS).filter((code) => !TESTS.includes(code))).toEqual([])
})
