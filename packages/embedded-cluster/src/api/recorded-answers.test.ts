import type { KubeRequest } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import recorded from "../golden/recorded-answers.json" with { type: "json" }
import { testApi } from "./test-api.ts"

interface Recorded {
  readonly id: string
  readonly method: KubeRequest["method"]
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly status: number
  readonly answer: unknown
  readonly warning?: string
}

const CHOSEN = ["managedFields", "uid", "resourceVersion", "creationTimestamp", "clusterIP", "clusterIPs"]

/** Without what differs from cluster to cluster. */
const comparable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, each: unknown) => (CHOSEN.includes(key) ? undefined : each))
      .replaceAll(/10\.96\.\d+\.\d+/g, "ADDRESS")
      .replaceAll(/(kube-api-access|gen)-[a-z0-9]{5}\b/g, "$1-SUFFIX"),
  )

test("a session of requests is answered as a 1.36 server answered it", () => {
  const api = testApi()
  api.send("POST", "/api/v1/namespaces", { metadata: { name: "api" } })
  const differing: unknown[] = []
  for (const {
    id,
    method,
    path,
    headers,
    body,
    status,
    answer,
    warning,
  } of recorded as unknown as readonly Recorded[]) {
    const got = api.send(method, path, body, headers)
    const expected = { status, warning, body: comparable(answer) }
    const actual = { status: got.status, warning: got.warning, body: comparable(got.body) }
    if (JSON.stringify(sorted(expected)) !== JSON.stringify(sorted(actual))) differing.push({ id, expected, actual })
  }
  expect(differing).toEqual([])
})

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}
