import { isStream } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { testApi } from "../test-api.ts"
import { jsonText } from "./shared-text.ts"

const CONFIG_MAPS = "/api/v1/namespaces/demo/configmaps"

test("every answer is written as JSON.stringify writes it, kind and apiVersion first", () => {
  const { api, send } = testApi()
  for (const name of ["a", "b"]) send("POST", CONFIG_MAPS, { metadata: { name }, data: { note: 'é"\\' } })
  for (const path of ["", "?limit=1", "?fieldSelector=metadata.name%3Dnope", "/a", "/nope"]) {
    const answer = api.request({ method: "GET", path: CONFIG_MAPS + path })
    if (isStream(answer)) throw new Error(`${path} is a stream`)
    const text = jsonText(answer.body as object)
    expect(JSON.parse(text), path).toEqual(JSON.parse(JSON.stringify(answer.body)))
    expect(text, path).toMatch(/^\{"kind":"\w+","apiVersion":"v1","metadata":/)
  }
})

test("a version is written once, for lists and gets", () => {
  const { send } = testApi()
  send("POST", CONFIG_MAPS, { metadata: { name: "a" } })
  const [first, second] = [send("GET", CONFIG_MAPS).body, send("GET", CONFIG_MAPS).body]
  expect((first.items as readonly object[])[0]).toBe((second.items as readonly object[])[0])
  expect((first.items as readonly object[])[0]).not.toHaveProperty("kind")
})

test("a large list is written once until something in it changes, with the revision of each answer", () => {
  const { send } = testApi()
  for (let index = 0; index < 600; index += 1) send("POST", CONFIG_MAPS, { metadata: { name: `a-${index}` } })
  const first = send("GET", CONFIG_MAPS).body
  expect(send("GET", CONFIG_MAPS).body.items).toBe(first.items)
  expect(JSON.parse(jsonText(first))).toEqual(first)
  send("POST", "/api/v1/namespaces/demo/secrets", { metadata: { name: "elsewhere" } })
  const later = send("GET", CONFIG_MAPS).body
  expect(JSON.parse(jsonText(later))).toEqual(later)
  expect(later.metadata).not.toEqual(first.metadata)
  send("POST", CONFIG_MAPS, { metadata: { name: "b" } })
  expect(JSON.parse(jsonText(send("GET", CONFIG_MAPS).body)).items).toHaveLength(601)
})
