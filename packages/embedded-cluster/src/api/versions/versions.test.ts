import type { KubeObject, KubeRequest, KubeResponse } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { testApi } from "../test-api.ts"

const ask = (method: KubeRequest["method"], path: string, body?: object): KubeResponse =>
  testApiOnce.request({
    method,
    path,
    headers: { "content-type": method === "PATCH" ? "application/merge-patch+json" : "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }) as KubeResponse
const testApiOnce = testApi().api

const V1 = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers"
const V2 = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers"
const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" }
const cpu = { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }
const memory = { type: "Resource", resource: { name: "memory", target: { type: "AverageValue", averageValue: "1Gi" } } }

test("an autoscaler of version 1 is one of version 2 with a CPU target, and reads as it was written", () => {
  const spec = { scaleTargetRef, minReplicas: 1, maxReplicas: 4, targetCPUUtilizationPercentage: 70 }
  const object = { apiVersion: "autoscaling/v1", kind: "HorizontalPodAutoscaler", metadata: { name: "old" }, spec }
  expect(ask("POST", V1, object)).toMatchObject({ status: 201, body: { apiVersion: "autoscaling/v1", spec } })
  expect(ask("GET", `${V2}/old`).body).toMatchObject({ apiVersion: "autoscaling/v2", spec: { metrics: [cpu] } })
  const list = ask("GET", V1).body as { readonly items: readonly KubeObject[] }
  expect(list).toMatchObject({ apiVersion: "autoscaling/v1", items: [{ spec }] })
})

test("what version 1 cannot say stands in its annotations, and survives a change through version 1", () => {
  const spec = { scaleTargetRef, maxReplicas: 4, metrics: [memory, cpu] }
  const object = { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "new" }, spec }
  expect(ask("POST", V2, object).status).toBe(201)
  expect(ask("GET", `${V1}/new`).body).toMatchObject({
    metadata: {
      annotations: {
        "autoscaling.alpha.kubernetes.io/metrics":
          '[{"type":"Resource","resource":{"name":"memory","targetAverageValue":"1Gi"}}]',
      },
    },
    spec: { targetCPUUtilizationPercentage: 70 },
  })
  expect(ask("PATCH", `${V1}/new`, { spec: { maxReplicas: 9 } }).status).toBe(200)
  expect(ask("GET", `${V2}/new`).body).toMatchObject({ spec: { maxReplicas: 9, metrics: [memory, cpu] } })
})

test("an Event has other names for its fields in events.k8s.io", () => {
  const metadata = { name: "e", namespace: "default" }
  const involvedObject = { kind: "Pod", name: "p", namespace: "default" }
  const event = {
    apiVersion: "v1",
    kind: "Event",
    metadata,
    involvedObject,
    message: "Hello",
    type: "Normal",
    count: 2,
  }
  expect(ask("POST", "/api/v1/namespaces/default/events", event).status).toBe(201)
  expect(ask("GET", "/apis/events.k8s.io/v1/namespaces/default/events/e").body).toMatchObject({
    apiVersion: "events.k8s.io/v1",
    regarding: involvedObject,
    note: "Hello",
    deprecatedCount: 2,
  })
})
