import { describe, expect, test } from "vitest"
import {
  AGNHOST,
  createClient,
  createPod,
  createService,
  curlFromClient,
  getPod,
  said,
  startCluster,
} from "../testing/kube-client.ts"
import { parseUrl } from "./url.ts"

const CLIENT = { kind: "pod", namespace: "default", name: "client" } as const

const started = () => {
  const cluster = startCluster()
  createClient(cluster)
  createPod(cluster, "web", { image: AGNHOST, args: ["netexec"] }, {}, { app: "web" })
  createService(cluster, "web", { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] })
  cluster.advance(3000)
  return cluster
}

describe("a URL", () => {
  test.each([
    ["web", { scheme: "http", host: "web", port: 80, path: "/", hostHeader: "web" }],
    ["http://web:8080/echo?msg=a b", undefined],
    [
      "http://web:8080/echo?msg=a#x",
      { scheme: "http", host: "web", port: 8080, path: "/echo?msg=a", hostHeader: "web:8080" },
    ],
    [
      "https://user@172.18.255.200",
      { scheme: "https", host: "172.18.255.200", port: 443, path: "/", hostHeader: "172.18.255.200" },
    ],
    ["web?x=1", { scheme: "http", host: "web", port: 80, path: "/?x=1", hostHeader: "web" }],
    ["web:99999", undefined],
    ["http://", undefined],
  ])("%s is read as curl reads it", (text, expected) => {
    const parsed = parseUrl(text)
    expect(parsed.ok ? parsed.value : undefined).toEqual(expected)
  })

  test("of another kind is refused with curl's exit code", () => {
    const cluster = started()
    expect(curlFromClient(cluster, "gopher://web").outcome).toMatchObject({ exitCode: 1 })
    expect(curlFromClient(cluster, "web:99999").outcome).toMatchObject({ exitCode: 3 })
  })
})

describe("a request", () => {
  test("carries its Host, path and headers to the process, which sees the client's address", () => {
    const cluster = started()
    const from = { method: "GET", url: "web.default/header?key=x-ship", headers: { "X-Ship": "Argo" } }
    expect(said(cluster.http(CLIENT, from))).toBe("Argo")
    expect(said(curlFromClient(cluster, "web/header?key=host"))).toBe("web")
    const ip = getPod(cluster, "client").status?.podIP
    expect(said(curlFromClient(cluster, "web/clientip"))).toMatch(new RegExp(`^${ip}:\\d{5}$`))
  })

  test("that nobody answers waits as long as curl lets it, in curl's words", () => {
    const cluster = started()
    const ask = (limits: object) => cluster.http(CLIENT, { method: "GET", url: "web:81", ...limits })
    const total = ask({ maxTimeMs: 2000 })
    expect([total.durationMs, said(total)]).toEqual([2000, "(28) Connection timed out after 2000 milliseconds"])
    const connect = ask({ connectTimeoutMs: 1500, maxTimeMs: 9000 })
    expect([connect.durationMs, said(connect)]).toEqual([
      1500,
      "(28) Failed to connect to web port 81 after 1500 ms: Timeout was reached",
    ])
    const patient = ask({})
    expect(patient.durationMs).toBeGreaterThanOrEqual(127_000)
    expect(patient.outcome).toMatchObject({ exitCode: 28 })
  })

  test("to the API server gets as far as its certificate", () => {
    const cluster = started()
    expect(curlFromClient(cluster, "https://kubernetes.default").outcome).toMatchObject({ exitCode: 60 })
    expect(curlFromClient(cluster, "http://kubernetes.default:443").outcome).toMatchObject({ status: 400 })
  })

  test("is kept with its trace, the last thousand of them", () => {
    const cluster = started()
    for (let index = 0; index < 1005; index += 1) curlFromClient(cluster, "web")
    expect(cluster.exchanges()).toHaveLength(1000)
    expect(cluster.exchanges()[999]).toMatchObject({ id: 1005, trace: { verdict: "delivered" } })
  })
})

describe("ping", () => {
  test("reaches pods and nodes, but no cluster IP", () => {
    const cluster = started()
    expect(cluster.ping(CLIENT, getPod(cluster, "web").status?.podIP ?? "").outcome).toBe("reply")
    expect(cluster.ping(CLIENT, "172.18.0.3").outcome).toBe("reply")
    expect(cluster.ping(CLIENT, "web")).toMatchObject({ outcome: "loss", ip: expect.stringMatching(/^10\.96\./) })
    expect(cluster.ping(CLIENT, "nobody").outcome).toBe("unknown-host")
    expect(
      cluster.ping({ kind: "outside", ip: "203.0.113.7" }, getPod(cluster, "web").status?.podIP ?? "").outcome,
    ).toBe("loss")
  })

  test("is told off by the node in nftables mode", () => {
    const cluster = startCluster({ config: { proxyMode: "nftables" } })
    expect(cluster.ping({ kind: "node", name: "node-2" }, "10.96.0.10")).toMatchObject({
      outcome: "port-unreachable",
      reporter: "172.18.0.3",
      notPermitted: true,
    })
  })
})
