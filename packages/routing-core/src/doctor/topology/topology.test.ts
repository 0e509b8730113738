import { describe, expect, test } from "vitest"
import { NODES, pod, service, slice } from "../../testing/world.ts"
import { codes, finding } from "../diagnosed.ts"

const pods = [pod("web-1", "10.244.1.11", "web"), pod("web-2", "10.244.2.11", "web")]
const near = service("web", "10.96.0.20", { trafficDistribution: "PreferSameZone" })
const zoned = NODES.map((node, index) => ({ ...node, zone: index === 0 ? "a" : "b" }))
const hinted = (...zones: readonly (string | undefined)[]) => [
  slice(
    near,
    pods.map(({ ip = "", nodeName = "", name, namespace }, index) => ({
      addresses: [ip],
      conditions: { ready: true },
      nodeName,
      targetRef: { kind: "Pod", namespace, name },
      ...(zones[index] ? { hints: { forZones: [{ name: zones[index] }] } } : {}),
    })),
  ),
]

describe("[R22] a preference for near endpoints", () => {
  test("is fine where every endpoint has a hint", () => {
    expect(codes({ nodes: zoned, pods, services: [near], slices: hinted("a", "b") })).toEqual([])
  })

  test("means nothing without zones (no-zones)", () => {
    expect(codes({ pods, services: [near] })).toEqual(["note no-zones"])
  })

  test("is switched off by one endpoint without a hint (hints-incomplete)", () => {
    const world = { nodes: zoned, pods, services: [near], slices: hinted("a", undefined) }
    expect(finding(world, "hints-incomplete").message).toContain("10.244.2.11 has none")
  })

  test("gives way to the annotation (traffic-distribution-overruled)", () => {
    const annotated = {
      ...near,
      metadata: { ...near.metadata, annotations: { "service.kubernetes.io/topology-mode": "Auto" } },
    }
    expect(codes({ nodes: zoned, pods, services: [annotated] })).toEqual(["note traffic-distribution-overruled"])
  })
})
