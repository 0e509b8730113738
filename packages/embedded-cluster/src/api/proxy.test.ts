import { isStream, type KubeRequest } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import { replayCluster } from "../create-cluster.ts"
import { AGNHOST, createClient, createPod, createService, getPod, startCluster } from "../testing/kube-client.ts"

const started = () => {
  const cluster = startCluster()
  createClient(cluster)
  for (const name of ["a", "b"]) createPod(cluster, name, { image: AGNHOST, args: ["netexec"] }, {}, { app: "web" })
  createService(cluster, "web", {
    selector: { app: "web" },
    ports: [
      { name: "http", port: 80, targetPort: 8080 },
      { name: "none", port: 81, targetPort: 8081 },
    ],
  })
  createService(cluster, "empty", { selector: { app: "nobody" }, ports: [{ port: 80 }] })
  cluster.advance(5000)
  const ask = (path: string, method: KubeRequest["method"] = "GET", headers: Record<string, string> = {}) => {
    const answer = cluster.request({ method, path: `/api/v1/namespaces/default/${path}`, headers })
    if (isStream(answer)) throw new Error("a stream")
    const { message } = typeof answer.body === "object" ? (answer.body as { message: string }) : { message: undefined }
    return { status: answer.status, said: message ?? answer.body, headers: answer.headers }
  }
  return { cluster, ask }
}

describe("the API server's proxy", () => {
  test("passes a request on to a pod's port, over the data plane", () => {
    const { cluster, ask } = started()
    expect(ask("pods/a:8080/proxy/echo?msg=hello&code=418")).toMatchObject({ status: 418, said: "hello" })
    expect(cluster.exchanges().at(-1)).toMatchObject({
      from: { kind: "node", name: "node-1" },
      request: { url: `http://${getPod(cluster, "a").status?.podIP}:8080/echo?msg=hello&code=418` },
    })
    expect(ask("pods/http:a:8080/proxy/hostname", "POST").said).toBe("a")
  })

  test("takes one endpoint of a Service after the other, by the port's name or number", () => {
    const { ask } = started()
    const told = Array.from({ length: 4 }, () => ask("services/web:http/proxy/hostname").said)
    expect(new Set(told)).toEqual(new Set(["a", "b"]))
    expect(ask("services/web:80/proxy/hostname").status).toBe(200)
    expect(ask("services/http:web:http/proxy/header?key=x-forwarded-uri").said).toBe(
      "/api/v1/namespaces/default/services/http:web:http/proxy/header",
    )
  })

  // Recorded from a 1.36 server.
  test("says what a real one says of what it cannot reach", () => {
    const { cluster, ask } = started()
    const ip = getPod(cluster, "a").status?.podIP
    expect(ask("pods/a:9/proxy/")).toMatchObject({
      status: 503,
      said: `error trying to reach service: dial tcp ${ip}:9: connect: connection refused`,
    })
    expect(ask("services/web:none/proxy/hostname").said).toMatch(
      /^error trying to reach service: dial tcp 10\.244\.\d+\.\d+:8081: connect: connection refused$/,
    )
    expect(ask("services/web:99/proxy/")).toMatchObject({
      status: 503,
      said: 'no service port 99 found for service "web"',
    })
    expect(ask("services/web/proxy/").said).toBe('no endpoints available for service "web"')
    expect(ask("services/empty/proxy/").said).toBe('no endpoints available for service "empty"')
    expect(ask("services/nothing/proxy/")).toMatchObject({ status: 404, said: 'services "nothing" not found' })
    expect(ask("services/a:b:c/proxy/")).toMatchObject({ status: 400, said: 'invalid service request "a:b:c"' })
  })

  test("sends a browser to the path with a slash at its end", () =>
    expect(started().ask("services/web:http/proxy")).toMatchObject({
      status: 301,
      headers: { location: "/api/v1/namespaces/default/services/web:http/proxy/" },
    }))

  test("lets only those through who may", () =>
    expect(started().ask("pods/a:8080/proxy/", "GET", { "impersonate-user": "jane" })).toMatchObject({
      status: 403,
      said: 'pods "a:8080" is forbidden: User "jane" cannot get resource "pods/proxy" in API group "" in the namespace "default"',
    }))

  test("is an input like any request over the data plane: a log replays what it did", () => {
    const { cluster, ask } = started()
    ask("pods/a:8080/proxy/exit?code=3")
    cluster.advance(1000)
    const replayed = replayCluster(cluster.options, cluster.log())
    if (!replayed.ok) throw new Error(replayed.error.message)
    expect(replayed.value.snapshot()).toEqual(cluster.snapshot())
    expect(getPod(cluster, "a").status?.containerStatuses?.[0]?.restartCount).toBe(1)
  })
})
