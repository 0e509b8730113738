import { expect, test } from "vitest"
import { testApi } from "./test-api.ts"

const SERVICES = "/api/v1/namespaces/demo/services"
const PODS = "/api/v1/namespaces/demo/pods"
const DEPLOYMENTS = "/apis/apps/v1/namespaces/demo/deployments"
const MERGE = { "content-type": "application/merge-patch+json" }
const STRATEGIC = { "content-type": "application/strategic-merge-patch+json" }
const JSON_PATCH = { "content-type": "application/json-patch+json" }

const web = (more: object = {}) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web" },
  spec: { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }], ...more },
})
const pod = (name: string, spec: object = {}) => ({
  metadata: { name },
  spec: { containers: [{ name: "c", image: "nginx" }], ...spec },
})
const deployment = {
  metadata: { name: "d" },
  spec: {
    selector: { matchLabels: { app: "d" } },
    template: { metadata: { labels: { app: "d" } }, spec: { containers: [{ name: "c", image: "nginx:1.29" }] } },
  },
}

const spec = (body: Record<string, unknown>) => body.spec as Record<string, unknown>
const metadata = (body: Record<string, unknown>) => body.metadata as Record<string, unknown>

test("a Service gets an address of the dynamic band and a node port above the static band", () => {
  const { body, status } = testApi().send("POST", SERVICES, web({ type: "NodePort" }))
  expect(status).toBe(201)
  const [, , third, fourth] = String(spec(body).clusterIP).split(".").map(Number)
  expect((third ?? 0) * 256 + (fourth ?? 0)).toBeGreaterThan(256)
  const [port] = spec(body).ports as readonly { nodePort: number }[]
  expect(port?.nodePort).toBeGreaterThanOrEqual(30086)
})

test("TCP and UDP of one port share a node port; another Service may not have it", () => {
  const { send } = testApi()
  const ports = [
    { name: "t", port: 53 },
    { name: "u", port: 53, protocol: "UDP" },
  ]
  const { body } = send("POST", SERVICES, web({ type: "NodePort", ports }))
  const [tcp, udp] = spec(body).ports as readonly { nodePort: number }[]
  expect(tcp?.nodePort).toBe(udp?.nodePort)
  const taken = {
    ...web({ type: "NodePort", ports: [{ port: 80, nodePort: tcp?.nodePort }] }),
    metadata: { name: "other" },
  }
  expect(send("POST", SERVICES, taken).body.message).toContain("provided port is already allocated")
})

test("a deleted Service gives its node port back", () => {
  const { send } = testApi()
  send("POST", SERVICES, web({ type: "NodePort", ports: [{ port: 80, nodePort: 30036 }] }))
  expect(send("DELETE", `${SERVICES}/web`).body.kind).toBe("Service")
  expect(send("POST", SERVICES, web({ type: "NodePort", ports: [{ port: 80, nodePort: 30036 }] })).status).toBe(201)
})

test("NodePort to ClusterIP by patch: the node port goes, the cluster IP stays", () => {
  const { send } = testApi()
  const before = spec(send("POST", SERVICES, web({ type: "NodePort" })).body)
  const after = spec(send("PATCH", `${SERVICES}/web`, { spec: { type: "ClusterIP" } }, MERGE).body)
  expect(after.clusterIP).toBe(before.clusterIP)
  expect(after.ports).toEqual([{ protocol: "TCP", port: 80, targetPort: 8080 }])
  expect(after).not.toHaveProperty("externalTrafficPolicy")
})

test("a strategic merge joins ports by number, new ones first; a merge patch replaces the list", () => {
  const { send } = testApi()
  send("POST", SERVICES, web({ ports: [{ name: "http", port: 80 }] }))
  const joined = send("PATCH", `${SERVICES}/web`, { spec: { ports: [{ name: "b", port: 81 }] } }, STRATEGIC).body
  expect((spec(joined).ports as readonly { port: number }[]).map(({ port }) => port)).toEqual([81, 80])
  const clash = send("PATCH", `${SERVICES}/web`, { spec: { ports: [{ name: "http", port: 82 }] } }, STRATEGIC).body
  expect(clash.message).toContain('spec.ports[2].name: Duplicate value: "http"')
  const replaced = send("PATCH", `${SERVICES}/web`, { spec: { ports: [{ port: 90 }] } }, MERGE).body
  expect((spec(replaced).ports as readonly { port: number }[]).map(({ port }) => port)).toEqual([90])
})

test("a patch that changes nothing leaves the resourceVersion", () => {
  const { send } = testApi()
  const before = metadata(send("POST", SERVICES, web()).body).resourceVersion
  const after = send("PATCH", `${SERVICES}/web`, { spec: { type: "ClusterIP" } }, STRATEGIC).body
  expect(metadata(after).resourceVersion).toBe(before)
})

test("a dry run answers like the real thing, with placeholders, and leaves everything as it was", () => {
  const { send, store } = testApi()
  const before = store.revision
  const { body } = send("POST", `${SERVICES}?dryRun=All`, web({ type: "NodePort" }))
  expect(spec(body).clusterIP).toBe("10.96.0.0")
  expect((spec(body).ports as readonly { nodePort: number }[])[0]?.nodePort).toBe(32769)
  expect(store.revision).toBe(before)
})

test("externalIPs are warned of, Endpoints with every request", () => {
  const { send } = testApi()
  expect(send("POST", SERVICES, web({ externalIPs: ["203.0.113.9"] })).warning).toBe(
    '299 - "spec.externalIPs is deprecated and may no longer be implemented in some clusters"',
  )
  expect(send("GET", "/api/v1/namespaces/demo/endpoints").warning).toContain("v1 Endpoints is deprecated in v1.33+")
})

test("a running pod is given its grace period, a pending one goes at once", () => {
  const { send, store } = testApi()
  send("POST", PODS, pod("bound", { nodeName: "node-1" }))
  send("POST", PODS, pod("pending"))
  const { body } = send("DELETE", `${PODS}/bound`)
  expect(metadata(body)).toMatchObject({
    deletionTimestamp: "2026-01-05T09:00:30Z",
    deletionGracePeriodSeconds: 30,
    generation: 2,
  })
  send("DELETE", `${PODS}/pending`)
  expect(store.list("pods", "demo").map((each) => each.metadata.name)).toEqual(["bound"])
  send("DELETE", `${PODS}/bound?gracePeriodSeconds=0`)
  expect(store.list("pods", "demo")).toEqual([])
})

test("a finalizer holds an object until it is taken off", () => {
  const { send, store } = testApi()
  send("POST", SERVICES, { ...web(), metadata: { name: "web", finalizers: ["example.com/hold"] } })
  expect(metadata(send("DELETE", `${SERVICES}/web`).body).deletionTimestamp).toBe("2026-01-05T09:00:00Z")
  expect(store.get("services", "demo", "web")).toBeDefined()
  send("PATCH", `${SERVICES}/web`, { metadata: { finalizers: null } }, MERGE)
  expect(store.get("services", "demo", "web")).toBeUndefined()
})

test("a namespace that is deleted takes no new objects", () => {
  const { send } = testApi()
  const { body } = send("DELETE", "/api/v1/namespaces/demo")
  expect(body.status).toEqual({ phase: "Terminating" })
  const refused = send("POST", SERVICES, web())
  expect(refused.status).toBe(403)
  expect(refused.body.message).toBe(
    'services "web" is forbidden: unable to create new content in namespace demo because it is being terminated',
  )
})

test("a Deployment is completed, scaled and gone with a Status", () => {
  const { send } = testApi()
  expect(spec(send("POST", DEPLOYMENTS, deployment).body)).toMatchObject({
    replicas: 1,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" } },
  })
  const scaled = send("PATCH", `${DEPLOYMENTS}/d/scale`, { spec: { replicas: 3 } }, MERGE)
  expect(scaled.body).toMatchObject({ kind: "Scale", spec: { replicas: 3 }, status: { selector: "app=d" } })
  expect(metadata(send("GET", `${DEPLOYMENTS}/d`).body).generation).toBe(2)
  expect(send("DELETE", `${DEPLOYMENTS}/d`).body).toMatchObject({
    kind: "Status",
    status: "Success",
    details: { kind: "deployments" },
  })
})

test("status has its own door: it changes there and nowhere else", () => {
  const { send } = testApi()
  send("POST", SERVICES, web({ type: "LoadBalancer" }))
  const status = { loadBalancer: { ingress: [{ ip: "172.18.255.200" }] } }
  expect(send("PATCH", `${SERVICES}/web`, { status }, MERGE).body.status).toEqual({ loadBalancer: {} })
  const patched = send("PATCH", `${SERVICES}/web/status`, { status, spec: { sessionAffinity: "ClientIP" } }, MERGE).body
  expect(patched.status).toEqual({ loadBalancer: { ingress: [{ ip: "172.18.255.200", ipMode: "VIP" }] } })
  expect(spec(patched).sessionAffinity).toBe("None")
})

test("a long list is told in pieces", () => {
  const { send } = testApi()
  for (const name of ["a", "b", "c"]) send("POST", PODS, pod(name))
  const first = metadata(send("GET", `${PODS}?limit=2`).body)
  expect(first.remainingItemCount).toBe(1)
  const rest = send("GET", `${PODS}?limit=2&continue=${encodeURIComponent(String(first.continue))}`).body
  expect((rest.items as readonly { metadata: { name: string } }[]).map((each) => each.metadata.name)).toEqual(["c"])
})

test("JSON patch changes, tests and refuses", () => {
  const { send } = testApi()
  send("POST", SERVICES, web())
  const replace = [{ op: "replace", path: "/spec/ports/0/port", value: 81 }]
  expect(
    (spec(send("PATCH", `${SERVICES}/web`, replace, JSON_PATCH).body).ports as readonly { port: number }[])[0]?.port,
  ).toBe(81)
  const failing = [{ op: "test", path: "/spec/ports/0/port", value: 80 }]
  expect(send("PATCH", `${SERVICES}/web`, failing, JSON_PATCH)).toMatchObject({
    status: 422,
    body: { reason: "Invalid" },
  })
})

test("server-side apply takes YAML, of which JSON is a part, under the one media type it has", () => {
  const { send } = testApi()
  const apply = (type: string) => send("PATCH", `${SERVICES}/web?fieldManager=me`, web(), { "content-type": type })
  expect(apply("application/apply-patch+yaml").status).toBe(201)
  expect(apply("application/apply-patch+json").status).toBe(415)
})

test("the log of the only container, and of none that is not there", () => {
  const { send } = testApi()
  send("POST", PODS, pod("one"))
  expect(send("GET", `${PODS}/one/log`).body).toBe("demo/one/c\n")
  expect(send("GET", `${PODS}/one/log?container=x`).body.message).toBe("container x is not valid for pod one")
})

test("a list at an exact revision is as things were then", () => {
  const { send, store } = testApi()
  send("POST", SERVICES, web())
  const then = store.revision
  send("DELETE", `${SERVICES}/web`)
  send("POST", SERVICES, { ...web(), metadata: { name: "later" } })
  const { items } = send("GET", `${SERVICES}?resourceVersion=${then}&resourceVersionMatch=Exact`).body
  expect((items as readonly { metadata: { name: string } }[]).map((each) => each.metadata.name)).toEqual(["web"])
})
