import type { ServiceSpec } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import { pod, service } from "../../testing/world.ts"
import { codes, diagnosed, WEB } from "../diagnosed.ts"

const pods = [pod("web-1", "10.244.1.11", "web")]
const refused = (spec: ServiceSpec, clusterIP = "10.96.0.20"): readonly (string | undefined)[] =>
  diagnosed({ pods, services: [service("web", clusterIP, spec)], slices: [] })
    .filter(({ code }) => code === "refused-by-api-server")
    .map(({ path }) => path)

describe("what the API server refuses (refused-by-api-server)", () => {
  test.each<[string, ServiceSpec, string]>([
    ["a port that is none", { ports: [{ port: 0 }] }, "spec.ports[0].port"],
    ["a targetPort beyond the range", { ports: [{ port: 80, targetPort: 70_000 }] }, "spec.ports[0].targetPort"],
    ["a port without a name among several", { ports: [{ name: "a", port: 80 }, { port: 81 }] }, "spec.ports[1].name"],
    [
      "a name twice",
      {
        ports: [
          { name: "a", port: 80 },
          { name: "a", port: 81 },
        ],
      },
      "spec.ports[1].name",
    ],
    [
      "a number twice",
      {
        ports: [
          { name: "a", port: 80 },
          { name: "b", port: 80 },
        ],
      },
      "spec.ports[1]",
    ],
    ["no port", { ports: [] }, "spec.ports"],
    ["a node port on a ClusterIP", { ports: [{ port: 80, nodePort: 30080 }] }, "spec.ports[0].nodePort"],
    ["a policy for traffic that there is not", { externalTrafficPolicy: "Local" }, "spec.externalTrafficPolicy"],
    [
      "source ranges without a load balancer",
      { loadBalancerSourceRanges: ["10.0.0.0/8"] },
      "spec.loadBalancerSourceRanges",
    ],
    [
      "a health check without policy Local",
      { type: "LoadBalancer", healthCheckNodePort: 32000 },
      "spec.healthCheckNodePort",
    ],
    ["an ExternalName without a name", { type: "ExternalName" }, "spec.externalName"],
    ["an external IP of the machine itself", { externalIPs: ["127.0.0.1"] }, "spec.externalIPs[0]"],
    [
      "an affinity timeout beyond a day",
      { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 90_000 } } },
      "spec.sessionAffinityConfig.clientIP.timeoutSeconds",
    ],
    [
      "an affinity timeout without affinity",
      { sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } },
      "spec.sessionAffinityConfig",
    ],
  ])("%s", (_, spec, path) => {
    expect(refused(spec)).toEqual([path])
  })

  test("a headless Service with node ports", () => {
    expect(refused({ type: "NodePort", clusterIP: "None", ports: [{ port: 80, nodePort: 30080 }] }, "None")).toEqual([
      "spec.clusterIP",
      "spec.ports[0].nodePort",
    ])
  })
})

test("a Service that is left to another proxy (left-to-another-proxy)", () => {
  const metadata = { ...WEB.metadata, labels: { "service.kubernetes.io/service-proxy-name": "mesh" } }
  expect(codes({ pods, services: [{ ...WEB, metadata }] })).toEqual(["warning left-to-another-proxy"])
})

test("a Service that waits for its finalizer (being-deleted)", () => {
  const metadata = {
    ...WEB.metadata,
    deletionTimestamp: "2026-01-05T09:00:00Z",
    finalizers: ["service.kubernetes.io/load-balancer-cleanup"],
  }
  expect(codes({ pods, services: [{ ...WEB, metadata }] })).toEqual(["warning being-deleted"])
})
