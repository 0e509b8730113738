import type { KubeObject } from "@pilotage/kube-model"
import { parseTime } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { RESOURCES } from "../api/resources.ts"
import cases from "../golden/tables.json" with { type: "json" }
import { printerOf, tableOf } from "./table.ts"
import { UNSERVED_PRINTERS } from "./unserved-printers.ts"

const printerOfKind = (kind: string) => {
  const resource = RESOURCES.find((each) => each.kind === kind)?.stored
  return UNSERVED_PRINTERS[kind] ?? printerOf(resource ?? "configmaps")
}

test.each(
  cases as unknown as readonly {
    id: string
    kind: string
    wide: boolean
    now: string
    object: KubeObject
    rows: readonly (readonly unknown[])[]
  }[],
)("the row reads as upstream prints it: $id", ({ kind, wide, now, object, rows }) => {
  const printer = printerOfKind(kind.replace(/List$/, ""))
  const objects = (object.items as readonly KubeObject[] | undefined) ?? [object]
  const printed = objects.map((each) =>
    printer
      .cells(each, { now: parseTime(now) ?? 0, wide })
      .filter((_, index) => wide || printer.columns[index]?.priority === 0),
  )
  // A volume's function prints its mode always, and leaves it to the table to hide it.
  expect(printed).toEqual(rows.map((row) => row.slice(0, printed[0]?.length)))
})

test("a row carries the metadata of its object, the object, or nothing", () => {
  const object = { apiVersion: "v1", kind: "Namespace", metadata: { name: "demo", labels: { a: "b" } } } as const
  const rowObject = (include: "Metadata" | "Object" | "None") =>
    tableOf("namespaces", [object], { now: 0, wide: true, include, metadata: {} }).rows[0]?.object
  expect(rowObject("Metadata")).toEqual({
    kind: "PartialObjectMetadata",
    apiVersion: "meta.k8s.io/v1",
    metadata: object.metadata,
  })
  expect(rowObject("Object")).toBe(object)
  expect(rowObject("None")).toBeNull()
})
