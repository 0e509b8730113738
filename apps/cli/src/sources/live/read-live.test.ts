import { rmSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { afterEach, describe, expect, test } from "vitest"
import { folderWith, runIn } from "../../testing/command-line.ts"
import { shopDnsSlice, shopNodes, shopPods, shopServices, shopSlices } from "../../testing/running-shop.ts"

interface Asked {
  readonly path: string
  readonly token: string | undefined
  readonly method: string | undefined
}

type Answer = { readonly status: number; readonly body: object }

const list = (kind: string, items: readonly object[], next = ""): Answer => ({
  status: 200,
  // A server's lists do not repeat kind and apiVersion in their items.
  body: {
    kind: `${kind}List`,
    apiVersion:
      kind === "EndpointSlice" ? "discovery.k8s.io/v1" : kind === "NetworkPolicy" ? "networking.k8s.io/v1" : "v1",
    metadata: { resourceVersion: "7", ...(next ? { continue: next } : {}) },
    items: items.map((item) => ({ ...item, kind: undefined, apiVersion: undefined })),
  },
})

const refusal = (status: number, message: string): Answer => ({
  status,
  body: { kind: "Status", apiVersion: "v1", status: "Failure", message, code: status },
})

const notFound = refusal(404, "not found")

const proxyConfig: Answer = {
  status: 200,
  body: {
    kind: "ConfigMap",
    apiVersion: "v1",
    metadata: { name: "kube-proxy", namespace: "kube-system" },
    data: {
      "config.conf":
        'kind: KubeProxyConfiguration\nmode: nftables\nclusterCIDR: 10.50.0.0/16\nnodePortAddresses: ["primary"]\n',
    },
  },
}

/** Answers like the API server of the shop; `pods` in pages of two. */
const shop = (path: string, query: URLSearchParams): Answer => {
  if (path === "/api/v1/nodes") return list("Node", shopNodes)
  if (path === "/api/v1/namespaces") return list("Namespace", [{ metadata: { name: "shop" } }])
  if (path === "/api/v1/services") return list("Service", shopServices)
  if (path.endsWith("/endpointslices")) return list("EndpointSlice", [...shopSlices, shopDnsSlice])
  if (path.endsWith("/networkpolicies")) return list("NetworkPolicy", [])
  if (path === "/api/v1/pods")
    return query.get("continue") === "page 2"
      ? list("Pod", shopPods.slice(2))
      : list("Pod", shopPods.slice(0, 2), "page 2")
  return path.endsWith("/configmaps/kube-proxy") ? proxyConfig : notFound
}

const open: { servers: Server[]; folders: string[] } = { servers: [], folders: [] }
afterEach(async () => {
  for (const server of open.servers) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  for (const folder of open.folders) rmSync(folder, { recursive: true })
  open.servers = []
  open.folders = []
})

const serve = async (answer: (path: string, query: URLSearchParams, asked: readonly Asked[]) => Answer) => {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost")
    asked.push({ path: url.pathname, token: request.headers.authorization, method: request.method })
    const { status, body } = answer(url.pathname, url.searchParams, asked)
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  open.servers.push(server)
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const kubeconfig = (server: string): string =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "harbour",
    clusters: [{ name: "c", cluster: { server, "insecure-skip-tls-verify": true } }],
    users: [{ name: "u", user: { token: "pass" } }],
    contexts: [
      { name: "harbour", context: { cluster: "c", user: "u", namespace: "shop" } },
      { name: "lost", context: { cluster: "nowhere", user: "u" } },
    ],
  })

const folderFor = (server: string): string => {
  const folder = folderWith({ ".kube/config": kubeconfig(server) })
  open.folders.push(folder)
  return folder
}

const ask = async (server: string, ...args: readonly string[]) => runIn(folderFor(server), ["trace", ...args])

describe("a live cluster", () => {
  test("is read in pages, with the context's credentials and namespace, and never written to", async () => {
    const { asked, url } = await serve(shop)
    const ran = await ask(url, "client-5d8-c", "web:8000", "-o", "json")
    expect(ran.exitCode).toBe(0)
    const trace = JSON.parse(ran.out)
    expect(trace).toMatchObject({ verdict: "delivered", request: { from: { namespace: "shop" } } })
    expect(trace.backends).toHaveLength(2)
    expect(asked.filter(({ path }) => path === "/api/v1/pods")).toHaveLength(2)
    expect(new Set(asked.map(({ token, method }) => `${method} ${token}`))).toEqual(new Set(["GET Bearer pass"]))
  })

  test("is named before it is read, with where the context comes from", async () => {
    const { url } = await serve(shop)
    const ran = await ask(url, "client-5d8-c", "web:8000")
    expect(ran.err).toMatch(
      /^Reading context harbour \(the current context of .*\.kube\/config\) at http:\/\/127\.0\.0\.1:\d+\.\n/,
    )
    expect(ran.err).toContain("Guessed: service network 10.60.0.0/16")
    expect(ran.err).not.toContain("in iptables mode")
  })

  test("is found through --kubeconfig and $KUBECONFIG, whose files count as one", async () => {
    const { url } = await serve(shop)
    const folder = folderWith({ "mine.yaml": kubeconfig(url), "other.yaml": kubeconfig("http://127.0.0.1:1") })
    open.folders.push(folder)
    const request = ["trace", "client-5d8-c", "web:8000"]
    expect((await runIn(folder, [...request, "--kubeconfig", "mine.yaml", "--context", "harbour"])).exitCode).toBe(0)
    const env = { KUBECONFIG: ["nope", "mine.yaml", "other.yaml"].map((name) => join(folder, name)).join(":") }
    expect((await runIn(folder, request, { env })).exitCode).toBe(0)
  })

  test("is read without credentials and encryption behind kubectl proxy, but not with credentials", async () => {
    const { asked, url } = await serve(shop)
    const config = JSON.parse(kubeconfig(url))
    delete config.clusters[0].cluster["insecure-skip-tls-verify"]
    const secret = folderWith({ ".kube/config": JSON.stringify(config) })
    const free = folderWith({ ".kube/config": JSON.stringify({ ...config, users: [] }) })
    open.folders.push(secret, free)
    const refused = await runIn(secret, ["trace", "client-5d8-c", "web:8000"])
    expect([refused.exitCode, asked.length]).toEqual([2, 0])
    expect(refused.err).toContain("is reached without encryption")
    expect((await runIn(free, ["trace", "client-5d8-c", "web:8000"])).exitCode).toBe(0)
  })

  test("whose list grew too old while it was read is listed again", async () => {
    const { url } = await serve((path, query, asked) => {
      const times = asked.filter((each) => each.path === path).length
      return path === "/api/v1/pods" && times === 2
        ? refusal(410, "The provided continue parameter is too old")
        : shop(path, query)
    })
    const ran = await ask(url, "client-5d8-c", "web:8000", "-o", "json")
    expect(JSON.parse(ran.out).backends).toHaveLength(2)
    expect(ran.err).not.toContain("more than once")
  })
})

describe("a cluster that cannot be read says why and what to do", () => {
  test("nobody listens", async () => {
    const { url } = await serve(shop)
    for (const server of open.servers) await new Promise((resolve) => server.close(resolve))
    open.servers = []
    const ran = await ask(url, "client-5d8-c", "web")
    expect(ran.exitCode).toBe(2)
    expect(ran.err).toContain(`the API server ${url} of context harbour refuses the connection`)
    expect(ran.err).toContain("kubectl --context harbour get nodes")
    expect(ran.err).toContain("Other contexts: lost.")
  })

  test("the credentials are not accepted, or do not suffice", async () => {
    const strangers = await serve(() => refusal(401, "Unauthorized"))
    const unknown = await ask(strangers.url, "client-5d8-c", "web")
    expect([unknown.exitCode, unknown.err]).toEqual([
      2,
      expect.stringContaining("does not accept the credentials of context harbour: Unauthorized"),
    ])
    const { url } = await serve((path, query) =>
      path === "/api/v1/nodes"
        ? refusal(403, 'nodes is forbidden: User "u" cannot list resource "nodes"')
        : shop(path, query),
    )
    const forbidden = await ask(url, "client-5d8-c", "web")
    expect(forbidden.err).toContain('you may not list nodes in context harbour: nodes is forbidden: User "u"')
    expect(forbidden.err).toContain("list on nodes in all namespaces")
  })

  test("the context or its cluster is not in the kubeconfig", async () => {
    const { url } = await serve(shop)
    const unknown = await ask(url, "client-5d8-c", "web", "--context", "port")
    expect([unknown.exitCode, unknown.err]).toEqual([
      2,
      expect.stringContaining("has no context port\n    Choose with --context: harbour, lost."),
    ])
    const lost = await ask(url, "client-5d8-c", "web", "--context", "lost")
    expect(lost.err).toContain("context lost names the cluster nowhere, which is not there")
  })

  test("there is no kubeconfig, or it is none", async () => {
    const folder = folderWith({ "broken.yaml": "clusters: {" })
    open.folders.push(folder)
    expect((await runIn(folder, ["trace", "a", "b"])).err).toContain(
      "config: there is no such kubeconfig, and no -f was given",
    )
    const broken = await runIn(folder, ["trace", "a", "b", "--kubeconfig", "broken.yaml"])
    expect([broken.exitCode, broken.err]).toEqual([2, expect.stringContaining("broken.yaml: is no kubeconfig: ")])
  })

  test("what answers is no API server", async () => {
    const { url } = await serve(() => ({ status: 200, body: { hello: "world" } }))
    const ran = await ask(url, "client-5d8-c", "web")
    expect(ran.exitCode).toBe(2)
    expect(ran.err).not.toBe("")
  })
})
