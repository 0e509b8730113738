import type { EndpointSlice, Node, Pod, Service } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import { planSlices, type SliceSituation } from "./endpoint-slice-plan.ts"

const service = (spec: Partial<Service["spec"]> = {}, metadata: Partial<Service["metadata"]> = {}): Service => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop", uid: "web-uid", ...metadata },
  spec: { clusterIP: "10.96.1.2", ipFamilies: ["IPv4"], ports: [{ port: 80, targetPort: 8080 }], ...spec },
})

const pod = (index: number, zone: string, ips: readonly string[] = [`10.0.0.${index}`]): Pod => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: `web-${index}`, namespace: "shop", uid: `pod-${index}` },
  spec: { containers: [], nodeName: `node-${zone}` },
  status: { podIPs: ips.map((ip) => ({ ip })), conditions: [{ type: "Ready", status: "True" }] },
})

const node = (zone: string, cpu = "4"): Node => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: `node-${zone}`, labels: { "topology.kubernetes.io/zone": zone } },
  status: { allocatable: { cpu }, conditions: [{ type: "Ready", status: "True" }] },
})

const NODES = [node("a"), node("b"), node("c")]

const plan = (situation: Partial<SliceSituation>) =>
  planSlices({
    service: service(),
    pods: [],
    slices: [],
    nodes: NODES,
    nodeOf: (name) => NODES.find(({ metadata }) => metadata.name === name),
    maxEndpoints: 3,
    usesTopology: true,
    ...situation,
  })

const named = (slices: readonly EndpointSlice[]): readonly EndpointSlice[] =>
  slices.map((slice, index) => ({ ...slice, metadata: { ...slice.metadata, name: `web-${"abc"[index]}` } }))

const addresses = (slices: readonly EndpointSlice[]) =>
  slices.map(({ endpoints }) => (endpoints ?? []).flatMap((each) => each.addresses))

describe("the plan for a Service's slices", () => {
  test("has slices of each of its families, with the addresses that pods have of it", () => {
    const { create } = plan({
      service: service({ ipFamilies: ["IPv4", "IPv6"] }),
      pods: [pod(1, "a", ["10.0.0.1", "FD00:0::1"]), pod(2, "a")],
    })
    expect(create.map(({ addressType }) => addressType)).toEqual(["IPv4", "IPv6"])
    expect(addresses(create)).toEqual([["10.0.0.1", "10.0.0.2"], ["fd00::1"]])
  })

  test("leaves endpoints where they are and puts new ones where the fewest writes are", () => {
    const first = named(plan({ pods: [1, 2, 3, 4, 5].map((index) => pod(index, "a")) }).create)
    expect(addresses(first).map((each) => each.length)).toEqual([3, 2])
    const { create, update, remove } = plan({ slices: first, pods: [2, 3, 4, 5, 6].map((index) => pod(index, "a")) })
    expect([create, remove]).toEqual([[], []])
    expect(addresses(update)).toEqual([["10.0.0.2", "10.0.0.3", "10.0.0.6"]])
  })

  test("turns the slice that says that there is nothing into the first real one, and back", () => {
    const [empty] = named(plan({}).create)
    expect(empty).toMatchObject({ endpoints: [], ports: [] })
    const placeholder = empty ? [empty] : []
    expect(plan({ slices: placeholder })).toMatchObject({ create: [], update: [], remove: [] })
    const filled = plan({ slices: placeholder, pods: [pod(1, "a")] })
    expect(filled).toMatchObject({ create: [], remove: [], update: [{ metadata: { name: "web-a" } }] })
    expect(plan({ slices: filled.update }).update).toMatchObject([{ metadata: { name: "web-a" }, endpoints: [] }])
  })

  test("replaces slices of an earlier Service of the same name, and makes none for one on its way out", () => {
    const old = named(plan({ service: service({}, { uid: "old" }), pods: [pod(1, "a")] }).create)
    const { create, update, remove } = plan({ slices: old, pods: [pod(1, "a")] })
    expect([create.length, update.length, remove.map(({ metadata }) => metadata.name)]).toEqual([1, 0, ["web-a"]])
    const leaving = service({}, { deletionTimestamp: "2026-01-05T09:00:00Z" })
    expect(plan({ service: leaving, pods: [pod(1, "a")] }).create).toEqual([])
  })

  test("leaves out a pod whose node is not there, and says so, unless what is not ready counts too", () => {
    const lost = plan({ pods: [pod(1, "z")] })
    expect(lost.problems).toEqual(["skipping Pod web-1 for Service shop/web: Node node-z Not Found"])
    expect(addresses(lost.create)).toEqual([[]])
    const published = plan({ service: service({ publishNotReadyAddresses: true }), pods: [pod(1, "z")] })
    expect(addresses(published.create)).toEqual([["10.0.0.1"]])
  })
})

const zonesOf = (slices: readonly EndpointSlice[]) =>
  slices.flatMap(({ endpoints }) =>
    (endpoints ?? []).map(({ hints }) => hints?.forZones?.map(({ name }) => name).join()),
  )

describe("hints", () => {
  const auto = service({}, { annotations: { "service.kubernetes.io/topology-mode": "Auto" } })

  test("of trafficDistribution name the endpoint's own zone, and its node when that is wished for", () => {
    const distribute = (trafficDistribution: string) =>
      plan({ service: service({ trafficDistribution }), pods: [pod(1, "b")] }).create[0]?.endpoints?.[0]?.hints
    expect(distribute("PreferSameZone")).toEqual({ forZones: [{ name: "b" }] })
    expect(distribute("PreferSameNode")).toEqual({ forZones: [{ name: "b" }], forNodes: [{ name: "node-b" }] })
  })

  test("of topology mode Auto give each zone its share", () => {
    const { create } = plan({ service: auto, pods: [1, 2, 3].map((index) => pod(index, "c")) })
    expect(zonesOf(create).toSorted()).toEqual(["a", "b", "c"])
  })

  test("are none at all when there are fewer endpoints than zones, and go when the annotation goes", () => {
    expect(zonesOf(plan({ service: auto, pods: [pod(1, "a"), pod(2, "b")] }).create)).toEqual([undefined, undefined])
    const pods = [pod(1, "a"), pod(2, "b"), pod(3, "c")]
    const slices = named(plan({ service: auto, pods }).create)
    expect(plan({ service: auto, pods, slices }).update).toEqual([])
    expect(zonesOf(plan({ pods, slices }).update)).toEqual([undefined, undefined, undefined])
  })
})
