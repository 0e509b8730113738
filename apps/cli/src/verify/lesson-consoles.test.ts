import { expect, test } from "vitest"
import { consoleExamples } from "./lesson-consoles.ts"

test("each command of a marked block comes with the lines below it", () => {
  const body = "Text.\n\n```console from=start\n$ one\na\nb\n$ two\n```\n\n```console\n$ not this\n```\n"
  expect(consoleExamples(body)).toEqual([
    { line: 4, command: "one", output: "a\nb\n" },
    { line: 7, command: "two", output: "" },
  ])
})
