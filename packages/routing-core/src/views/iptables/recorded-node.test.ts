import { expect, test } from "vitest"
import { dumpedState } from "../../golden/dumped-state.ts"
import worker from "../../golden/iptables-save-kind-worker.txt?raw"
import worker2 from "../../golden/iptables-save-kind-worker2.txt?raw"
import { compile } from "../../table/compile.ts"
import type { RoutingTable } from "../../table/table.ts"
import { iptablesRules } from "./rules.ts"
import { iptablesText } from "./save-text.ts"

const table = (): RoutingTable => {
  const compiled = compile(dumpedState("iptables"))
  if (!compiled.ok) throw new Error(compiled.error.message)
  return compiled.value
}

/** Rules that one chain holds for all Services together: kube-proxy writes them in the order of a Go map, which is none. */
const SHARED = /^-A (KUBE-SERVICES|KUBE-NODEPORTS|KUBE-EXTERNAL-SERVICES|KUBE-PROXY-FIREWALL) /

/** The lines in their order, but those of one Service in a shared chain side by side, and the Services by name. */
const normalised = (text: string): readonly string[] => {
  const lines = text.trimEnd().split("\n")
  const shared = (line: string): string | undefined => (line.includes("NOTE:") ? undefined : SHARED.exec(line)?.[1])
  const service = (line: string): string => /--comment "(\S+?)[" ]/.exec(line)?.[1] ?? ""
  return lines
    .map((line, index) => {
      const chain = shared(line)
      if (chain === undefined) return { line, key: "", start: index }
      let start = index
      while (start > 0 && shared(lines[start - 1] ?? "") === chain) start -= 1
      return { line, key: service(line), start }
    })
    .sort((a, b) => a.start - b.start || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ line }) => line)
}

test.each([
  ["kind-worker", worker],
  ["kind-worker2", worker2],
])("[R17] [R18] [R20] [R24] [R25] %s has the rules that kube-proxy wrote there", (node, recorded) => {
  const written = iptablesText(iptablesRules(table(), node, "IPv4"))
  expect(normalised(written)).toEqual(normalised(recorded))
  expect(written.split("\n").length).toBeGreaterThan(250)
})

test("a node that is not there has no rules", () => {
  expect(iptablesRules(table(), "kind-worker3", "IPv4")).toEqual([])
})
