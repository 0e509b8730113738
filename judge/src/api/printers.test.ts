import { expect, test } from "vitest"
import { caseFolder, judged } from "../testing/case-folder.ts"

const column = (name: string, more: object = {}) => ({ name, type: "string", format: "", priority: 0, ...more })

const namespace = (age: string, more: object = {}) => ({
  id: "row",
  kind: "Namespace",
  wide: false,
  now: "2026-11-21T02:13:26.5Z",
  object: {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "shop", creationTimestamp: "2026-11-21T02:10:00Z" },
    status: { phase: "Active" },
  },
  columns: [column("Name", { format: "name" }), column("Status"), column("Age")],
  rows: [["shop", "Active", age]],
  ...more,
})

const report = (...rows: readonly object[]) => judged(caseFolder({ "printers.json": rows }))

test("cells are compared, with one unit of leave for ages", () => {
  expect(report(namespace("3m26s"), namespace("3m27s"))).toMatchObject({ exit: 0, out: "printers.json  2/2" })
  expect(report(namespace("3m28s")).exit).toBe(1)
  expect(report(namespace("<unknown>")).exit).toBe(1)
})

test("columns are compared by name, type, format and whether they are wide", () => {
  const { exit, out } = report(namespace("3m26s", { columns: [column("Name"), column("Status"), column("Age")] }))
  expect(exit).toBe(1)
  expect(out).toContain('expected [{"format":"","name":"Name"')
})

test("a kind that nothing prints is not judged", () => {
  expect(report(namespace("3m26s", { kind: "Widget" })).out).toContain("not judged 1: nothing here prints Widget")
})
