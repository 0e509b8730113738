import type { EndpointSlice, Service } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import iptables from "../../golden/dataplane-iptables.json" with { type: "json" }
import recordedText from "../../golden/nft-kind-worker.txt?raw"
import { type Recording, recordedState } from "../../golden/recorded-world.ts"
import type { ClusterState } from "../../state.ts"
import { compile } from "../../table/compile.ts"
import { ruleText } from "../rule-line.ts"
import { nftablesRuleset } from "./ruleset.ts"

const DNS_PORTS = [
  { name: "dns", port: 53, protocol: "UDP" },
  { name: "dns-tcp", port: 53, protocol: "TCP" },
  { name: "metrics", port: 9153, protocol: "TCP" },
] as const

const kubeDNS: Service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "kube-dns", namespace: "kube-system" },
  spec: { clusterIP: "10.96.0.10", ports: DNS_PORTS },
}

const dnsSlice: EndpointSlice = {
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: {
    name: "kube-dns-1",
    namespace: "kube-system",
    labels: { "kubernetes.io/service-name": "kube-dns" },
  },
  addressType: "IPv4",
  ports: DNS_PORTS,
  endpoints: ["10.244.0.2", "10.244.0.3"].map((ip) => ({ addresses: [ip], nodeName: "kind-control-plane" })),
}

/** The rules were dumped beside the iptables recording, with kube-dns, and with another address of dp2/other. */
const dumpedState = (): ClusterState => {
  const state = recordedState(iptables as Recording, 30000)
  return {
    ...state,
    config: { ...state.config, proxyMode: "nftables" },
    services: [
      ...state.services.map((service) =>
        service.metadata.name === "other"
          ? { ...service, spec: { ...service.spec, clusterIP: "10.96.93.10" } }
          : service,
      ),
      kubeDNS,
    ],
    endpointSlices: [...state.endpointSlices, dnsSlice],
  }
}

/** Blocks by their heads; elements of sets and maps sorted (nft lists them as they came, and breaks lines by place). */
const blocks = (text: string): Readonly<Record<string, readonly string[]>> => {
  const joined = text.replaceAll(/,\n\t\t\t {5}/g, ", ")
  const found: Record<string, readonly string[]> = {}
  for (const [, head = "", body = ""] of joined.matchAll(/^\t((?:set|map|chain) \S+) \{\n(.*?)^\t\}/gms))
    found[head] = body.split("\n").flatMap((line) => {
      const [, elements] = /^\t\telements = \{ (.*) \}$/.exec(line) ?? []
      return elements === undefined ? [line] : elements.split(", ").sort()
    })
  return found
}

test("[R17] [R20] [R29] the table of a real node is written as it was: every set, map, chain, name and rule", () => {
  const table = compile(dumpedState())
  if (!table.ok) throw new Error(table.error.message)
  const written = ruleText(nftablesRuleset(table.value, "kind-worker", "IPv4"))
  expect(blocks(written)).toEqual(blocks(recordedText))
  expect(Object.keys(blocks(recordedText)).length).toBeGreaterThan(50)
  expect(written.split("\n").slice(0, 9)).toEqual(recordedText.split("\n").slice(0, 9))
  expect(written.split("\n").length).toBe(recordedText.trimEnd().split("\n").length + 1)
})
