import { isStream, type KubeObject, type WatchEvent } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import recorded from "../golden/lists-and-watches.json" with { type: "json" }
import { parsePath } from "./request-path.ts"
import { type TestApi, testApi } from "./test-api.ts"

interface Recorded {
  readonly id: string
  readonly path: string
  readonly status: number
  readonly warning?: string
  readonly "retry-after"?: string
  readonly answer?: unknown
  readonly events?: readonly WatchEvent[]
  readonly page?: {
    readonly metadata: { readonly resourceVersion: string; readonly remainingItemCount?: number }
    readonly namespace: string
    readonly names: readonly string[]
  }
}

const rows = recorded as unknown as readonly Recorded[]

/** Revisions differ from cluster to cluster. */
const comparable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value)
      .replace(/"resourceVersion":"\d+"/g, '"resourceVersion":"N"')
      .replace(/(too old resource version: \d+) \(\d+\)/, "$1 (N)")
      .replace(/current: \d+/, "current: N"),
  )

const eventsOf = ({ api, clock }: TestApi, path: string) => {
  const answer = api.request({ method: "GET", path })
  if (!isStream(answer)) throw new Error(`${path} is no stream`)
  const events: unknown[] = []
  answer.subscribe(
    (event) => events.push(event),
    () => {},
  )
  clock.now += 75_000
  api.watches.advanceTo(clock.now)
  return { events, warning: answer.headers.warning }
}

describe("a server with a past that is gone answers as a 1.36 server did", () => {
  test.each(rows.filter(({ page }) => !page).map((row) => [row.id, row] as const))("%s", (_, row) => {
    const api = testApi({}, { contents: { revision: 2000, objects: {} } })
    if (row.events) {
      const { events, warning } = eventsOf(api, row.path)
      const first = comparable(events.slice(0, row.id.includes("sendinitial") ? 1 : undefined))
      expect({ events: first, warning }).toEqual({ events: comparable(row.events), warning: row.warning })
      return
    }
    const answer = api.api.request({ method: "GET", path: row.path })
    if (isStream(answer)) throw new Error("that is a stream")
    expect({ status: answer.status, answer: comparable(answer.body), after: answer.headers["retry-after"] }).toEqual({
      status: row.status,
      answer: comparable(row.answer),
      after: row["retry-after"],
    })
  })
})

describe("a page is told as a 1.36 server told it, its token too", () => {
  test.each(rows.flatMap((row) => (row.page ? [[row.id, row.path, row.page] as const] : [])))("%s", (_, path, page) => {
    const { metadata, namespace, names } = page
    const { target } = parsePath(path)
    if (target.kind !== "resource") throw new Error(`${path} is no resource`)
    const others = Array.from({ length: metadata.remainingItemCount ?? 1 }, (_, index) => `zz-${1000 + index}`)
    const objects = [...names, ...others].map(
      (name): KubeObject => ({
        apiVersion: "v1",
        kind: target.info.kind,
        metadata: { name, namespace, labels: { "k8s-app": "kube-dns" } },
        spec: {},
      }),
    )
    const contents = { revision: Number(metadata.resourceVersion), objects: { [target.info.resource]: objects } }
    const { body } = testApi({}, { contents }).send("GET", path)
    expect(body.metadata).toEqual(metadata)
    expect((body.items as readonly KubeObject[]).map((item) => item.metadata.name)).toEqual(names)
  })
})
