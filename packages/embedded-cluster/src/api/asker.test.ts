import type { KubeResponse, Status } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import { startCluster } from "../testing/kube-client.ts"

const cluster = startCluster()

const ask = (method: "GET" | "POST" | "DELETE", path: string, headers: Record<string, string> = {}, body?: object) => {
  const answer = cluster.request({
    method,
    path,
    headers: { "content-type": "application/json", ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }) as KubeResponse
  return { status: answer.status, body: answer.body as Status & { readonly status: unknown } }
}

const alice = { "impersonate-user": "alice" }
const PODS = "/api/v1/namespaces/demo/pods"

describe("somebody whom the administrator speaks for", () => {
  test("may do nothing, and is told what it was", () => {
    expect(ask("GET", PODS, alice)).toMatchObject({
      status: 403,
      body: {
        reason: "Forbidden",
        message: 'pods is forbidden: User "alice" cannot list resource "pods" in API group "" in the namespace "demo"',
        details: { kind: "pods" },
      },
    })
    const message = (...args: Parameters<typeof ask>) => ask(...args).body.message
    expect(message("DELETE", "/apis/apps/v1/namespaces/demo/deployments/web", alice)).toBe(
      'deployments.apps "web" is forbidden: User "alice" cannot delete resource "deployments" in API group "apps" in the namespace "demo"',
    )
    expect(message("GET", "/api/v1/nodes?watch=true", alice)).toBe(
      'nodes is forbidden: User "alice" cannot watch resource "nodes" in API group "" at the cluster scope',
    )
    expect(message("GET", `${PODS}/one/log`, alice)).toBe(
      'pods "one" is forbidden: User "alice" cannot get resource "pods/log" in API group "" in the namespace "demo"',
    )
  })

  test("may ask what it may do, and who it is", () => {
    const review = (kind: string, spec: object) =>
      ask(
        "POST",
        `/apis/auth${kind.endsWith("AccessReview") ? "orization" : "entication"}.k8s.io/v1/${kind.toLowerCase()}s`,
        alice,
        {
          apiVersion: `auth${kind.endsWith("AccessReview") ? "orization" : "entication"}.k8s.io/v1`,
          kind,
          spec,
        },
      )
    expect(
      review("SelfSubjectAccessReview", { resourceAttributes: { verb: "get", resource: "pods" } }).body.status,
    ).toEqual({ allowed: false })
    expect(review("SelfSubjectReview", {}).body.status).toEqual({
      userInfo: { username: "alice", groups: ["system:authenticated"] },
    })
  })

  test("may do everything as a member of the administrators", () => {
    expect(ask("GET", PODS, { ...alice, "impersonate-group": "system:masters" }).status).toBe(200)
  })
})

test("a patch that is no JSON is complained about in the parser's words, by a strategic patch without more", () => {
  const patch = (type: string) =>
    (
      cluster.request({
        method: "PATCH",
        path: "/api/v1/namespaces/default/services/kubernetes",
        headers: { "content-type": `application/${type}+json` },
        body: "{bad",
      }) as KubeResponse
    ).body
  const message = "invalid character 'b' looking for beginning of object key string"
  expect(patch("strategic-merge-patch")).toMatchObject({ code: 400, message })
  expect(patch("merge-patch")).toMatchObject({ code: 400, message: `error decoding patch: ${message}` })
})
