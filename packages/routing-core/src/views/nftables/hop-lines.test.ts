import { expect, test } from "vitest"
import { dumpedState } from "../../golden/dumped-state.ts"
import { trace } from "../../path/trace.ts"
import { compile } from "../../table/compile.ts"
import type { Origin } from "../../trace-types.ts"
import { nftablesLinesOf } from "./hop-lines.ts"
import { nftablesRuleset } from "./ruleset.ts"

const POD: Origin = { kind: "pod", namespace: "dp", name: "client-a" }
const CONTAINER: Origin = { kind: "node-network", ip: "172.18.0.5" }

/** Every Service's line that explains a hop of the trace: node, role, rule, and the endpoint when it is about one. */
const explained = (from: Origin, to: string, port: number): readonly string[] => {
  const table = compile(dumpedState("nftables"))
  if (!table.ok) throw new Error(table.error.message)
  return trace(table.value, { from, to, port, protocol: "TCP", picks: [0.9] }).hops.flatMap((hop) => {
    if (hop.at.kind !== "node") return []
    const { name } = hop.at
    const lines = nftablesRuleset(table.value, name, "IPv4")
    return nftablesLinesOf(table.value, lines, hop).flatMap((index) => {
      const line = lines[index]
      return line?.service ? [[name, line.role, line.rule, line.endpoint].filter(Boolean).join(" ")] : []
    })
  })
}

test("the lines of a hop lead from the address to the endpoint that was chosen", () => {
  expect(explained(POD, "10.96.184.44", 80)).toEqual(["kind-worker frontend R17", "kind-worker choice R20"])
  expect(explained(POD, "10.96.248.141", 80)).toEqual([
    "kind-worker frontend R17",
    "kind-worker choice R20",
    "kind-worker affinity R46 10.244.2.9:8080",
    "kind-worker endpoint R19 10.244.2.9:8080",
  ])
})

test("a node port's lines say that it masquerades, on the node that was addressed", () => {
  expect(explained(CONTAINER, "172.18.0.3", 30670)).toEqual([
    "kind-worker2 frontend R18",
    "kind-worker2 masquerade R27",
    "kind-worker2 policy",
    "kind-worker2 choice R20",
  ])
})

test("a packet that ends at a node ends at a line", () => {
  expect(explained(POD, "10.96.147.250", 80)).toEqual(["kind-worker no-endpoints R23"])
  expect(explained(CONTAINER, "172.18.0.3", 30813)).toEqual([
    "kind-worker2 frontend R18",
    "kind-worker2 no-endpoints R25",
  ])
})
