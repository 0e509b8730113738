import { expect, test } from "vitest"
import type { LabError, LabFiles } from "./lab.ts"
import { labContent, parseLab } from "./parse-lab.ts"

const LAB = `id: ports
title: Ports
summary: A port is wrong.
minutes: 5
namespace: shop
tasks:
  - id: repair
    title: Repair
    instructions: Repair it.
    hints:
      - id: look
        text: Look.
    checks:
      - id: answers
        kind: curl
        title: It answers
        hint: look
        from: { pod: { labels: app=client } }
        url: http://web
        expect: {}
debrief: Done.
`

const LESSON = `---
title: Ports
summary: About ports.
minutes: 3
objectives: [Tell ports apart]
---

Text.
`

const good: LabFiles = {
  "lab.yaml": LAB,
  "lesson.mdx": LESSON,
  "solution.sh": "kubectl get pods\n",
  "start/10-web.yaml":
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n",
  "wrong/nothing/solution.sh": "true\n",
  "wrong/nothing/expect.yaml": "check: answers\nreason: wrong-target-port\nsays: Doing nothing.\n",
  "alt/other/solution.sh": "true\n",
}

const errorsOf = (files: LabFiles): readonly LabError[] => {
  const lab = parseLab(files, "v1")
  return lab.ok ? [] : lab.error
}

const withLab = (from: string, to: string): LabFiles => ({ ...good, "lab.yaml": LAB.replace(from, to) })

test("a complete folder becomes a lab with defaults and namespaces filled in", () => {
  const lab = parseLab(good, "v1")
  if (!lab.ok) throw new Error(JSON.stringify(lab.error))
  expect(lab.value.start.map((object) => [object.kind, object.metadata.namespace])).toEqual([
    ["Service", "shop"],
    ["Namespace", undefined],
  ])
  expect(lab.value.tasks[0]?.checks[0]).toMatchObject({ weight: 1, connections: 1, expect: { exitCode: 0 } })
  expect(lab.value.wrong[0]).toMatchObject({ name: "nothing", check: "answers", answers: {} })
  expect(lab.value.lesson.body.trim()).toBe("Text.")
  expect(lab.value.version).toBe("v1")
})

test("a field that does not exist is named at its line", () => {
  expect(errorsOf(withLab("minutes: 5", "minutes: 5\nlevel: easy"))).toMatchObject([
    { file: "lab.yaml", line: 5, column: 1, path: "level", message: expect.stringContaining("no field `level`") },
  ])
})

test("a missing field is named where it should stand, and what it is for", () => {
  expect(errorsOf(withLab("        title: It answers\n", ""))).toMatchObject([
    {
      line: 14,
      path: "tasks[0].checks[0].title",
      message: "`title` is missing",
      fix: expect.stringContaining("What must be true"),
    },
  ])
})

test("a wrong value deep in a check is named at its line", () => {
  expect(errorsOf(withLab("expect: {}", "expect:\n          exitCode: seven"))).toMatchObject([
    { line: 21, path: "tasks[0].checks[0].expect.exitCode" },
  ])
})

test("references, label queries and URLs must lead somewhere", () => {
  expect(errorsOf(withLab("hint: look", "hint: lok"))).toMatchObject([{ line: 17, message: "there is no hint lok" }])
  expect(errorsOf(withLab("app=client", "'app=='"))).toMatchObject([])
  expect(errorsOf(withLab("app=client", "'=client'"))).toMatchObject([{ line: 18 }])
  expect(errorsOf(withLab("http://web", '"http://{ip:web}"'))).toMatchObject([{ line: 19 }])
  expect(errorsOf({ ...good, "wrong/nothing/expect.yaml": "check: nope\nreason: x\nsays: y\n" })).toMatchObject([
    { file: "wrong/nothing/expect.yaml", line: 1, message: "lab.yaml has no check nope" },
  ])
})

test("two checks of one id are refused", () => {
  const twice = withLab(
    "debrief:",
    "      - { id: answers, kind: log, title: Again, pods: { labels: app=web }, matches: x }\ndebrief:",
  )
  expect(errorsOf(twice)).toMatchObject([{ line: 21, message: "there are two checks with the id answers" }])
})

test("broken YAML, missing files and files of no use are all reported at once", () => {
  const { "solution.sh": _, ...rest } = good
  const errors = errorsOf({ ...rest, "start/10-web.yaml": "a: [1\n", "notes.txt": "hi" })
  expect(errors.map((error) => error.file).toSorted()).toEqual(["notes.txt", "solution.sh", "start/10-web.yaml"])
  expect(errors.find((error) => error.file === "start/10-web.yaml")?.line).toBeGreaterThan(0)
})

test("a manifest without a name is refused at its place in the file", () => {
  const files = { ...good, "start/10-web.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  namespace: shop\n" }
  expect(errorsOf(files)).toMatchObject([{ file: "start/10-web.yaml", line: 3, path: "metadata.name" }])
})

test("a lesson's front matter is checked at the file's own lines", () => {
  const files = { ...good, "lesson.mdx": LESSON.replace("minutes: 3", "minutes: soon") }
  expect(errorsOf(files)).toMatchObject([{ file: "lesson.mdx", line: 4, path: "minutes" }])
  expect(errorsOf({ ...good, "lesson.mdx": "Text." })).toMatchObject([{ file: "lesson.mdx", line: 1 }])
})

test("only what grading depends on makes another version", () => {
  const content = labContent(good)
  expect(labContent({ ...good, "lesson.mdx": "other", "alt/x/solution.sh": "" })).toBe(content)
  expect(labContent({ ...good, "lab.yaml": LAB.replaceAll("\n", "\r\n") })).toBe(content)
  expect(labContent(withLab("minutes: 5", "minutes: 6"))).not.toBe(content)
  expect(labContent({ ...good, "start/20.yaml": "" })).not.toBe(content)
})
