import type { IncomingMessage } from "node:http"
import { createInterface } from "node:readline"
import { text } from "node:stream/consumers"
import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type ServedCluster, serveCluster } from "../testing/served-cluster.ts"

let served: ServedCluster
beforeAll(async () => {
  served = await serveCluster()
})
afterAll(() => served.close())

const PODS = "/api/v1/namespaces/default/pods"
const JSON_TYPE = { headers: { "content-type": "application/json" } }

const configMap = (name: string, data: object = {}): string =>
  JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data })

const CONFIG_MAPS = "/api/v1/namespaces/default/configmaps"

interface Told {
  readonly type: string
  readonly object: { readonly metadata: { readonly name: string }; readonly data?: Readonly<Record<string, string>> }
}

/** The first lines of a watch, as they come. */
const linesOf = (response: IncomingMessage) => {
  const lines = createInterface(response)[Symbol.asyncIterator]()
  const told: Told[] = []
  return async (count: number): Promise<readonly Told[]> => {
    while (told.length < count) {
      const line = await lines.next()
      if (line.done) throw new Error("the watch has ended")
      told.push(JSON.parse(line.value))
    }
    return told
  }
}

describe("the API over HTTPS", () => {
  test("answers with the cluster's own bodies and headers", async () => {
    const { status, headers, body, text } = await served.ask("GET", "/api/v1/nodes")
    expect(status).toBe(200)
    expect(headers).toMatchObject({ "content-type": "application/json", "cache-control": "no-cache, private" })
    expect(body).toMatchObject({ kind: "NodeList", items: [{ metadata: { name: "node-1" } }, {}, {}] })
    expect(text.endsWith("}\n")).toBe(true)
  })

  test("says what is wrong as a Status", async () => {
    expect(await served.ask("GET", `${PODS}/none`)).toMatchObject({
      status: 404,
      body: { kind: "Status", reason: "NotFound", message: 'pods "none" not found', code: 404 },
    })
    expect(await served.ask("POST", PODS, JSON_TYPE, "{")).toMatchObject({ status: 400, body: { kind: "Status" } })
  })

  test("answers nobody without the token, not even what the version is", async () => {
    for (const authorization of ["", "Bearer other"])
      expect(await served.ask("GET", "/version", { headers: { authorization } })).toMatchObject({
        status: 401,
        body: { kind: "Status", reason: "Unauthorized" },
      })
  })

  test("answers no web page, whatever name it reached this machine by", async () => {
    expect(
      (await served.ask("GET", "/version", { headers: { host: "evil.example" }, servername: "localhost" })).status,
    ).toBe(403)
    expect((await served.ask("GET", "/version", { headers: { origin: "https://evil.example" } })).status).toBe(403)
    const preflight = await served.ask("OPTIONS", "/version", { headers: { origin: "https://evil.example" } })
    expect(preflight.status).toBe(403)
    expect(preflight.headers["access-control-allow-origin"]).toBeUndefined()
  })

  test("HEAD gets headers alone, also of a watch; OPTIONS is refused with what there is", async () => {
    const whole = await served.ask("GET", "/version")
    const head = await served.ask("HEAD", "/version")
    expect(head).toMatchObject({ status: 200, text: "", headers: { "content-length": String(whole.text.length) } })
    expect(await served.ask("HEAD", `${PODS}?watch=true`)).toMatchObject({ status: 200, text: "" })
    expect(await served.ask("OPTIONS", "/version")).toMatchObject({
      status: 405,
      headers: { allow: "GET, HEAD, POST, PUT, PATCH, DELETE" },
      body: { reason: "MethodNotAllowed" },
    })
  })

  test("takes YAML", async () => {
    const yaml = { headers: { "content-type": "application/yaml" } }
    const body = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: of-yaml}\ndata: {ü: '1'}\n"
    expect((await served.ask("POST", CONFIG_MAPS, yaml, body.replace("ü", "u"))).status).toBe(201)
    expect((await served.ask("POST", CONFIG_MAPS, yaml, body)).status).toBe(422)
  })

  test("keeps a connection for the next request", async () => {
    const { headers } = await served.ask("GET", "/version")
    expect(headers.connection).toBe("keep-alive")
  })
})

describe("a body", () => {
  test("of just a MiB is read, of a byte more refused, whether its length is told or not", async () => {
    const limit = 1024 * 1024
    const body = Buffer.alloc(limit + 1, " ")
    body.write(configMap("large"))
    expect((await served.ask("POST", CONFIG_MAPS, JSON_TYPE, body.subarray(0, limit))).status).toBe(201)
    const refused = {
      status: 413,
      body: { kind: "Status", reason: "RequestEntityTooLarge", message: "Request entity too large: limit is 1048576" },
    }
    expect(await served.ask("POST", CONFIG_MAPS, JSON_TYPE, body)).toMatchObject(refused)
    const chunked = { headers: { ...JSON_TYPE.headers, "transfer-encoding": "chunked" } }
    expect(await served.ask("POST", CONFIG_MAPS, chunked, body)).toMatchObject(refused)
    expect(await served.ask("POST", CONFIG_MAPS, JSON_TYPE, Buffer.alloc(8 * limit))).toMatchObject(refused)
  })

  test.each([
    ["a byte order mark", Buffer.from("\ufeff{}")],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x80])],
    ["what is packed, which no API server unpacks", gzipSync(Buffer.alloc(64 * 1024 * 1024, "{"))],
    ["brackets without end", Buffer.alloc(1024 * 1024, "[")],
  ])("of %s is a bad request", async (_, body) => {
    const headers = { ...JSON_TYPE.headers, "content-encoding": body[0] === 0x1f ? "gzip" : "identity" }
    expect(await served.ask("POST", CONFIG_MAPS, { headers }, body)).toMatchObject({
      status: 400,
      body: { kind: "Status", reason: "BadRequest", code: 400 },
    })
    expect(served.errors).toEqual([])
  })

  test("in YAML that grows without end is a bad request", async () => {
    const lines = [..."bcdefghijkl"].map((key, at, all) => `${key}: &${key} [${`*${all[at - 1] ?? "a"},`.repeat(9)}1]`)
    const yaml = { headers: { "content-type": "application/yaml" } }
    const answer = await served.ask("POST", CONFIG_MAPS, yaml, `a: &a [1,1]\n${lines.join("\n")}\n`)
    expect(answer).toMatchObject({ status: 400, body: { kind: "Status" } })
  })

  test("that is longer than was said is cut there: what follows is no request", async () => {
    const body = configMap("told-shorter")
    const headers = { ...JSON_TYPE.headers, "content-length": "10", connection: "close" }
    expect((await served.ask("POST", CONFIG_MAPS, { headers }, body)).status).toBe(400)
    expect((await served.ask("GET", `${CONFIG_MAPS}/told-shorter`)).status).toBe(404)
    expect(served.errors).toEqual([])
  })

  test("that never ends because its sender left is no mistake of the server", async () => {
    const left = new AbortController()
    const headers = { ...JSON_TYPE.headers, "content-length": "100" }
    const asked = served.open("POST", CONFIG_MAPS, { headers, signal: left.signal }, "{")
    setTimeout(() => left.abort(), 20)
    await expect(asked).rejects.toThrow()
    expect((await served.ask("GET", "/version")).status).toBe(200)
    expect(served.errors).toEqual([])
  })
})

describe("a watch", () => {
  test("tells each change in a line as it happens", async () => {
    const response = await served.open("GET", `${CONFIG_MAPS}?watch=true&fieldSelector=metadata.name%3Dnews`)
    expect(response.headers["transfer-encoding"]).toBe("chunked")
    const lines = linesOf(response)
    await served.ask("POST", CONFIG_MAPS, JSON_TYPE, configMap("news"))
    const patch = { headers: { "content-type": "application/merge-patch+json" } }
    await served.ask("PATCH", `${CONFIG_MAPS}/news`, patch, '{"data":{"a":"b"}}')
    await served.ask("DELETE", `${CONFIG_MAPS}/news`)
    expect((await lines(3)).map(({ type, object }) => [type, object.metadata.name])).toEqual([
      ["ADDED", "news"],
      ["MODIFIED", "news"],
      ["DELETED", "news"],
    ])
    response.destroy()
  })

  test("tells what happens by itself in the cluster's time", async () => {
    const response = await served.open("GET", `${PODS}?watch=true`)
    const lines = linesOf(response)
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "p" },
      spec: { containers: [{ name: "p", image: "nginx" }] },
    }
    await served.ask("POST", PODS, JSON_TYPE, JSON.stringify(pod))
    const [added, bound] = await lines(2)
    expect(added).toMatchObject({ type: "ADDED", object: { metadata: { name: "p" } } })
    expect(bound).toMatchObject({ type: "MODIFIED", object: { spec: { nodeName: expect.any(String) } } })
    response.destroy()
  })

  test("that is not read waits for its reader and then tells everything", async () => {
    const response = await served.open("GET", `${CONFIG_MAPS}?watch=true&fieldSelector=metadata.name%3Dbig`)
    await served.ask("POST", CONFIG_MAPS, JSON_TYPE, configMap("big", { text: "x".repeat(300_000) }))
    const patch = { headers: { "content-type": "application/merge-patch+json" } }
    // More than sockets hold.
    for (let round = 1; round < 40; round += 1)
      await served.ask("PATCH", `${CONFIG_MAPS}/big`, patch, JSON.stringify({ data: { round: String(round) } }))
    const told = await linesOf(response)(40)
    expect(told.map(({ object }) => object.data?.round)).toEqual([
      undefined,
      ...Array.from({ length: 39 }, (_, index) => String(index + 1)),
    ])
    response.destroy()
  })

  test("comes to an orderly end when the server does", async () => {
    const other = await serveCluster()
    const response = await other.open("GET", "/api/v1/nodes?watch=true")
    const told = text(response)
    await other.close()
    expect((await told).trimEnd().split("\n")).toHaveLength(3)
    expect(response.complete).toBe(true)
    await expect(other.ask("GET", "/version")).rejects.toThrow("ECONNREFUSED")
  })
})
