import { describe, expect, test } from "vitest"
import type { Input } from "./cluster.ts"
import { createInputEntries } from "./input-entries.ts"

const inputs: readonly Input[] = [
  { kind: "request", request: { method: "DELETE", path: "/api/v1/namespaces/default/pods/web" } },
  { kind: "request", request: { method: "POST", path: "/api", headers: { accept: "*/*" }, body: `{"a":"\ud800 é"}` } },
  { kind: "request", request: { method: "PATCH", path: "/api", body: { data: { n: [1, null, ""] } } } },
  { kind: "request", request: { method: "PATCH", path: "/api", body: null } },
  { kind: "http", from: { kind: "node", name: "node-1" }, request: { method: "GET", url: "http://web", maxTimeMs: 5 } },
  { kind: "exit", target: { namespace: "default", pod: "web" }, exitCode: 3 },
]

const entryOf = (index: number) => ({
  at: 1_767_225_600_000 + index * 70,
  input: inputs[index % inputs.length] as Input,
})
const entries = (count: number) => Array.from({ length: count }, (_, index) => entryOf(index))

describe("the inputs of a session", () => {
  test.each([0, 1, 127, 128, 129, 1_000])("come back as they were: %i of them", (count) => {
    const kept = createInputEntries()
    for (const each of entries(count)) kept.push(each)
    expect(kept.all()).toEqual(entries(count))
  })

  test("are written the same, however they came into the list", () => {
    const [one, restored] = [
      createInputEntries(entries(300)),
      createInputEntries(createInputEntries(entries(300)).all()),
    ]
    expect(JSON.stringify(restored.all())).toBe(JSON.stringify(one.all()))
  })

  test("of a fork do not get into the list that it came from", () => {
    const kept = createInputEntries(entries(200))
    const fork = kept.fork()
    fork.push(entryOf(200))
    kept.push(entryOf(7))
    expect(fork.all()).toEqual(entries(201))
    expect(kept.all()).toEqual([...entries(200), entryOf(7)])
  })
})
