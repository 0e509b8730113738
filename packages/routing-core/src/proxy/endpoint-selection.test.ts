import { expect, test } from "vitest"
import recorded from "../golden/endpoint-selection.json" with { type: "json" }
import { selectEndpoints } from "./endpoint-selection.ts"
import type { EndpointFact } from "./service-entry.ts"

const texts = (endpoints: readonly EndpointFact[]): readonly string[] =>
  endpoints.map((each) => `${each.ip}:${each.port}`).sort()

/** One case has node hints and was run with a gate off that is locked on in 1.36: it shows another kube-proxy. */
const CASES = recorded.cases.filter(
  ({ gate, endpoints }) => gate || endpoints.every((each) => each.nodeHints.length === 0),
)

test.each(CASES.map((each) => [each.name, each] as const))("[R21] [R22] as kube-proxy: %s", (_name, each) => {
  const zone = (each.nodeLabels as Readonly<Record<string, string>>)["topology.kubernetes.io/zone"]
  const name = (each.nodeLabels as Readonly<Record<string, string>>)["kubernetes.io/hostname"] ?? "here"
  const endpoints = each.endpoints.map((endpoint): EndpointFact => {
    const [ip = "", port] = endpoint.endpoint.split(":")
    return {
      ip,
      port: Number(port),
      ready: endpoint.ready,
      serving: endpoint.serving,
      terminating: endpoint.terminating,
      nodeName: endpoint.isLocal ? name : "elsewhere",
      podKey: undefined,
      zoneHints: endpoint.zoneHints,
      nodeHints: endpoint.nodeHints,
      landing: undefined,
    }
  })
  const node = { name, internalIP: "", podCIDR: "", ...(zone ? { zone } : {}) }
  const selection = selectEndpoints(
    {
      index: 0,
      port: { port: 80 },
      protocol: "TCP",
      endpoints: { IPv4: endpoints, IPv6: [] },
      sorted: { IPv4: undefined, IPv6: undefined },
    },
    node,
    "IPv4",
  )
  const { service, expect: wanted } = each
  if (service.usesClusterEndpoints)
    expect(texts(selection.cluster)).toEqual([...(wanted.clusterEndpoints ?? [])].sort())
  if (service.usesLocalEndpoints) expect(texts(selection.local)).toEqual([...(wanted.localEndpoints ?? [])].sort())
  expect(selection.hasAny).toBe(wanted.hasAnyEndpoints)
})
