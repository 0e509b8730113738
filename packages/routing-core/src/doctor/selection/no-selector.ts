import { found, NOTHING, type ServiceCheck } from "../check.ts"

/** Nobody selects pods, and nobody wrote addresses by hand either. */
export const noSelector: ServiceCheck = (subject, { slicesKnown }) => {
  const { kind, selector, entry, name, namespace } = subject
  if (kind === "external-name" || selector || !slicesKnown) return NOTHING
  if (entry.slices.some((slice) => (slice.endpoints ?? []).length > 0)) return NOTHING
  return [
    found(subject, "error", "no-endpoints-no-selector", {
      path: "spec.selector",
      message: "The Service has no selector, and no EndpointSlice lists an address for it.",
      fix: `Give it a selector, or write an EndpointSlice with the label kubernetes.io/service-name=${name}.`,
      command: `kubectl edit service ${name} -n ${namespace}`,
      rule: kind === "headless" ? "R5" : "R23",
    }),
  ]
}
