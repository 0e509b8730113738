import type { KubeObject } from "@pilotage/kube-model"
import { parseTime } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import cases from "../golden/tables.json" with { type: "json" }
import type { ResourceName } from "../store-types.ts"
import { printerOf, tableOf } from "./table.ts"

const RESOURCES: Readonly<Record<string, ResourceName>> = {
  Service: "services",
  Pod: "pods",
  Node: "nodes",
  Deployment: "deployments",
  ReplicaSet: "replicasets",
  Event: "events",
  EndpointSlice: "endpointslices",
  Endpoints: "endpoints",
  Namespace: "namespaces",
}

test.each(
  cases as unknown as readonly {
    id: string
    kind: string
    wide: boolean
    now: string
    object: KubeObject
    rows: unknown
  }[],
)("the row reads as upstream prints it: $id", ({ kind, wide, now, object, rows }) => {
  const printer = printerOf(RESOURCES[kind] ?? "configmaps")
  const cells = printer.cells(object, { now: parseTime(now) ?? 0, wide })
  expect([cells.filter((_, index) => wide || printer.columns[index]?.priority === 0)]).toEqual(rows)
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
