import { expect, test } from "vitest"
import { dumpedState } from "../../golden/dumped-state.ts"
import { trace } from "../../path/trace.ts"
import { compile } from "../../table/compile.ts"
import type { Origin } from "../../trace-types.ts"
import { iptablesLinesOf } from "./hop-lines.ts"
import { iptablesRules } from "./rules.ts"

const POD: Origin = { kind: "pod", namespace: "dp", name: "client-a" }
const CONTAINER: Origin = { kind: "node-network", ip: "172.18.0.5" }

/** Every Service's line that explains a hop of the trace, with the hop's node and the chain's kind: `kind-worker SEP …`. */
const explained = (from: Origin, to: string, port: number): readonly string[] => {
  const table = compile(dumpedState("iptables"))
  if (!table.ok) throw new Error(table.error.message)
  return trace(table.value, { from, to, port, protocol: "TCP", picks: [0.9] }).hops.flatMap((hop) => {
    if (hop.at.kind !== "node") return []
    const { name } = hop.at
    const lines = iptablesRules(table.value, name, "IPv4")
    return iptablesLinesOf(table.value, lines, hop).flatMap((index) => {
      const line = lines[index]
      return line?.service ? [`${name} ${line.chain.replace(/-[A-Z0-9]{16}$/, "")} ${line.role} ${line.rule}`] : []
    })
  })
}

test("the lines of a hop lead from the address to the endpoint that was chosen", () => {
  expect(explained(POD, "10.96.184.44", 80)).toEqual([
    "kind-worker KUBE-SERVICES frontend R17",
    "kind-worker KUBE-SVC choice R20",
    "kind-worker KUBE-SEP endpoint R19",
  ])
})

test("a node port's lines say that it masquerades, on the node that was addressed", () => {
  expect(explained(CONTAINER, "172.18.0.3", 30670)).toEqual([
    "kind-worker2 KUBE-NODEPORTS frontend R18",
    "kind-worker2 KUBE-EXT masquerade R27",
    "kind-worker2 KUBE-EXT policy R17",
    "kind-worker2 KUBE-SVC choice R20",
    "kind-worker2 KUBE-SEP endpoint R19",
  ])
})

test("a packet that ends at a node ends at a line", () => {
  expect(explained(POD, "10.96.147.250", 80)).toEqual(["kind-worker KUBE-SERVICES no-endpoints R23"])
  expect(explained(CONTAINER, "172.18.0.3", 30813)).toEqual([
    "kind-worker2 KUBE-NODEPORTS frontend R18",
    "kind-worker2 KUBE-EXTERNAL-SERVICES no-endpoints R25",
  ])
})
