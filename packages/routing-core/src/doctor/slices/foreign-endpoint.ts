import { canonicalIP } from "@pilotage/kube-model"
import type { PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { remembered } from "../survey/remembered.ts"
import { field, labelsText, listed } from "../text.ts"

const addressesOf = remembered(
  (pods: readonly PodFacts[]): ReadonlySet<string> =>
    new Set(pods.flatMap((pod) => [pod.ip ?? "", pod.secondIP ?? ""])),
)

/**
 * A Service with a selector whose slices list addresses of no selected pod: somebody wrote a slice beside the
 * controller's, or an old Endpoints object was mirrored. They get traffic too.
 */
export const foreignEndpoint: ServiceCheck = (subject, survey) => {
  const { selector, selected, entry, kind, namespace, name, ref } = subject
  if (!selector || kind === "external-name" || !survey.podsKnown) return NOTHING
  const own = addressesOf(selected)
  const foreign = new Map<string, string>()
  for (const slice of entry.slices)
    for (const { addresses, conditions, targetRef } of slice.endpoints ?? []) {
      const ip = canonicalIP(addresses[0] ?? "")
      if (ip === undefined || own.has(ip) || conditions?.ready === false) continue
      // A pod of that name which is gone or has moved on is the other check's.
      if (targetRef?.kind === "Pod" && !survey.indexes.podsByIP.get(ip)) continue
      foreign.set(ip, slice.metadata.name)
    }
  const [slice] = foreign.values()
  if (slice === undefined) return NOTHING
  return [
    {
      ...found(subject, "warning", "endpoint-not-selected", {
        ...field("endpoints"),
        message: `EndpointSlice ${slice} lists ${listed([...foreign.keys()])}, which ${foreign.size === 1 ? "is the address of no pod" : "are addresses of no pod"} with ${labelsText(selector)}; ${foreign.size === 1 ? "it gets" : "they get"} traffic all the same.`,
        fix: `Delete the EndpointSlice, or take the selector out if its addresses are the ones that are meant.`,
        command: `kubectl get endpointslices -l kubernetes.io/service-name=${name} -n ${namespace}`,
        rule: "R20",
      }),
      object: { kind: "EndpointSlice", namespace, name: slice },
      service: ref,
    },
  ]
}
