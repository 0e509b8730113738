import type { Rule } from "../explain/rules.ts"
import type { ProxyDecision } from "../proxy/kube-proxy.ts"
import type { NodeFacts } from "../state.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Backend } from "../trace-types.ts"
import { leavesPodNetwork } from "./landing.ts"

/** The part of the translation's sentence that tells what became of the source; `rule`: why it was rewritten. */
export const sourceText = (
  indexes: Indexes,
  node: NodeFacts,
  source: string,
  chosen: Backend,
  decision: Pick<Extract<ProxyDecision, { readonly kind: "translate" }>, "masquerade">,
): { readonly text: string; readonly rule: Rule | undefined } => {
  if (chosen.sourceSeen === source) return { text: `keeps the source ${source}`, rule: undefined }
  if (chosen.ip === source)
    return { text: `rewrites the source to ${chosen.sourceSeen}, because the pod reaches itself`, rule: "R29" }
  if (!decision.masquerade && leavesPodNetwork(indexes, source, chosen.ip))
    return {
      text: `the pod network rewrites the source to ${chosen.sourceSeen}, because ${chosen.ip} is no pod's address`,
      rule: "R30",
    }
  return {
    text:
      chosen.node === node.name
        ? `rewrites the source to ${chosen.sourceSeen}, its address on the pod network`
        : `rewrites the source to ${chosen.sourceSeen}, its own address, so that the answer comes back through it`,
    rule: "R27",
  }
}

export const countText = (count: number): string => (count === 1 ? "the only endpoint" : `one of ${count} endpoints`)
