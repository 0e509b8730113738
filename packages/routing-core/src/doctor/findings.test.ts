import { expect, test } from "vitest"
import { FINDINGS } from "./findings.ts"

const TESTS = Object.values(import.meta.glob("./**/*.test.ts", { query: "?raw", import: "default", eager: true })).join(
  "\n",
)

test("every finding has a test", () => {
  expect(Object.keys(FINDINGS).filter((code) => !TESTS.includes(code))).toEqual([])
})
