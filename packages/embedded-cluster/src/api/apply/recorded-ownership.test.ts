import type { KubeRequest } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import recorded from "../../golden/field-ownership.json" with { type: "json" }
import { isJson, type Json } from "../json-object.ts"
import { testApi } from "../test-api.ts"

interface Recorded {
  readonly id: string
  readonly method: KubeRequest["method"]
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly status: number
  readonly warning?: string
  readonly answer?: Json
  /** What of the answered object is compared. */
  readonly object?: Json
}

const rows = recorded as unknown as readonly Recorded[]

const plain = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(plain)
    : isJson(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([key, each]) => each !== undefined && key !== "nodePort")
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, each]) => [key, plain(each)]),
        )
      : value

/** Causes of several managers come in the order of a Go map: any. */
const sortedCauses = (status: Json): Json => {
  const details = isJson(status.details) ? status.details : undefined
  if (!Array.isArray(details?.causes)) return status
  const causes = [...details.causes].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  return { ...status, details: { ...details, causes } }
}

const pick = (object: Json, ...keys: readonly string[]): Json =>
  Object.fromEntries(keys.map((key) => [key, object[key]]))

const shown = (object: Json): Json => {
  const { metadata, spec, status, data } = object as Readonly<Record<string, Json | undefined>>
  const fields = metadata?.managedFields as readonly Json[] | undefined
  const template = spec?.template as { spec: { containers: readonly Json[] } } | undefined
  return {
    ...pick(metadata ?? {}, "labels", "annotations", "finalizers"),
    managedFields: fields?.map(({ time, ...entry }) => ({ ...entry, timed: time !== undefined })),
    ...(object.kind === "ConfigMap" ? { data } : {}),
    ...(object.kind === "Service" ? { ...pick(spec ?? {}, "ports", "selector"), conditions: status?.conditions } : {}),
    ...(object.kind === "Deployment"
      ? {
          replicas: spec?.replicas,
          containers: template?.spec.containers.map((each) => pick(each, "name", "image", "env")),
        }
      : {}),
  }
}

const api = testApi()
api.send("POST", "/api/v1/namespaces", { metadata: { name: "ssa" } })

test.each(rows)("$id is answered, and its fields are owned, as on a 1.36 server", (row) => {
  const { body, headers } = row
  const got = api.send(row.method, row.path, body, headers)
  const expected = row.answer ? sortedCauses(row.answer) : row.object
  const actual = row.answer ? sortedCauses(got.body) : shown(got.body)
  expect({ status: got.status, warning: got.warning, body: plain(actual) }).toEqual({
    status: row.status,
    warning: row.warning,
    body: plain(expected),
  })
})
