import { describe, expect, test } from "vitest"
import { toBase64 } from "./reading/base64-text.ts"
import { type TestApi, testApi } from "./test-api.ts"

const CONFIG_MAPS = "/api/v1/namespaces/demo/configmaps"
const ALL = "/api/v1/configmaps"
const MERGE = { "content-type": "application/merge-patch+json" }

interface List {
  readonly metadata: {
    readonly resourceVersion: string
    readonly continue?: string
    readonly remainingItemCount?: number
  }
  readonly items: readonly { readonly metadata: { readonly name: string; readonly namespace: string } }[]
}

const list = ({ send }: TestApi, path: string): List => send("GET", path).body as unknown as List
const names = ({ items }: List): readonly string[] => items.map(({ metadata }) => metadata.name)

const withConfigMaps = (...given: readonly string[]): TestApi => {
  const api = testApi()
  for (const name of given) api.send("POST", CONFIG_MAPS, { metadata: { name, labels: { first: name[0] } } })
  return api
}

/** Writes until nothing that was there before is kept. */
const forget = ({ send, store }: TestApi): void => {
  const before = store.revision
  for (let index = 0; store.oldestRevision <= before; index += 1)
    send("PATCH", `${CONFIG_MAPS}/a`, { data: { n: String(index) } }, MERGE)
}

const pageAfter = (api: TestApi, page: List, path = CONFIG_MAPS): List =>
  list(api, `${path}?limit=2&continue=${page.metadata.continue}`)

describe("a list in pages", () => {
  test("is one snapshot, whatever is written between the pages", () => {
    const api = withConfigMaps("a", "b", "c", "d", "e")
    const first = list(api, `${CONFIG_MAPS}?limit=2`)
    expect(names(first)).toEqual(["a", "b"])
    expect(first.metadata.remainingItemCount).toBe(3)
    api.send("DELETE", `${CONFIG_MAPS}/c`)
    api.send("POST", CONFIG_MAPS, { metadata: { name: "cc" } })
    api.send("PATCH", `${CONFIG_MAPS}/d`, { data: { x: "y" } }, MERGE)
    const second = pageAfter(api, first)
    expect(second).toMatchObject({
      metadata: { resourceVersion: first.metadata.resourceVersion, remainingItemCount: 1 },
      items: [{ metadata: { name: "c" } }, { metadata: { name: "d" } }],
    })
    expect(second.items[1]).not.toHaveProperty("data")
    const third = pageAfter(api, second)
    expect(names(third)).toEqual(["e"])
    expect(third.metadata).toEqual({ resourceVersion: first.metadata.resourceVersion })
    expect(names(list(api, CONFIG_MAPS))).toEqual(["a", "b", "cc", "d", "e"])
  })

  test("goes through the namespaces in the order of their keys", () => {
    const api = withConfigMaps("a", "b")
    for (const name of ["demo-2", "demo0"]) {
      api.send("POST", "/api/v1/namespaces", { metadata: { name } })
      api.send("POST", `/api/v1/namespaces/${name}/configmaps`, { metadata: { name: "a" } })
    }
    const first = list(api, `${ALL}?limit=2`)
    const second = pageAfter(api, first, ALL)
    expect([...first.items, ...second.items].map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      "demo-2/a",
      "demo/a",
      "demo/b",
      "demo0/a",
    ])
  })

  test("of a selection does not know how many remain", () => {
    const api = withConfigMaps("a1", "a2", "b1", "b2")
    const first = list(api, `${CONFIG_MAPS}?limit=1&labelSelector=first%3Da`)
    expect([names(first), Object.keys(first.metadata)]).toEqual([["a1"], ["resourceVersion", "continue"]])
    const rest = list(api, `${CONFIG_MAPS}?limit=5&labelSelector=first%3Da&continue=${first.metadata.continue}`)
    expect([names(rest), rest.metadata.continue]).toEqual([["a2"], undefined])
  })

  test("whose snapshot is gone ends with 410 and a token that goes on in what is there now", () => {
    const api = withConfigMaps("a", "b", "c", "d")
    const first = list(api, `${CONFIG_MAPS}?limit=2`)
    forget(api)
    api.send("DELETE", `${CONFIG_MAPS}/c`)
    const gone = api.send("GET", `${CONFIG_MAPS}?limit=2&continue=${first.metadata.continue}`)
    expect(gone).toMatchObject({ status: 410, body: { reason: "Expired", code: 410 } })
    expect(gone.body.message).toMatch(/^The provided continue parameter is too old.*or use the continue token in this/)
    const page = pageAfter(api, gone.body as unknown as List)
    expect([names(page), page.metadata.resourceVersion]).toEqual([["d"], String(api.store.revision)])
  })

  test("is not cut up when any age will do", () => {
    expect(names(list(withConfigMaps("a", "b", "c"), `${CONFIG_MAPS}?limit=2&resourceVersion=0`))).toHaveLength(3)
  })
})

describe("a list of a revision", () => {
  test("is exact when asked for, and for pages without a match; else it is of now", () => {
    const api = withConfigMaps("a", "b")
    const then = api.store.revision
    api.send("POST", CONFIG_MAPS, { metadata: { name: "c" } })
    const of = (query: string) => {
      const { metadata, items } = list(api, `${CONFIG_MAPS}?resourceVersion=${then}${query}`)
      return [Number(metadata.resourceVersion) - then, items.length]
    }
    expect(of("&resourceVersionMatch=Exact")).toEqual([0, 2])
    expect(of("&limit=9")).toEqual([0, 2])
    expect(of("&resourceVersionMatch=NotOlderThan")).toEqual([1, 3])
    expect(of("&resourceVersionMatch=NotOlderThan&limit=9")).toEqual([1, 3])
    expect(of("")).toEqual([1, 3])
  })

  test("that was compacted is 410: by the number of writes, or by time", () => {
    const byWrites = withConfigMaps("a")
    const byTime = withConfigMaps("a", "b")
    const exact = `${CONFIG_MAPS}?resourceVersion=4&resourceVersionMatch=Exact`
    forget(byWrites)
    byTime.clock.now += 299_000
    expect(byTime.send("GET", exact).status).toBe(200)
    byTime.clock.now += 301_000
    for (const api of [byWrites, byTime])
      expect(api.send("GET", exact)).toMatchObject({
        status: 410,
        body: { message: "The resourceVersion for the provided list is too old.", reason: "Expired" },
      })
    expect(byTime.send("GET", exact.replace("=4", "=5")).status).toBe(200)
  })
})

describe("a get of a revision", () => {
  test("answers with what is there, unless that is too old or no revision at all", () => {
    const { send } = withConfigMaps("a")
    const answers = ["", "0", "2", "4", "5", "x"].map(
      (version) => send("GET", `${CONFIG_MAPS}/a?resourceVersion=${version}`).status,
    )
    expect(answers).toEqual([200, 200, 200, 200, 504, 500])
  })
})

describe("a list is refused", () => {
  const api = withConfigMaps("a")
  const token = (value: object) => toBase64(JSON.stringify(value))
  const invalid = (why: string) => [422, `ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: ${why}`] as const
  test.each([
    [
      "resourceVersionMatch=Exact",
      ...invalid("Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided"),
    ],
    [
      "resourceVersion=0&resourceVersionMatch=Exact",
      ...invalid('Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"'),
    ],
    [
      "resourceVersion=2&resourceVersionMatch=Newer",
      ...invalid('Unsupported value: "Newer": supported values: "Exact", "NotOlderThan", ""'),
    ],
    [
      "resourceVersion=2&resourceVersionMatch=Exact&continue=x",
      ...invalid("Forbidden: resourceVersionMatch is forbidden when continue is provided"),
    ],
    ["limit=many", 400, 'strconv.ParseInt: parsing "many": invalid syntax'],
    ["limit=9223372036854775808", 400, 'strconv.ParseInt: parsing "9223372036854775808": value out of range'],
    ["resourceVersion=2&continue=x", 400, "specifying resource version is not allowed when using continue"],
    ["continue=a.b", 400, "invalid continue token: continue key is not valid: illegal base64 data at input byte 1"],
    [
      `continue=${token({ v: "v9", rv: 1, start: "a" })}`,
      400,
      'invalid continue token: continue key is not valid: server does not recognize this encoded version "v9"',
    ],
    [
      `continue=${token({ v: "meta.k8s.io/v1", start: "a" })}`,
      400,
      "invalid continue token: continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)",
    ],
    [
      `continue=${token({ v: "meta.k8s.io/v1", rv: 1, start: "a/../b" })}`,
      400,
      "invalid continue token: continue key is not valid: a/../b",
    ],
  ])("for %s", (query, status, message) => {
    expect(api.send("GET", `${CONFIG_MAPS}?${query}`)).toMatchObject({ status, body: { message, code: status } })
  })
})
