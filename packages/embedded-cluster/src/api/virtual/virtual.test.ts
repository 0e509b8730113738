import { isStream, type KubeRequest, type KubeResponse } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import { base64OfText } from "../base64.ts"
import { testApi } from "../test-api.ts"

const { api } = testApi()
const ask = (method: KubeRequest["method"], path: string, body?: object): KubeResponse =>
  api.request({
    method,
    path,
    headers: { "content-type": method === "PATCH" ? "application/merge-patch+json" : "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }) as KubeResponse

const DEFAULT = "/api/v1/namespaces/default"

test("the control plane says how it is, with a warning that nobody should ask", () => {
  const answer = ask("GET", "/api/v1/componentstatuses")
  expect(answer.headers?.warning).toBe('299 - "v1 ComponentStatus is deprecated in v1.19+"')
  expect(answer.body).toMatchObject({
    items: [{ metadata: { name: "scheduler" } }, {}, { metadata: { name: "etcd-0" } }],
  })
  expect(ask("GET", "/api/v1/componentstatuses/nope").body).toMatchObject({
    message: 'componentstatus "nope" not found',
  })
})

test("a token that was given out is known again, another is not", () => {
  ask("POST", `${DEFAULT}/serviceaccounts`, { metadata: { name: "app" } })
  const given = ask("POST", `${DEFAULT}/serviceaccounts/app/token`, { spec: { expirationSeconds: 600 } })
  expect(given).toMatchObject({ status: 201, body: { spec: { expirationSeconds: 600 } } })
  const { token } = (given.body as { readonly status: { readonly token: string } }).status
  const review = (text: string) =>
    (ask("POST", "/apis/authentication.k8s.io/v1/tokenreviews", { spec: { token: text } }).body as { status: object })
      .status
  expect(review(token)).toMatchObject({ authenticated: true, user: { username: "system:serviceaccount:default:app" } })
  expect(review(`${token}x`)).toEqual({ user: {}, error: "invalid bearer token" })
  expect(ask("POST", `${DEFAULT}/serviceaccounts/app/token`, { spec: { expirationSeconds: 60 } }).body).toMatchObject({
    message:
      'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
  })
})

test("a binding gives a pod its node, once", () => {
  ask("POST", `${DEFAULT}/pods`, { metadata: { name: "p" }, spec: { containers: [{ name: "c", image: "i" }] } })
  const binding = { metadata: { name: "p" }, target: { kind: "Node", name: "n1" } }
  expect(ask("POST", `${DEFAULT}/pods/p/binding`, binding)).toMatchObject({ status: 201, body: { status: "Success" } })
  expect(ask("GET", `${DEFAULT}/pods/p`).body).toMatchObject({ spec: { nodeName: "n1" } })
  expect(ask("POST", `${DEFAULT}/bindings`, binding)).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('pod p is already assigned to node "n1"') },
  })
})

const PODS = `${DEFAULT}/pods`
const pod = (name: string) => ({
  metadata: { name, labels: { app: name } },
  spec: { containers: [{ name: "c", image: "i" }] },
})

describe("an eviction", () => {
  const evict = (name: string) => ask("POST", `${PODS}/${name}/eviction`, { kind: "Eviction", metadata: { name } })

  test("deletes a pod that no budget holds", () => {
    ask("POST", PODS, pod("free"))
    expect(evict("free")).toMatchObject({ status: 201, body: { status: "Success" } })
    expect(ask("GET", `${PODS}/free`).status).toBe(404)
    expect(evict("free").status).toBe(404)
  })

  test("is refused where the budget allows none, and takes one where it does", () => {
    ask("POST", PODS, pod("held"))
    expect(ask("PATCH", `${PODS}/held/status`, { status: { phase: "Running" } }).status).toBe(200)
    const budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets"
    ask("POST", budgets, {
      metadata: { name: "b" },
      spec: { minAvailable: 1, selector: { matchLabels: { app: "held" } } },
    })
    const allow = (disruptionsAllowed: number) =>
      ask("PATCH", `${budgets}/b/status`, {
        status: { observedGeneration: 1, disruptionsAllowed, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1 },
      })
    allow(0)
    expect(evict("held")).toMatchObject({
      status: 429,
      body: {
        message: "Cannot evict pod as it would violate the pod's disruption budget.",
        details: { causes: [{ message: "The disruption budget b needs 1 healthy pods and has 1 currently" }] },
      },
    })
    allow(1)
    expect(evict("held").status).toBe(201)
    expect(ask("GET", `${budgets}/b`).body).toMatchObject({ status: { disruptionsAllowed: 0 } })
  })
})

test("a request for a certificate says who asks, and is approved once and for all", () => {
  const path = "/apis/certificates.k8s.io/v1/certificatesigningrequests"
  const request = base64OfText("-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n")
  const spec = { request, signerName: "kubernetes.io/kube-apiserver-client", usages: ["client auth"], username: "me" }
  expect(ask("POST", path, { metadata: { name: "jo" }, spec })).toMatchObject({
    status: 201,
    body: { spec: { username: "kubernetes-admin", groups: ["kubeadm:cluster-admins", "system:authenticated"] } },
  })
  const decide = (type: string) =>
    ask("PUT", `${path}/jo/approval`, {
      ...(ask("GET", `${path}/jo`).body as object),
      status: { conditions: [{ type, status: "True", reason: "Because" }] },
    })
  expect(decide("Approved")).toMatchObject({ status: 200, body: { status: { conditions: [{ type: "Approved" }] } } })
  expect(decide("Denied").status).toBe(422)
  expect(ask("POST", path, { metadata: { name: "no" }, spec: { ...spec, request: "Zm9v" } }).body).toMatchObject({
    message: expect.stringContaining('spec.request: Invalid value: "Zm9v": PEM block type must be CERTIFICATE REQUEST'),
  })
})

test("the paths by which clients watched long ago still watch", () => {
  const stream = api.request({ method: "GET", path: "/api/v1/watch/namespaces/default/serviceaccounts/app" })
  expect(isStream(stream)).toBe(true)
})
