import { expect, test } from "vitest"
import { caseFolder, judged } from "../testing/case-folder.ts"

const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop", uid: "u" },
  spec: { clusterIP: "10.0.0.1", ipFamilies: ["IPv4"], selector: { a: "b" }, ports: [{ port: 80, targetPort: 8080 }] },
}

const pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "web-1", namespace: "shop", labels: { a: "b" } },
  spec: { containers: [], nodeName: "n1" },
  status: { podIP: "10.1.0.1", podIPs: [{ ip: "10.1.0.1" }], conditions: [{ type: "Ready", status: "True" }] },
}

const slice = (port: number) => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: {
    generateName: "web-",
    namespace: "shop",
    labels: {
      "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
      "kubernetes.io/service-name": "web",
    },
    annotations: { "endpoints.kubernetes.io/last-change-trigger-time": "2026-11-21T02:12:02.5Z" },
    ownerReferences: [
      { apiVersion: "v1", kind: "Service", name: "web", uid: "u", controller: true, blockOwnerDeletion: true },
    ],
  },
  addressType: "IPv4",
  endpoints: [
    {
      addresses: ["10.1.0.1"],
      conditions: { ready: true, serving: true, terminating: false },
      nodeName: "n1",
      targetRef: { kind: "Pod", namespace: "shop", name: "web-1" },
    },
  ],
  ports: [{ name: "", protocol: "", port }],
})

const row = (port: number, more: object = {}) => ({
  id: "row",
  service,
  pods: [pod],
  nodes: [{ apiVersion: "v1", kind: "Node", metadata: { name: "n1" } }],
  existingSlices: [],
  maxEndpointsPerSlice: 100,
  topologyCacheEnabled: false,
  preferSameTrafficDistributionGate: false,
  actions: [{ verb: "create", resource: "endpointslices", object: slice(port) }],
  ...more,
})

const report = (name: string, ...rows: readonly object[]) => judged(caseFolder({ [name]: rows }))

test("slices agree by what is in them, whatever their names and times", () => {
  expect(report("endpointslice-reconcile.json", row(8080))).toMatchObject({
    exit: 0,
    out: "endpointslice-reconcile.json  1/1",
  })
  const { exit, out } = report("endpointslice-reconcile.json", row(9090))
  expect(exit).toBe(1)
  expect(out).toContain('ports {"name":"","port":9090,"protocol":"TCP"} 1 endpoints')
})

test("a run with a gate off that cannot be off is not judged", () => {
  const near = { ...service, spec: { ...service.spec, trafficDistribution: "PreferSameNode" } }
  expect(report("endpointslice-reconcile.json", row(8080, { service: near })).out).toContain(
    "not judged 1: run with a feature gate off that is locked on in 1.36",
  )
})

test("the controller is judged by what is stored after it, and not on caches that it does not have", () => {
  const stored = { ...slice(8080), metadata: { ...slice(8080).metadata, name: "web-x7k2p" } }
  const controlled = { id: "a", key: "shop/web", service, pods: [pod], nodes: row(8080).nodes, storedAfter: [stored] }
  const { out } = report("endpointslice-controller.json", controlled, {
    ...controlled,
    id: "b",
    error: "EndpointSlice informer cache is out of date",
  })
  expect(out).toContain("endpointslice-controller.json  1/1")
  expect(out).toContain("not judged 1: timing")
})
