import { expect, test } from "vitest"
import { caseFolder, judged } from "../testing/case-folder.ts"

const row = (clusterEndpoints: readonly string[], more: object = {}) => ({
  id: "zones",
  nodeLabels: { "topology.kubernetes.io/zone": "zone-a" },
  preferSameTrafficDistributionGate: false,
  endpoints: [{ nodeHints: [] }],
  expect: { allReachableEndpoints: clusterEndpoints, clusterEndpoints, localEndpoints: null, hasAnyEndpoints: true },
  asObjects: {
    nodeName: "test-node",
    service: {
      metadata: { name: "svc1", namespace: "ns1" },
      spec: { type: "ClusterIP", clusterIP: "172.30.0.1", ports: [{ port: 80 }] },
    },
    endpointSlice: {
      metadata: { name: "svc1-1", namespace: "ns1", labels: { "kubernetes.io/service-name": "svc1" } },
      addressType: "IPv4",
      ports: [{ name: "", port: 80 }],
      endpoints: ["zone-a", "zone-b"].map((name, index) => ({
        addresses: [`10.1.2.${index + 3}`],
        hints: { forZones: [{ name }] },
      })),
    },
  },
  ...more,
})

test("the endpoints that a node may use are told from what it does with packets", () => {
  const folder = caseFolder({ "proxy-topology.json": [row(["10.1.2.3:80"]), row(["10.1.2.4:80"])] })
  const { exit, out } = judged(folder)
  expect(exit).toBe(1)
  expect(out).toContain("proxy-topology.json  1/2")
  expect(out).toContain("expected cluster {10.1.2.4:80} local {} any true")
  expect(out).toContain("we say   cluster {10.1.2.3:80} local {} any true")
})

test("a case that was run with node hints ignored is not judged: in 1.36 they never are", () => {
  const folder = caseFolder({ "proxy-topology.json": [row([], { endpoints: [{ nodeHints: ["test-node"] }] })] })
  expect(judged(folder).out.split("\n")).toEqual([
    "proxy-topology.json  0/0",
    "    not judged 1: run with a feature gate off that is locked on in 1.36",
  ])
})

test("node hints name the node that the row names; its local endpoints are there, too", () => {
  const endpoints = ["node-1", "other"].map((name, index) => ({
    addresses: [`10.1.2.${index + 3}`],
    nodeName: index === 0 ? "test-node" : "elsewhere",
    hints: { forNodes: [{ name }] },
  }))
  const plain = row(["10.1.2.3:80"])
  const { asObjects } = plain
  const hinted = {
    ...plain,
    nodeName: "node-1",
    preferSameTrafficDistributionGate: true,
    endpoints: [{ nodeHints: ["node-1"] }],
    asObjects: { ...asObjects, endpointSlice: { ...asObjects.endpointSlice, endpoints } },
  }
  expect(judged(caseFolder({ "proxy-topology.json": [hinted] })).out).toBe("proxy-topology.json  1/1")
})
