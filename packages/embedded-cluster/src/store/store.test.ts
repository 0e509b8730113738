import { createRandom, type KubeObject, type Pod } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { createStore } from "./store.ts"

const sources = () => ({ random: createRandom(1), now: () => 0 })
const pod = (name: string, namespace = "demo", more: object = {}): KubeObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace },
  spec: { containers: [], ...more },
})
const create = (name: string, namespace?: string, more?: object) =>
  ({ kind: "create", resource: "pods", object: pod(name, namespace, more) }) as const

test("a created object gets uid, creation time, generation and the one revision", () => {
  const store = createStore(sources())
  const done = store.apply(create("b"))
  expect(done.ok && done.value?.object.metadata).toMatchObject({
    resourceVersion: "1",
    generation: 1,
    creationTimestamp: "1970-01-01T00:00:00Z",
  })
  expect(store.get("pods", "demo", "b")?.metadata.uid).toMatch(/^[0-9a-f]{8}-/)
  expect(store.apply(create("b"))).toMatchObject({ ok: false, error: { reason: "already-exists" } })
})

test("lists are in order of namespace and name, and what was handed out never changes", () => {
  const store = createStore(sources())
  for (const [name, namespace] of [["b"], ["a"], ["z", "alpha"]] as const) store.apply(create(name, namespace))
  const before = store.list("pods")
  expect(before.map((each) => each.metadata.name)).toEqual(["z", "a", "b"])
  store.apply(create("aa"))
  expect(before).toHaveLength(3)
  expect(store.list("pods", "demo").map((each) => each.metadata.name)).toEqual(["a", "aa", "b"])
})

test("an update that changes nothing takes no revision, a new spec a new generation, a pod's node none", () => {
  const store = createStore(sources())
  store.apply(create("a"))
  expect(store.apply({ kind: "update", resource: "pods", object: pod("a") })).toEqual({ ok: true, value: undefined })
  expect(store.revision).toBe(1)
  store.apply({ kind: "update", resource: "pods", object: pod("a", "demo", { nodeName: "node-1" }) })
  expect(store.get("pods", "demo", "a")?.metadata).toMatchObject({ generation: 1, resourceVersion: "2" })
  store.apply({ kind: "update", resource: "pods", object: pod("a", "demo", { activeDeadlineSeconds: 9 }) })
  expect(store.get("pods", "demo", "a")?.metadata).toMatchObject({ generation: 2, resourceVersion: "3" })
})

test("a stale resourceVersion is a conflict", () => {
  const store = createStore(sources())
  store.apply(create("a"))
  const stale = store.get("pods", "demo", "a") as Pod
  store.apply({ kind: "update", resource: "pods", object: pod("a", "demo", { hostname: "x" }) })
  expect(store.apply({ kind: "update", resource: "pods", object: { ...stale, status: {} } })).toMatchObject({
    ok: false,
    error: { reason: "conflict" },
  })
})

test("pods are found by node, also after they move or go", () => {
  const store = createStore(sources())
  store.apply(create("a", "demo", { nodeName: "node-1" }))
  store.apply(create("b"))
  store.apply({ kind: "update", resource: "pods", object: pod("b", "demo", { nodeName: "node-1" }) })
  expect(store.podsOnNode("node-1").map((each) => each.metadata.name)).toEqual(["a", "b"])
  store.apply({ kind: "remove", resource: "pods", namespace: "demo", name: "a" })
  expect(store.podsOnNode("node-1").map((each) => each.metadata.name)).toEqual(["b"])
})

test("a deleted object goes when its last finalizer does", () => {
  const store = createStore(sources())
  const metadata = { name: "a", namespace: "demo", finalizers: ["x/y"], deletionTimestamp: "1970-01-01T00:00:00Z" }
  store.apply({ kind: "create", resource: "pods", object: { ...pod("a"), metadata } })
  const { finalizers: _, ...rest } = metadata
  const done = store.apply({ kind: "update", resource: "pods", object: { ...pod("a"), metadata: rest } })
  expect(done).toMatchObject({ ok: true, value: { type: "DELETED", revision: 2 } })
  expect(store.list("pods")).toEqual([])
})

test("a pod that is removed before its grace is over loses that first, and goes as it is then", () => {
  const store = createStore(sources())
  const events: unknown[] = []
  const metadata = { name: "a", namespace: "demo", deletionTimestamp: "1970-01-01T00:01:00Z" }
  const going = { ...pod("a"), metadata: { ...metadata, deletionGracePeriodSeconds: 30 } }
  store.apply({ kind: "create", resource: "pods", object: going })
  store.subscribe(({ type, object: { metadata: told } }) =>
    events.push([type, told.resourceVersion, told.deletionTimestamp, told.deletionGracePeriodSeconds]),
  )
  store.apply({ kind: "remove", resource: "pods", namespace: "demo", name: "a" })
  expect(events).toEqual([
    ["MODIFIED", "2", "1970-01-01T00:00:30Z", 0],
    ["DELETED", "3", "1970-01-01T00:00:30Z", 0],
  ])
})

test("a watch may begin in the kept past and is told when that is gone", () => {
  const store = createStore(sources())
  for (let index = 0; index < 7000; index += 1) store.apply(create(`p${index}`))
  expect(store.since(1)).toEqual({ ok: false, error: "expired" })
  const recent = store.since(6998)
  expect(recent.ok && recent.value.map((each) => each.revision)).toEqual([6999, 7000])
})

test("a fork goes its own way", () => {
  const store = createStore(sources())
  store.apply(create("a"))
  const fork = store.fork(sources())
  fork.apply(create("b"))
  expect(store.list("pods")).toHaveLength(1)
  expect(fork.list("pods")).toHaveLength(2)
  expect(fork.list("pods")[0]).toBe(store.list("pods")[0])
})

test("contents that were dumped and loaded are the same contents", () => {
  const store = createStore(sources())
  store.apply(create("a", "demo", { nodeName: "node-2" }))
  const loaded = createStore({ ...sources(), contents: JSON.parse(JSON.stringify(store.dump())) })
  expect(loaded.dump()).toEqual(store.dump())
  expect(loaded.podsOnNode("node-2")).toHaveLength(1)
})
