import type { KubeRequest, KubeResponse } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { testApi } from "../test-api.ts"

const { api } = testApi()
const ask = (method: KubeRequest["method"], path: string, body?: object): KubeResponse =>
  api.request({
    method,
    path,
    headers: { "content-type": "application/json" },
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
