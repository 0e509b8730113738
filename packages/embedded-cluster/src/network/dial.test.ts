import type { ServicePort } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import type { Cluster, DialRequest } from "../cluster.ts"
import { replayCluster } from "../create-cluster.ts"
import { AGNHOST, createClient, createPod, createService, startCluster } from "../testing/kube-client.ts"

const CLIENT = { kind: "pod", namespace: "default", name: "client" } as const
const PORTS: readonly ServicePort[] = [
  { name: "http", port: 80, targetPort: 8080 },
  { name: "udp", port: 81, targetPort: 8081, protocol: "UDP" },
]

const started = (args: readonly string[] = ["netexec"], ports: readonly ServicePort[] = PORTS): Cluster => {
  const cluster = startCluster()
  createClient(cluster)
  createPod(cluster, "web", { image: AGNHOST, args }, {}, { app: "web" })
  createService(cluster, "web", { selector: { app: "web" }, ports })
  cluster.advance(3000)
  return cluster
}

const asked = (cluster: Cluster, request: Partial<DialRequest>): unknown => {
  const { outcome } = cluster.dial(CLIENT, { host: "web", port: 80, protocol: "TCP", ...request })
  return outcome.kind === "open" ? outcome.reply : outcome.verdict
}

test("over UDP a Service's pod answers the words that it knows, and no others", () => {
  const cluster = started()
  const over = (payload: string): unknown => asked(cluster, { port: 81, protocol: "UDP", payload })
  expect(over("hostName\n")).toBe("web")
  expect(over("echo all hands")).toBe("all hands")
  expect(over("clientip")).toMatch(/^10\.244\.\d+\.\d+:\d{5}$/)
  expect(over("X")).toBeUndefined()
})

test("a request typed by hand is answered as an HTTP server does, anything else with 400", () => {
  const cluster = started()
  const page = asked(cluster, { payload: "GET /hostname HTTP/1.1\nHost: web\n\n" })
  expect(page).toMatch(/^HTTP\/1\.1 200 OK\r\n(.+\r\n)+\r\nweb$/)
  expect(asked(cluster, { payload: "hostName\n" })).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  expect(asked(cluster, {})).toBeUndefined()
})

test("serve-hostname says its name over the protocols that its flags name", () => {
  const cluster = started(
    ["serve-hostname", "--tcp", "--udp", "--port=9000"],
    [
      { name: "tcp", port: 80, targetPort: 9000 },
      { name: "udp", port: 81, targetPort: 9000, protocol: "UDP" },
    ],
  )
  expect(asked(cluster, { payload: "x" })).toBe("web\n")
  expect(asked(cluster, { port: 81, protocol: "UDP", payload: "x" })).toBe("web\n")
})

test("what the data plane refuses, drops or does not know is told, no later than the client waits", () => {
  const cluster = started()
  expect(asked(cluster, { host: "nobody" })).toBe("name-not-found")
  const lost = cluster.dial(CLIENT, { host: "web", port: 82, protocol: "TCP", timeoutMs: 2000 })
  expect([lost.outcome, lost.durationMs]).toEqual([{ kind: "failure", verdict: "timeout" }, 2000])
  expect(
    asked(cluster, {
      host: cluster.trace({ from: CLIENT, to: "web", port: 80, protocol: "TCP" }).chosen?.ip ?? "",
      port: 7,
    }),
  ).toBe("refused")
})

test("a connection is an input of the log: replay gives the identical state", () => {
  const cluster = started()
  asked(cluster, { payload: "GET /exit?code=3 HTTP/1.0\n\n" })
  cluster.advance(5000)
  const again = replayCluster(cluster.options, cluster.log())
  expect(again.ok && again.value.snapshot()).toEqual(cluster.snapshot())
})
