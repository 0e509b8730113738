import type { EndpointSlice, KubeEvent, KubeObject, Pod, Service, ServiceSpec } from "@pilotage/kube-model"
import type { ListeningSocket, Origin } from "@pilotage/routing-core"
import { expect, test } from "vitest"
import type { LearnerCurl } from "./cluster-port.ts"
import { grade } from "./grade.ts"
import type { Answers, LabBrief } from "./lab.ts"
import { type Paper, paperPort } from "./paper-port.ts"
import type { CheckResult } from "./result.ts"
import { checkSchema } from "./schema/check-schema.ts"

const node = (number: number): KubeObject => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: `node-${number}` },
  spec: { podCIDR: `10.244.${number}.0/24` },
  status: { addresses: [{ type: "InternalIP", address: `172.18.0.${number + 1}` }] },
})

const pod = (name: string, ip: string, labels: Record<string, string>, nodeName: string): Pod => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "shop", labels },
  spec: { nodeName, containers: [] },
  status: { phase: "Running", podIP: ip, conditions: [{ type: "Ready", status: "True" }] },
})

const service = (spec: Partial<ServiceSpec> = {}): Service => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop", uid: "one" },
  spec: {
    type: "ClusterIP",
    clusterIP: "10.96.7.7",
    selector: { app: "web" },
    ports: [{ port: 80, targetPort: 8080, protocol: "TCP" }],
    ...spec,
  },
})

const slice = (port: number, names: readonly (readonly [string, string])[]): EndpointSlice => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "web-abcde", namespace: "shop", labels: { "kubernetes.io/service-name": "web" } },
  addressType: "IPv4",
  ports: [{ name: "", port, protocol: "TCP" }],
  endpoints: names.map(([name, ip]) => ({
    addresses: [ip],
    conditions: { ready: true, serving: true, terminating: false },
    nodeName: "node-2",
    targetRef: { kind: "Pod", namespace: "shop", name },
  })),
})

const WEB: readonly (readonly [string, string])[] = [
  ["web-0", "10.244.2.10"],
  ["web-1", "10.244.2.11"],
]
const listens: ReadonlyMap<string, readonly ListeningSocket[]> = new Map(
  WEB.map(([name]) => [`shop/${name}`, [{ address: "0.0.0.0", port: 8080, protocol: "TCP" }]]),
)

const pods = [
  pod("client", "10.244.1.5", { app: "client" }, "node-1"),
  ...WEB.map(([name, ip]) => pod(name, ip, { app: "web" }, "node-2")),
]
const healthy: Paper = {
  objects: [node(1), node(2), ...pods, service(), slice(8080, WEB)],
  sockets: listens,
}

const lab = (...checks: readonly object[]): LabBrief => ({
  id: "test",
  title: "Test",
  summary: "Test.",
  minutes: 1,
  namespace: "shop",
  cluster: { nodes: 2, proxyMode: "iptables", loadBalancer: "none", seed: 1 },
  tasks: [
    {
      id: "all",
      title: "All",
      instructions: "All.",
      checks: checks.map((check, index) => checkSchema.parse({ id: `check-${index}`, title: "It holds", ...check })),
      hints: [{ id: "look", text: "Look." }],
    },
  ],
  debrief: "Done.",
  version: "v1",
  start: [],
  home: {},
})

const check = async (what: object, paper: Paper, answers: Answers = {}): Promise<CheckResult> => {
  const result = await grade(lab(what), paperPort(paper), answers, { atMostMs: 0 })
  const [first] = result.checks
  if (!first) throw new Error("there is no result")
  return first
}

const client = { pod: { labels: "app=client" } }
const curlWeb = {
  kind: "curl",
  hint: "look",
  from: client,
  url: "http://web",
  connections: 10,
  expect: { status: 200, backends: { labels: "app=web" }, share: { atLeast: 0.3 } },
}

test("a curl that arrives where it must passes, over many connections", async () => {
  expect(await check(curlWeb, healthy)).toMatchObject({ status: "pass", weight: 1 })
})

test("a curl that fails is explained by routing-core: reason, sentence and hint", async () => {
  const broken = { ...healthy, objects: [node(1), node(2), ...pods, service(), slice(9090, WEB)] }
  const result = await check(curlWeb, broken)
  expect(result).toMatchObject({ status: "fail", reason: "wrong-target-port", hintId: "look" })
  expect(result.observed).toContain("curl: (7)")
  expect(result.why).not.toBe("")
})

test("an answer from a pod that must not answer fails, as does an uneven share", async () => {
  const stranger = { ...curlWeb, expect: { backends: { labels: "app=client" } } }
  expect(await check(stranger, healthy)).toMatchObject({ status: "fail", reason: "wrong-backend" })
  const greedy = { ...curlWeb, expect: { backends: { labels: "app=web" }, share: { atMost: 0.4 } } }
  expect(await check(greedy, healthy)).toMatchObject({ status: "fail", reason: "share-differs" })
})

test("a curl that must fail passes when it does, and fails when it is answered", async () => {
  const outside = { kind: "curl", from: { outside: "client" }, url: "http://{clusterIP:web}", expect: { exitCode: 28 } }
  expect(await check(outside, healthy)).toMatchObject({ status: "pass" })
  const inside = { ...outside, from: client }
  expect(await check(inside, healthy)).toMatchObject({ status: "fail", reason: "unexpected-success" })
})

test("the client address that the pod sees is compared with an address or a range", async () => {
  const source = (text: string): object => ({ ...curlWeb, expect: { source: text } })
  expect(await check(source("10.244.1.0/24"), healthy)).toMatchObject({ status: "pass" })
  expect(await check(source("172.18.0.2"), healthy)).toMatchObject({ status: "fail", reason: "source-differs" })
})

test("without a sender or an address there is a reason, not an error", async () => {
  expect(await check({ ...curlWeb, from: { pod: { labels: "app=none" } } }, healthy)).toMatchObject({
    status: "fail",
    reason: "client-missing",
  })
  expect(await check({ ...curlWeb, url: "http://{loadBalancerIP:web}" }, healthy)).toMatchObject({
    status: "fail",
    reason: "address-missing",
  })
})

test("endpoints are counted, must be the named pods, and their absence is explained", async () => {
  const count = { kind: "endpoints", service: { name: "web" }, ready: { equals: 2 }, pods: { labels: "app=web" } }
  expect(await check(count, healthy)).toMatchObject({ status: "pass" })
  const mismatch = { objects: [node(1), ...pods, service({ selector: { app: "wob" } }), slice(8080, [])] }
  expect(await check(count, mismatch)).toMatchObject({ status: "fail", reason: "no-endpoints-selector-mismatch" })
  const strangers = { ...count, ready: undefined, pods: { labels: "app=client" } }
  expect(await check(strangers, healthy)).toMatchObject({ status: "fail", reason: "endpoints-differ" })
})

test("fields of an object are compared with values, lists, patterns, absence and the start", async () => {
  const look = (field: object, paper: Paper = healthy): Promise<CheckResult> =>
    check({ kind: "object", object: { kind: "Service", name: "web" }, fields: [field] }, paper)
  expect(await look({ path: "spec.ports[0].targetPort", equals: 8080 })).toMatchObject({ status: "pass" })
  expect(await look({ path: "spec.selector", equals: { app: "web" } })).toMatchObject({ status: "pass" })
  expect(await look({ path: "spec.type", in: ["NodePort", "LoadBalancer"] })).toMatchObject({ reason: "field-differs" })
  expect(await look({ path: "spec.clusterIP", matches: "^10\\.96\\." })).toMatchObject({ status: "pass" })
  expect(await look({ path: "spec.selector", absent: true })).toMatchObject({ reason: "field-differs" })
  const recreated = { ...healthy, atStart: [{ ...service(), metadata: { ...service().metadata, uid: "other" } }] }
  expect(await look({ path: "metadata.uid", unchangedSinceStart: true }, recreated)).toMatchObject({
    status: "fail",
    reason: "field-changed",
  })
})

test("DNS is asked from the pod, with its search list", async () => {
  const dns = (name: string): object => ({ kind: "dns", from: client, name, expect: { service: { name: "web" } } })
  expect(await check(dns("web"), healthy)).toMatchObject({ status: "pass" })
  expect(await check(dns("web.stock"), healthy)).toMatchObject({ status: "fail", reason: "name-not-found-namespace" })
})

test("events and logs are searched", async () => {
  const event: KubeEvent = {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: "web.1", namespace: "shop" },
    involvedObject: { kind: "Service", namespace: "shop", name: "web" },
    reason: "EnsuredLoadBalancer",
    message: "Ensured load balancer",
  }
  const look = { kind: "event", involved: { kind: "Service", name: "^web$" }, reason: "EnsuredLoadBalancer" }
  expect(await check(look, { objects: [event] })).toMatchObject({ status: "pass" })
  expect(await check(look, healthy)).toMatchObject({ status: "fail", reason: "event-missing" })
  expect(await check({ ...look, occurs: false }, { objects: [event] })).toMatchObject({ reason: "event-present" })
  const log = { kind: "log", pods: { labels: "app=web" }, matches: "GET /hostname" }
  expect(await check(log, { ...healthy, logs: "Started\nGET /hostname\n" })).toMatchObject({ status: "pass" })
  expect(await check(log, healthy)).toMatchObject({ status: "fail", reason: "log-differs" })
})

const fromClient: Origin = { kind: "pod", namespace: "shop", name: "client" }
const learnerCurl = { kind: "learnerCurl", from: client, urls: ["http://web"], expect: { status: 200 } }
const ran = (from: Origin, exitCode: number, status?: number): readonly LearnerCurl[] => [
  { at: 1, from, url: "web/hostname", observation: { exitCode, ...(status ? { status } : {}) } },
]

test("a learner's curl counts when it came back so and still does", async () => {
  expect(await check(learnerCurl, { ...healthy, learnerCurls: ran(fromClient, 0, 200) })).toMatchObject({
    status: "pass",
  })
  const gone = { ...healthy, objects: healthy.objects.filter((object) => object.kind !== "EndpointSlice") }
  const stale = { ...gone, learnerCurls: ran(fromClient, 0, 200) }
  expect(await check(learnerCurl, stale)).toMatchObject({ status: "fail", reason: "no-endpoints-not-yet" })
  expect(await check({ ...learnerCurl, holds: "then" }, stale)).toMatchObject({ status: "pass" })
})

test("a learner's curl from elsewhere, or with another outcome, does not count", async () => {
  const outside: Origin = { kind: "outside", ip: "203.0.113.7" }
  expect(await check(learnerCurl, { ...healthy, learnerCurls: ran(outside, 0, 200) })).toMatchObject({
    reason: "not-tried",
  })
  expect(await check(learnerCurl, { ...healthy, learnerCurls: ran(fromClient, 7) })).toMatchObject({
    reason: "exit-code-differs",
  })
})

test("a question is answered by an option's id", async () => {
  const question = {
    kind: "answer",
    question: "Which?",
    options: [
      { id: "a", text: "A" },
      { id: "b", text: "B" },
    ],
    correct: "b",
    explanation: "Because.",
  }
  expect(await check(question, healthy)).toMatchObject({ reason: "unanswered" })
  expect(await check(question, healthy, { "check-0": "a" })).toMatchObject({ reason: "wrong-answer" })
  expect(await check(question, healthy, { "check-0": "b" })).toMatchObject({ status: "pass", why: "Because." })
})

test("a cluster that does not answer makes an error, never a fail, and the other checks go on", async () => {
  const port = {
    ...paperPort(healthy),
    curl: async () => {
      throw new Error("the cluster went away")
    },
  }
  const result = await grade(
    lab(curlWeb, { kind: "endpoints", weight: 4, service: { name: "web" }, ready: { equals: 2 } }),
    port,
    {},
    { atMostMs: 0 },
  )
  expect(result).toMatchObject({ status: "error", score: 4, max: 5, labVersion: "v1", backend: "embedded" })
  expect(result.checks[0]).toMatchObject({ status: "error", why: "the cluster went away" })
  expect(result.checks[1]).toMatchObject({ status: "pass" })
})
