import { canonicalIP } from "@pilotage/kube-model"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { listed, podsText } from "../text.ts"

/** Ready pods that no EndpointSlice lists: the controller is behind, or does not run. */
export const notListed: ServiceCheck = (subject) => {
  const { selected, entry, namespace, name } = subject
  const ready = selected.filter((pod) => pod.ready && !pod.terminating && pod.ip)
  if (ready.length === 0) return NOTHING
  const known = new Set(
    entry.slices.flatMap((slice) =>
      (slice.endpoints ?? []).flatMap(({ addresses }) => addresses.map((ip) => canonicalIP(ip) ?? ip)),
    ),
  )
  const missing = ready.filter(({ ip = "", secondIP = "" }) => !known.has(ip) && !known.has(secondIP))
  if (missing.length === 0) return NOTHING
  const all = missing.length === ready.length
  return [
    found(subject, known.size === 0 ? "error" : "warning", "no-endpoints-not-yet", {
      path: "spec.selector",
      message: `The selector matches ${all ? "ready " : ""}${podsText(missing)} (${listed(missing.map((pod) => pod.ip ?? ""))}), but no EndpointSlice of the Service lists ${missing.length === 1 ? "it" : "them"}.`,
      fix: "It takes about a second after a pod becomes ready. If it stays so, the EndpointSlice controller (kube-controller-manager) does not run.",
      command: `kubectl get endpointslices -l kubernetes.io/service-name=${name} -n ${namespace}`,
    }),
  ]
}
