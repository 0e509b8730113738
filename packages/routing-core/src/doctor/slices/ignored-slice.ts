import { ipFamily } from "@pilotage/kube-model"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { field, listed } from "../text.ts"

const HEADLESS_LABEL = "service.kubernetes.io/headless"

/** Slices, or addresses in them, that kube-proxy does not read. */
export const ignoredSlice: ServiceCheck = (subject) => {
  const { entry, namespace, ref, kind } = subject
  if (kind === "external-name") return NOTHING
  return entry.slices.flatMap((slice) => {
    const { addressType, endpoints, metadata } = slice
    const addresses = (endpoints ?? []).flatMap((endpoint) => endpoint.addresses.slice(0, 1))
    if (addresses.length === 0) return NOTHING
    const where = { object: { kind: "EndpointSlice", namespace, name: metadata.name }, service: ref }
    if (kind !== "headless" && Object.hasOwn(metadata.labels ?? {}, HEADLESS_LABEL))
      return [
        {
          ...found(subject, "warning", "slice-ignored", {
            ...field(`metadata.labels["${HEADLESS_LABEL}"]`, ""),
            message: `EndpointSlice ${metadata.name} has the label ${HEADLESS_LABEL}: kube-proxy does not read it, so ${listed(addresses)} ${addresses.length === 1 ? "gets" : "get"} no traffic.`,
            fix: "Take the label off; it is for slices of headless Services.",
            command: `kubectl label endpointslice ${metadata.name} -n ${namespace} ${HEADLESS_LABEL}-`,
          }),
          ...where,
        },
      ]
    if (typeof addressType !== "string") return NOTHING
    if (addressType === "FQDN")
      return [
        {
          ...found(subject, "warning", "slice-ignored", {
            ...field("addressType", addressType),
            message: `EndpointSlice ${metadata.name} lists names (${listed(addresses)}); kube-proxy reads addresses only, so they get no traffic.`,
            fix: "Write IP addresses, or use a Service of type ExternalName.",
          }),
          ...where,
        },
      ]
    const odd = addresses.filter((ip) => ipFamily(ip) !== addressType)
    if (odd.length === 0) return NOTHING
    return [
      {
        ...found(subject, "warning", "slice-ignored", {
          ...field("addressType", addressType),
          message: `EndpointSlice ${metadata.name} is of addressType ${addressType} and lists ${listed(odd)}, which ${odd.length === 1 ? "is" : "are"} not.`,
          fix: "Put addresses of each family into an EndpointSlice of that addressType.",
        }),
        ...where,
      },
    ]
  })
}
