import type { NetworkPolicy, NetworkPolicySpec, Protocol } from "@pilotage/kube-model"
import type { NamespaceFacts, PodFacts } from "../state.ts"
import { compile } from "../table/compile.ts"
import { type Indexes, indexesOf } from "../table/compiled-table.ts"
import { pod, stateOf, type World } from "../testing/world.ts"
import type { Connection, End } from "./connection.ts"
import { type Judgement, judgeConnection } from "./judgement.ts"

/** A small world for tests of policies: a shop of three tiers, and a namespace with a monitor. */
export const PODS: readonly PodFacts[] = [
  pod("frontend", "10.244.1.10", "frontend"),
  pod("web", "10.244.1.11", "web", {
    declaredPorts: [
      { name: "http", port: 8080, protocol: "TCP" },
      { name: "stats", port: 8125, protocol: "UDP" },
    ],
  }),
  pod("db", "10.244.2.10", "db"),
  pod("monitor", "10.244.3.10", "monitor", { namespace: "ops", labels: { app: "monitor", team: "red" } }),
  pod("frontend", "10.244.3.11", "frontend", { namespace: "ops" }),
  pod("agent", "172.18.0.4", "web", { hostNetwork: true, nodeName: "node-3" }),
]

const NAMESPACES: readonly NamespaceFacts[] = [
  { name: "shop", labels: { team: "blue" } },
  { name: "ops", labels: { team: "red" } },
]

export const policy = (name: string, spec: NetworkPolicySpec, namespace = "shop"): NetworkPolicy => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name, namespace },
  spec,
})

/** The policies' spec for pods with this label. */
export const forApp = (app: string, spec: NetworkPolicySpec): NetworkPolicySpec => ({
  podSelector: { matchLabels: { app } },
  ...spec,
})

export const indexesWith = (policies: readonly NetworkPolicy[], world: World = {}): Indexes => {
  const state = stateOf({ pods: PODS, ...world })
  const table = compile({ ...state, networkPolicies: policies, namespaces: NAMESPACES })
  if (!table.ok) throw new Error(`${table.error.path}: ${table.error.message}`)
  return indexesOf(table.value)
}

/** An address, or the name of a pod: `web`, `ops/monitor`. */
export const end = (indexes: Indexes, text: string): End => {
  const found = indexes.pods.get(text.includes("/") ? text : `shop/${text}`)
  return found ? { pod: found } : { ip: text }
}

export const judge = (
  indexes: Indexes,
  from: string,
  to: string,
  port = 8080,
  protocol: Protocol = "TCP",
  more: Partial<Connection> = {},
): Judgement =>
  judgeConnection(indexes, { source: end(indexes, from), destination: end(indexes, to), port, protocol, ...more })

/** `allowed`, `denied by ingress of only-frontend`, with `?` behind it where the environment decides. */
export const verdict = (judged: Judgement): string =>
  `${judged.allowed ? "allowed" : `denied by ${judged.direction} of ${judged.cause.object.name}`}${judged.certainty === "environment" ? "?" : ""}`
