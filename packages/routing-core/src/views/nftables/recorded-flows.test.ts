import type { IPFamily } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import golden from "../../golden/nftables-flows.json" with { type: "json" }
import { linesText } from "../rule-line.ts"
import type { RuleVerdict } from "../rule-verdict.ts"
import { nftInterpreter } from "./interpreter.ts"
import { type Flow, type ProxyState, tableOfState } from "./recorded-flows.ts"
import { nftablesRuleset } from "./ruleset.ts"

const said = (verdict: RuleVerdict): string => {
  if (verdict.outcome === "dnat") return verdict.endpoints.join(", ")
  return verdict.outcome === "none" ? "" : verdict.outcome.toUpperCase()
}

const expected = (output: string): string => output.split(", ").sort().join(", ")

const differences = (state: ProxyState, flows: readonly Flow[]): readonly string[] => {
  const { localIPs, nodeName, ipFamily } = state.config
  const text = linesText(nftablesRuleset(tableOfState(state), nodeName, ipFamily as IPFamily))
  const rules = nftInterpreter(text, localIPs)
  if (!rules.ok) return [`${rules.error.path}: ${rules.error.message}`]
  return flows.flatMap(([source, protocol, destination, port, output, masquerade]) => {
    const hook = localIPs.includes(source) ? "output" : "prerouting"
    const found = rules.value.verdict({ hook, source, destination, port, protocol })
    const isSame =
      said(found) === expected(output) &&
      (masquerade === null || found.outcome !== "dnat" || found.masqueraded.length > 0 === masquerade)
    const flow = `${protocol} ${source} -> ${destination}:${port}`
    return isSame ? [] : [`${flow}: ${JSON.stringify(found)}, recorded ${output} ${masquerade}`]
  })
}

const STATES = golden.states as unknown as readonly (ProxyState & {
  readonly id: string
  readonly flows: readonly Flow[]
})[]

test.each(STATES.map((each) => [each.id, each] as const))(
  "[R17] [R23] [R25] [R26] [R37] [R45] the written table does to packets what kube-proxy's does: %s",
  (_id, state) => {
    expect(differences(state, state.flows)).toEqual([])
  },
)

test("the recorded flows are many, and of every kind", () => {
  const outputs = STATES.flatMap(({ flows }) => flows.map(([, , , , output]) => output))
  expect(outputs.length).toBeGreaterThan(300)
  for (const kind of ["REJECT", "DROP", ""]) expect(outputs).toContain(kind)
})
