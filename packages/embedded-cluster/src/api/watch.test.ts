import { isStream, type StreamChunk, type WatchEvent } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import { type TestApi, testApi } from "./test-api.ts"

const SERVICES = "/api/v1/namespaces/demo/services"
const PODS = "/api/v1/namespaces/demo/pods"
const CONFIG_MAPS = "/api/v1/namespaces/demo/configmaps"
const EVENTS = "/api/v1/namespaces/demo/events"
const TABLE = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io,application/json" }
const MERGE = { "content-type": "application/merge-patch+json" }
const ALL_AT_ONCE = "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"

const web = () => ({ metadata: { name: "web" }, spec: { selector: { app: "web" }, ports: [{ port: 80 }] } })
const pod = (name: string, labels: object = {}) => ({
  metadata: { name, labels },
  spec: { containers: [{ name: "c", image: "nginx" }] },
})
const configMap = (name: string) => ({ metadata: { name } })

const collected = (stream: { subscribe: (chunk: (chunk: StreamChunk) => void, end: () => void) => void }) => {
  const events: WatchEvent[] = []
  let ends = 0
  stream.subscribe(
    (chunk) => {
      if (typeof chunk !== "string") events.push(chunk)
    },
    () => {
      ends += 1
    },
  )
  return {
    events,
    names: () =>
      events.map(({ type, object }) => `${type} ${(object as { metadata: { name: string } }).metadata.name}`),
    types: () => events.map(({ type }) => type),
    ends: () => ends,
  }
}

const pass = ({ clock, api }: TestApi, milliseconds: number): void => {
  clock.now += milliseconds
  api.watches.advanceTo(clock.now)
}

const refusal = ({ api }: TestApi, path: string) => {
  const answer = api.request({ method: "GET", path })
  return isStream(answer) ? "a stream" : { status: answer.status, body: answer.body }
}

describe("a watch", () => {
  test("tells what is there, what changes, and what leaves its selection", () => {
    const { send, watch } = testApi()
    send("POST", PODS, pod("a", { app: "x" }))
    const seen = collected(watch(`${PODS}?watch=true&labelSelector=app%3Dx`))
    send("POST", PODS, pod("b"))
    send("PATCH", `${PODS}/b`, { metadata: { labels: { app: "x" } } }, MERGE)
    send("PATCH", `${PODS}/a`, { metadata: { labels: { app: "y" } } }, MERGE)
    send("DELETE", `${PODS}/b`)
    expect(seen.names()).toEqual(["ADDED a", "ADDED b", "DELETED a", "DELETED b"])
  })

  test("tells who leaves with its last state in the selection and the revision at which it left", () => {
    const { send, watch, store } = testApi()
    send("POST", PODS, pod("a", { app: "x" }))
    const seen = collected(watch(`${PODS}?watch=true&labelSelector=app%3Dx&resourceVersion=${store.revision}`))
    send("PATCH", `${PODS}/a`, { metadata: { labels: { app: "y" } } }, MERGE)
    expect(seen.events).toMatchObject([
      { type: "DELETED", object: { metadata: { labels: { app: "x" }, resourceVersion: String(store.revision) } } },
    ])
  })

  test("follows one object by its name", () => {
    const { send, watch } = testApi()
    const seen = collected(watch(`${CONFIG_MAPS}?watch=1&fieldSelector=metadata.name%3Da`))
    for (const name of ["a", "b"]) send("POST", CONFIG_MAPS, configMap(name))
    send("DELETE", `${CONFIG_MAPS}/a`)
    expect(seen.names()).toEqual(["ADDED a", "DELETED a"])
  })

  test("is no part of a get: the name in the path decides", () => {
    const { send } = testApi()
    send("POST", CONFIG_MAPS, configMap("a"))
    expect(send("GET", `${CONFIG_MAPS}/a?watch=1`).body).toMatchObject({ kind: "ConfigMap" })
  })

  test("that was closed hears nothing more and keeps nothing due", () => {
    const { api, send, watch } = testApi()
    const stream = watch(`${SERVICES}?watch=1&timeoutSeconds=5`)
    const seen = collected(stream)
    stream.close()
    send("POST", SERVICES, web())
    expect(seen.events).toEqual([])
    expect(seen.ends()).toBe(0)
    expect(api.watches.nextDue()).toBeUndefined()
  })

  test("of one object as a Table tells the columns once", () => {
    const { send, watch } = testApi()
    send("POST", SERVICES, web())
    const seen = collected(
      watch(`${SERVICES}?watch=true&fieldSelector=metadata.name%3Dweb&includeObject=Object`, TABLE),
    )
    send("PATCH", `${SERVICES}/web`, { metadata: { labels: { a: "b" } } }, MERGE)
    const tables = seen.events.map(
      ({ object }) => object as { columnDefinitions: readonly unknown[]; rows: readonly { object: object }[] },
    )
    expect(tables.map(({ columnDefinitions, rows }) => [columnDefinitions.length, rows.length])).toEqual([
      [7, 1],
      [0, 1],
    ])
    expect(tables[1]?.rows[0]?.object).toMatchObject({ kind: "Service", spec: { ports: [{ port: 80 }] } })
  })

  test("hands all watchers the same event, so that it is written once", () => {
    const { send, watch } = testApi()
    const [first, second] = [collected(watch(`${PODS}?watch=1`)), collected(watch("/api/v1/pods?watch=1"))]
    send("POST", PODS, pod("a"))
    send("DELETE", `${PODS}/a`)
    expect(first.types()).toEqual(["ADDED", "DELETED"])
    expect(first.events.every((event, index) => event === second.events[index])).toBe(true)
  })

  test("tells events in order, also to a watcher who writes when it hears of one", () => {
    const { send, watch } = testApi()
    const early = watch(`${CONFIG_MAPS}?watch=1`)
    early.subscribe(
      (chunk) => {
        if (typeof chunk !== "string" && (chunk.object as { metadata: { name: string } }).metadata.name === "a")
          send("POST", CONFIG_MAPS, configMap("b"))
      },
      () => {},
    )
    const late = collected(watch(`${CONFIG_MAPS}?watch=1`))
    send("POST", CONFIG_MAPS, configMap("a"))
    expect(late.names()).toEqual(["ADDED a", "ADDED b"])
  })
})

describe("a watch from a revision", () => {
  const busy = (api: TestApi, writes: number): void => {
    api.send("POST", CONFIG_MAPS, configMap("a"))
    for (let index = 0; index < writes; index += 1)
      api.send("PATCH", `${CONFIG_MAPS}/a`, { data: { n: String(index) } }, MERGE)
  }

  test("goes on from there as long as what came after is kept, else ends with 410", () => {
    const api = testApi({}, { history: { events: 20 } })
    const start = api.store.revision
    busy(api, 9)
    const kept = collected(api.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${start}`))
    expect(kept.types()).toEqual(["ADDED", ...Array.from({ length: 9 }, () => "MODIFIED")])
    busy(api, 40)
    const late = collected(api.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${start}`))
    expect(late.events).toEqual([
      {
        type: "ERROR",
        object: {
          kind: "Status",
          apiVersion: "v1",
          metadata: {},
          status: "Failure",
          message: `too old resource version: ${start} (${api.store.oldestRevision})`,
          reason: "Expired",
          code: 410,
        },
      },
    ])
    expect(late.ends()).toBe(1)
    expect(kept.ends()).toBe(0)
  })

  test("of Events is told of etcd's compaction, which comes with time", () => {
    const api = testApi()
    const event = (name: string) => ({ metadata: { name }, involvedObject: { namespace: "demo" } })
    api.send("POST", EVENTS, event("a"))
    const start = api.store.revision
    api.send("POST", EVENTS, event("b"))
    api.send("POST", EVENTS, event("c"))
    pass(api, 290_000)
    expect(collected(api.watch(`${EVENTS}?watch=1&resourceVersion=${start}`)).names()).toEqual(["ADDED b", "ADDED c"])
    pass(api, 310_000)
    const late = collected(api.watch(`${EVENTS}?watch=1&resourceVersion=${start}`))
    expect(late.events).toMatchObject([
      { type: "ERROR", object: { message: "The resourceVersion for the provided watch is too old." } },
    ])
    expect(collected(api.watch(`/api/v1/namespaces?watch=1&resourceVersion=1`)).types()).toEqual(["ADDED", "ADDED"])
  })

  test("that is still to come waits for it", () => {
    const api = testApi()
    const seen = collected(api.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${api.store.revision + 2}`))
    for (const name of ["a", "b", "c"]) api.send("POST", CONFIG_MAPS, configMap(name))
    expect(seen.names()).toEqual(["ADDED c"])
  })
})

describe("bookmarks", () => {
  test("end the initial events of who asks for both", () => {
    const { send, watch, store } = testApi()
    send("POST", CONFIG_MAPS, configMap("a"))
    const seen = collected(watch(`${CONFIG_MAPS}?${ALL_AT_ONCE}&allowWatchBookmarks=true`))
    expect(seen.types()).toEqual(["ADDED", "BOOKMARK"])
    expect(seen.events[1]?.object).toEqual({
      kind: "ConfigMap",
      apiVersion: "v1",
      metadata: { resourceVersion: String(store.revision), annotations: { "k8s.io/initial-events-end": "true" } },
    })
    expect(collected(watch(`${CONFIG_MAPS}?${ALL_AT_ONCE}`)).types()).toEqual(["ADDED"])
  })

  test("come every minute and shortly before the end, with the revision that was reached", () => {
    const api = testApi()
    const seen = collected(api.watch(`${CONFIG_MAPS}?watch=1&allowWatchBookmarks=true&timeoutSeconds=150`))
    api.send("POST", SERVICES, web())
    const reached = String(api.store.revision)
    pass(api, 59_999)
    expect(seen.events).toEqual([])
    pass(api, 1)
    expect(seen.events).toEqual([
      { type: "BOOKMARK", object: { kind: "ConfigMap", apiVersion: "v1", metadata: { resourceVersion: reached } } },
    ])
    pass(api, 87_999)
    expect(seen.events).toHaveLength(2)
    pass(api, 1)
    expect(seen.events).toHaveLength(3)
    expect(seen.ends()).toBe(0)
  })

  test("are Tables for who watches a Table, without rows", () => {
    const { send, watch } = testApi()
    send("POST", PODS, pod("a"))
    const seen = collected(watch(`${PODS}?${ALL_AT_ONCE}&allowWatchBookmarks=true`, TABLE))
    expect(seen.types()).toEqual(["ADDED", "BOOKMARK"])
    expect(seen.events[1]?.object).toMatchObject({ kind: "Table", rows: [] })
  })
})

describe("the end of a watch", () => {
  test("comes when its seconds are over, once, and nothing after it", () => {
    const api = testApi()
    const seen = collected(api.watch(`${CONFIG_MAPS}?watch=1&timeoutSeconds=2`))
    pass(api, 1999)
    expect([seen.ends(), api.api.watches.nextDue()]).toEqual([0, api.clock.now + 1])
    pass(api, 5000)
    api.send("POST", CONFIG_MAPS, configMap("a"))
    expect([seen.ends(), seen.events, api.api.watches.nextDue()]).toEqual([1, [], undefined])
  })

  test("is drawn between half an hour and an hour when nobody names it, and draws nothing from the cluster", () => {
    const api = testApi()
    const before = JSON.stringify(api.store.dump())
    const ends = Array.from({ length: 40 }, () => {
      const stream = api.watch(`${CONFIG_MAPS}?watch=1`)
      const end = (api.api.watches.nextDue() ?? 0) - api.clock.now
      stream.close()
      return end
    })
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(1_800_000)
    expect(Math.max(...ends)).toBeLessThan(3_600_000)
    expect(Math.max(...ends) - Math.min(...ends)).toBeGreaterThan(900_000)
    expect(JSON.stringify(api.store.dump())).toBe(before)
  })
})

describe("a watch is refused", () => {
  const api = testApi()
  const forbidden = (message: string) => ({
    status: 422,
    body: { message: `ListOptions.meta.k8s.io "" is invalid: ${message}`, details: { kind: "ListOptions" } },
  })
  test.each([
    [
      "sendInitialEvents=true",
      forbidden(
        "resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
      ),
    ],
    [
      "resourceVersionMatch=Exact&resourceVersion=1",
      forbidden(
        '[resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided, resourceVersionMatch: Unsupported value: "Exact": supported values: "NotOlderThan"]',
      ),
    ],
    [
      "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion=999",
      {
        status: 504,
        body: { message: `Timeout: Too large resource version: 999, current: 3`, details: { retryAfterSeconds: 1 } },
      },
    ],
    [
      "resourceVersion=-1",
      {
        status: 500,
        body: {
          message: 'resourceVersion: Invalid value: "-1": strconv.ParseUint: parsing "-1": invalid syntax',
        },
      },
    ],
    ["timeoutSeconds=x", { status: 400, body: { message: 'strconv.ParseInt: parsing "x": invalid syntax' } }],
    [
      "fieldSelector=data.x%3D1",
      {
        status: 400,
        body: { message: '"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"' },
      },
    ],
  ])("for %s", (query, expected) => {
    expect(refusal(api, `${CONFIG_MAPS}?watch=1&${query}`)).toMatchObject(expected)
  })
})
