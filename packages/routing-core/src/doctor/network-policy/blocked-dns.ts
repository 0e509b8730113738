import { mayAskDns } from "../../policy/dns-access.ts"
import { isolatingPolicies } from "../../policy/passage.ts"
import type { PodFacts } from "../../state.ts"
import type { Failure } from "../../trace-types.ts"
import type { ClusterCheck } from "../check.ts"
import type { Finding } from "../finding.ts"
import { capital, labelsText, podsText } from "../text.ts"

/** NetworkPolicies that keep pods from asking kube-dns: every name they use takes its time and then does not resolve. */
export const blockedDns: ClusterCheck = (survey) => {
  const { indexes, clientsByNode } = survey
  if (indexes.networkPolicies.size === 0 || indexes.config.networkPolicies === "ignored") return []
  // Where every node has a DNS cache of its own pods ask that, and not the endpoints of kube-dns.
  if (survey.pods.select("kube-system", { "k8s-app": "node-local-dns" }).length > 0) return []
  const judged = new Map<string, Failure | undefined>()
  const groups = new Map<Failure, PodFacts[]>()
  for (const pods of clientsByNode.values())
    for (const pod of pods) {
      // Policies tell pods apart by namespace and labels alone.
      const kind = `${pod.namespace} ${labelsText(pod.labels)}`
      if (!judged.has(kind)) {
        const isolated = isolatingPolicies(indexes, pod, "egress").length > 0
        const judgement = isolated ? mayAskDns(indexes, pod) : undefined
        judged.set(kind, judgement?.allowed === false ? judgement.failure : undefined)
      }
      const failure = judged.get(kind)
      if (!failure) continue
      const list = groups.get(failure)
      if (list) list.push(pod)
      else groups.set(failure, [pod])
    }
  return [...groups].map(([failure, pods]): Finding => {
    const { cause, fix, command } = failure
    const object = cause?.object ?? { kind: "Pod", namespace: pods[0]?.namespace ?? "", name: pods[0]?.name ?? "" }
    return {
      code: "network-policy-dns",
      severity: "warning",
      object,
      ...(cause?.path === undefined ? {} : { path: cause.path }),
      ...(cause?.value === undefined ? {} : { value: cause.value }),
      message: `${capital(podsText(pods))} cannot ask kube-dns: NetworkPolicy ${object.name} isolates ${pods.length === 1 ? "it" : "them"} for egress, and no rule allows port 53 to kube-dns. No name resolves there, only addresses work.`,
      fix,
      ...(command === undefined ? {} : { command }),
      rule: "R88",
    }
  })
}
