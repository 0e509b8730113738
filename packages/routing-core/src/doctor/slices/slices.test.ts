import { describe, expect, test } from "vitest"
import { NODES, pod, slice, slicesFor } from "../../testing/world.ts"
import { codes, finding, WEB } from "../diagnosed.ts"

const pods = [pod("web-1", "10.244.1.11", "web"), pod("web-2", "10.244.2.11", "web")]
const endpoint = (ip: string, more: object = {}) => ({ addresses: [ip], conditions: { ready: true }, ...more })
const reference = (name: string) => ({ targetRef: { kind: "Pod", namespace: "shop", name } })
const byHand = { ...WEB, spec: { clusterIP: "10.96.0.20", ports: WEB.spec.ports ?? [] } }

describe("[R34] endpoints where nobody is (pod-gone)", () => {
  test("the pod is gone", () => {
    const slices = [
      slice(WEB, [endpoint("10.244.1.11", reference("web-1")), endpoint("10.244.1.99", reference("web-9"))]),
    ]
    const found = finding({ pods: pods.slice(0, 1), services: [WEB], slices }, "pod-gone")
    expect(found).toMatchObject({ severity: "error", object: { kind: "EndpointSlice", name: "web-1" } })
    expect(found.message).toBe(
      "1 endpoint of 2 leads nowhere: 10.244.1.99 (pod web-9 is gone). Requests that go there get no answer.",
    )
  })

  test("the pod has another address by now", () => {
    const slices = [slice(WEB, [endpoint("10.244.1.99", reference("web-1"))])]
    expect(finding({ pods: pods.slice(0, 1), services: [WEB], slices }, "pod-gone").message).toContain(
      "pod web-1 has the address 10.244.1.11 now",
    )
  })

  test("addresses outside the pod network are anybody's", () => {
    expect(codes({ services: [byHand], slices: [slice(byHand, [endpoint("192.0.2.7")])] })).toEqual([])
  })
})

test("[R48] endpoints on a stopped node get traffic and do not answer (node-stopped)", () => {
  const nodes = NODES.map((node) => (node.name === "node-2" ? { ...node, stopped: true } : node))
  expect(codes({ nodes, pods, services: [WEB] })).toEqual(["error node-stopped"])
})

test("addresses beside those of the selector get traffic too (endpoint-not-selected)", () => {
  const slices = [...slicesFor([WEB], pods), slice(WEB, [endpoint("192.0.2.7")], 2)]
  expect(finding({ pods, services: [WEB], slices }, "endpoint-not-selected")).toMatchObject({
    severity: "warning",
    object: { kind: "EndpointSlice", name: "web-2" },
    service: { name: "web" },
  })
})

test("two slices that disagree about one address (slices-disagree)", () => {
  const [own] = slicesFor([WEB], pods)
  const other = slice(WEB, [{ addresses: ["10.244.1.11"], conditions: { ready: false } }], 2)
  expect(codes({ pods, services: [WEB], slices: own ? [own, other] : [] })).toEqual(["warning slices-disagree"])
})

test("an Endpoints object beside slices (mirrored-beside-slices)", () => {
  const mirrored = slice(byHand, [endpoint("192.0.2.7")])
  const labels = {
    ...mirrored.metadata.labels,
    "endpointslice.kubernetes.io/managed-by": "endpointslicemirroring-controller.k8s.io",
  }
  const slices = [
    { ...mirrored, metadata: { ...mirrored.metadata, labels } },
    slice(byHand, [endpoint("192.0.2.8")], 2),
  ]
  expect(codes({ services: [byHand], slices })).toEqual(["warning mirrored-beside-slices"])
  expect(codes({ services: [byHand], slices: slices.slice(0, 1) })).toEqual([])
})

describe("slices that kube-proxy does not read (slice-ignored)", () => {
  const [own] = slicesFor([WEB], pods)
  const beside = (change: object) => (own ? [own, { ...slice(byHand, [endpoint("192.0.2.7")], 2), ...change }] : [])
  const ignored = (change: object) =>
    finding({ pods, services: [WEB], slices: beside(change) }, "slice-ignored").message

  test("names instead of addresses", () => {
    expect(ignored({ addressType: "FQDN", endpoints: [{ addresses: ["db.example.com"] }] })).toContain("lists names")
  })

  test("addresses of the other family", () => {
    expect(ignored({ addressType: "IPv6" })).toContain("is of addressType IPv6 and lists 192.0.2.7")
  })

  test("the label of headless Services", () => {
    const labels = { "kubernetes.io/service-name": "web", "service.kubernetes.io/headless": "" }
    expect(ignored({ metadata: { name: "web-2", namespace: "shop", labels } })).toContain("does not read it")
  })
})

test("an endpoint that is another Service's cluster IP (endpoint-is-cluster-ip)", () => {
  const front = {
    ...byHand,
    metadata: { name: "front", namespace: "shop" },
    spec: { ...byHand.spec, clusterIP: "10.96.0.21" },
  }
  const slices = [...slicesFor([WEB], pods), slice(front, [endpoint("10.96.0.20")])]
  expect(codes({ pods, services: [WEB, front], slices })).toEqual(["warning endpoint-is-cluster-ip"])
})

test("a slice that belongs to no Service, and the Service that was meant (slice-without-service)", () => {
  const stray = slice({ ...byHand, metadata: { name: "wbe", namespace: "shop" } }, [endpoint("192.0.2.7")])
  const slices = [...slicesFor([WEB], pods), stray]
  expect(finding({ pods, services: [WEB], slices }, "slice-without-service")).toMatchObject({
    severity: "warning",
    object: { kind: "EndpointSlice", name: "wbe-1" },
    path: 'metadata.labels["kubernetes.io/service-name"]',
    value: '"wbe"',
  })
  const bare = { ...stray, metadata: { name: "web-by-hand", namespace: "shop" } }
  expect(
    finding({ pods, services: [WEB], slices: [...slicesFor([WEB], pods), bare] }, "slice-without-service").message,
  ).toContain("has no label kubernetes.io/service-name")
})
