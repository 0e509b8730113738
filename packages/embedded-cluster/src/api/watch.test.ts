import type { StreamChunk, WatchEvent } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { testApi } from "./test-api.ts"

const SERVICES = "/api/v1/namespaces/demo/services"
const PODS = "/api/v1/namespaces/demo/pods"
const TABLE = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io,application/json" }
const MERGE = { "content-type": "application/merge-patch+json" }

const web = () => ({ metadata: { name: "web" }, spec: { selector: { app: "web" }, ports: [{ port: 80 }] } })
const pod = (name: string, labels: object = {}) => ({
  metadata: { name, labels },
  spec: { containers: [{ name: "c", image: "nginx" }] },
})

const collected = (stream: { subscribe: (chunk: (chunk: StreamChunk) => void, end: () => void) => void }) => {
  const events: WatchEvent[] = []
  let ended = false
  stream.subscribe(
    (chunk) => {
      if (typeof chunk !== "string") events.push(chunk)
    },
    () => {
      ended = true
    },
  )
  return {
    events,
    names: () =>
      events.map(({ type, object }) => `${type} ${(object as { metadata: { name: string } }).metadata.name}`),
    hasEnded: () => ended,
  }
}

test("a watch tells what is there, what changes, and what leaves its selection", () => {
  const { send, watch } = testApi()
  send("POST", PODS, pod("a", { app: "x" }))
  const seen = collected(watch(`${PODS}?watch=true&labelSelector=app%3Dx`))
  send("POST", PODS, pod("b"))
  send("PATCH", `${PODS}/b`, { metadata: { labels: { app: "x" } } }, MERGE)
  send("PATCH", `${PODS}/a`, { metadata: { labels: { app: "y" } } }, MERGE)
  send("DELETE", `${PODS}/b`)
  expect(seen.names()).toEqual(["ADDED a", "ADDED b", "DELETED a", "DELETED b"])
})

test("a watch from a kept revision goes on from there, one from the lost past ends with 410", () => {
  const { send, store, watch } = testApi()
  const start = store.revision
  send("POST", SERVICES, web())
  expect(collected(watch(`${SERVICES}?watch=1&resourceVersion=${start}`)).names()).toEqual(["ADDED web"])
  for (let index = 0; index < 7000; index += 1)
    send("PATCH", `${SERVICES}/web`, { metadata: { labels: { n: String(index) } } }, MERGE)
  const late = collected(watch(`${SERVICES}?watch=1&resourceVersion=${start}`))
  expect(late.events).toMatchObject([{ type: "ERROR", object: { code: 410, reason: "Expired" } }])
  expect(late.hasEnded()).toBe(true)
})

test("a watch that was closed hears nothing more", () => {
  const { send, watch } = testApi()
  const stream = watch(`${SERVICES}?watch=1`)
  const seen = collected(stream)
  stream.close()
  send("POST", SERVICES, web())
  expect(seen.events).toEqual([])
})

test("a watch of one object as a Table tells the columns once", () => {
  const { send, watch } = testApi()
  send("POST", SERVICES, web())
  const seen = collected(watch(`${SERVICES}?watch=true&fieldSelector=metadata.name%3Dweb`, TABLE))
  send("PATCH", `${SERVICES}/web`, { metadata: { labels: { a: "b" } } }, MERGE)
  const tables = seen.events.map(
    ({ object }) => object as { columnDefinitions: readonly unknown[]; rows: readonly unknown[] },
  )
  expect(tables.map(({ columnDefinitions, rows }) => [columnDefinitions.length, rows.length])).toEqual([
    [7, 1],
    [0, 1],
  ])
})

test("sendInitialEvents ends with a marked bookmark", () => {
  const { watch } = testApi()
  const seen = collected(watch(`${SERVICES}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan`))
  expect(seen.events).toMatchObject([
    { type: "BOOKMARK", object: { metadata: { annotations: { "k8s.io/initial-events-end": "true" } } } },
  ])
})
