import type { KubeRequest } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import type { Cluster } from "../cluster.ts"
import { createCluster, replayCluster } from "../create-cluster.ts"
import kubectlBodies from "../golden/protobuf-bodies.json" with { type: "json" }
import refusals from "../golden/protobuf-refusals.json" with { type: "json" }
import { bytesOfBase64, message, type Part, protobufBody, utf8 } from "../testing/protobuf-bytes.ts"
import { readableRequest } from "./readable-request.ts"
import { parsePath } from "./request-path.ts"

const PROTOBUF = "application/vnd.kubernetes.protobuf"
const OPTIONS = { seed: 1, topology: { nodes: 1 } }

const cluster = (): Cluster => {
  const made = createCluster(OPTIONS)
  if (!made.ok) throw new Error(made.error.message)
  return made.value
}

const send = (method: KubeRequest["method"], path: string, body?: Uint8Array, headers = {}): KubeRequest => ({
  method,
  path,
  headers: { "content-type": PROTOBUF, accept: `${PROTOBUF},application/json`, ...headers },
  ...(body === undefined ? {} : { body }),
})

const SERVICES = "/api/v1/namespaces/default/services"
const CONFIG_MAPS = "/api/v1/namespaces/default/configmaps"

const isServed = (path: string): boolean => parsePath(path).target.kind === "resource"

describe("what kubectl creates with a protobuf body", () => {
  const served = kubectlBodies.filter(({ path }) => isServed(path) && !path.endsWith("/token"))

  test.each(served)("$command makes what its JSON makes", ({ path, body, json }) => {
    const here = path.replace("/namespaces/shop/", "/namespaces/default/")
    const asJson: KubeRequest = {
      method: "POST",
      path: here,
      headers: { "content-type": "application/json" },
      body: json,
    }
    const answer = cluster().request(send("POST", here, bytesOfBase64(body)))
    expect(answer).toMatchObject({ status: 201, headers: { "content-type": "application/json" } })
    expect(answer).toEqual(cluster().request(asJson))
  })

  test("is logged as JSON, and replayed", () => {
    const first = cluster()
    const [deployment] = kubectlBodies.filter(({ command }) => command.includes("create deployment"))
    const path = "/apis/apps/v1/namespaces/default/deployments"
    first.request(send("POST", path, bytesOfBase64(deployment?.body ?? "")))
    first.request(send("DELETE", `${path}/api`, protobufBody("apps/v1", "DeleteOptions", message([4, "Background"]))))
    first.advance(5000)
    const log = JSON.parse(JSON.stringify(first.log()))
    expect(log.entries).toMatchObject([
      { input: { request: { headers: { "content-type": "application/json" }, body: deployment?.json } } },
      { input: { request: { method: "DELETE", body: { kind: "DeleteOptions", propagationPolicy: "Background" } } } },
    ])
    const again = replayCluster(OPTIONS, log)
    expect(again.ok && again.value.snapshot()).toEqual(first.snapshot())
  })
})

describe("a body that cannot be decoded", () => {
  const rows = refusals.filter(({ path }) => isServed(path))

  test.each(rows)("$name: a server's own words, and nothing in the log", ({ path, body, status, message: words }) => {
    const fresh = cluster()
    const before = fresh.snapshot()
    const answer = fresh.request(send("POST", path, bytesOfBase64(body)))
    expect(answer).toMatchObject({ status, body: { kind: "Status", message: words, code: status } })
    const isDecoded = words.includes("unknown conversion") || words.includes("regular expression")
    expect(fresh.log().entries).toHaveLength(isDecoded ? 1 : 0)
    expect({ ...fresh.snapshot(), data: null }).toEqual({ ...before, data: null })
  })

  test("is refused in a delete too, where only DeleteOptions are known", () => {
    const told = (body: Uint8Array) => {
      const result = readableRequest(send("DELETE", `${SERVICES}/web`, body))
      return result.ok ? result.value.body : result.error.message
    }
    expect(told(new Uint8Array(0))).toBeUndefined()
    expect(told(protobufBody("apps/v1", "DeleteOptions", message([1, 0], [5, "All"])))).toEqual({
      apiVersion: "apps/v1",
      kind: "DeleteOptions",
      gracePeriodSeconds: 0,
      dryRun: ["All"],
    })
    expect(told(protobufBody("v1", "DeleteOptions", [10]))).toBe(
      "proto: wrong wireType = 2 for field GracePeriodSeconds",
    )
    expect(told(protobufBody("v1", "Service", []))).toMatch('no kind "Service" is registered for version "v1"')
  })

  test("with more items than 1 MiB of JSON could hold is too large as well", () => {
    const containers = Array.from({ length: 150_000 }, () => [0x12, 0]).flat()
    const numbers: Part = [14, [[4, Array.from({ length: 150_000 }, () => 1)]]]
    const PODS = "/api/v1/namespaces/default/pods"
    for (const spec of [[2, containers] as const, [2, [numbers]] as const])
      expect(cluster().request(send("POST", PODS, protobufBody("v1", "Pod", message(spec))))).toMatchObject({
        status: 413,
      })
  })

  test("beyond 1 MiB is too large", () => {
    expect(cluster().request(send("POST", SERVICES, new Uint8Array(1024 * 1024 + 1)))).toMatchObject({ status: 413 })
    const data: Part = [
      2,
      [
        [1, "k"],
        [2, "x".repeat(1_000_000)],
      ],
    ]
    const large = protobufBody("v1", "ConfigMap", message([1, [[1, "large"]]], data))
    expect(cluster().request(send("POST", CONFIG_MAPS, large))).toMatchObject({ status: 201 })
  })
})

describe("other requests", () => {
  test("bytes of another type are text", () => {
    const bytes = Uint8Array.from(utf8('{"metadata":{"name":"größe"}}'))
    const request = send("POST", CONFIG_MAPS, bytes, { "content-type": "application/json" })
    expect(readableRequest(request)).toMatchObject({ ok: true, value: { body: '{"metadata":{"name":"größe"}}' } })
  })

  test("a patch in protobuf is of no known type, an unknown path stays unknown, and neither keeps bytes", () => {
    const body = protobufBody("v1", "Service", [])
    const fresh = cluster()
    expect(fresh.request(send("PATCH", `${SERVICES}/kubernetes`, body))).toMatchObject({ status: 415 })
    expect(fresh.request(send("POST", "/apis/example.com/v1/things", body))).toMatchObject({ status: 404 })
    expect(JSON.stringify(fresh.log())).not.toContain('"0":')
  })

  test("protobuf answers are not offered: JSON where it is accepted too, else 406", () => {
    const get = (accept: string) => cluster().request(send("GET", SERVICES, undefined, { accept }))
    const json = { status: 200, headers: { "content-type": "application/json" }, body: { kind: "ServiceList" } }
    expect(get(`${PROTOBUF},application/json`)).toMatchObject(json)
    expect(get(`${PROTOBUF}, */*`)).toMatchObject(json)
    expect(get(PROTOBUF)).toMatchObject({ status: 406, body: { reason: "NotAcceptable" } })
  })

  test("who reads no answer of ours changes nothing", () => {
    const fresh = cluster()
    const body = protobufBody("v1", "ConfigMap", message([1, [[1, "web"]]]))
    const refused = fresh.request(send("POST", CONFIG_MAPS, body, { accept: PROTOBUF }))
    expect(refused).toMatchObject({ status: 406, body: { reason: "NotAcceptable" } })
    expect(fresh.request({ method: "GET", path: `${CONFIG_MAPS}/web` })).toMatchObject({ status: 404 })
  })
})
