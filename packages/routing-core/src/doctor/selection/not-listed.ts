import { canonicalIP } from "@pilotage/kube-model"
import type { PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { firstOf, remembered } from "../survey/remembered.ts"
import { listed, podsText } from "../text.ts"

/** Ready pods, and the same by address. */
const readyPods = remembered((selected: readonly PodFacts[]) => {
  const ready = selected.filter((pod) => pod.ready && !pod.terminating && pod.ip)
  const at = new Map<string, PodFacts[]>()
  for (const pod of ready)
    for (const ip of [pod.ip, pod.secondIP]) {
      if (!ip) continue
      const list = at.get(ip)
      if (list) list.push(pod)
      else at.set(ip, [pod])
    }
  return { ready, at }
})

/** Ready pods that no EndpointSlice lists: the controller is behind, or does not run. */
export const notListed: ServiceCheck = (subject) => {
  const { selected, entry, namespace, name } = subject
  const { ready, at } = readyPods(selected)
  if (ready.length === 0) return NOTHING
  const known = new Set(
    entry.slices.flatMap((slice) =>
      (slice.endpoints ?? []).flatMap(({ addresses }) => addresses.map((ip) => canonicalIP(ip) ?? ip)),
    ),
  )
  const present = new Set([...known].flatMap((ip) => at.get(ip) ?? []))
  const count = ready.length - present.size
  if (count === 0) return NOTHING
  const missing = firstOf(ready, 4, (pod) => !present.has(pod))
  const all = present.size === 0
  const addresses = listed(
    missing.map((pod) => pod.ip ?? ""),
    { count, isMore: false },
  )
  return [
    found(subject, known.size === 0 ? "error" : "warning", "no-endpoints-not-yet", {
      path: "spec.selector",
      message: `The selector matches ${all ? "ready " : ""}${podsText(missing, count)} (${addresses}), but no EndpointSlice of the Service lists ${count === 1 ? "it" : "them"}.`,
      fix: "It takes about a second after a pod becomes ready. If it stays so, the EndpointSlice controller (kube-controller-manager) does not run.",
      command: `kubectl get endpointslices -l kubernetes.io/service-name=${name} -n ${namespace}`,
    }),
  ]
}
