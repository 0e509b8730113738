import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { listed } from "../text.ts"

const MANAGED_BY = "endpointslice.kubernetes.io/managed-by"
const MIRRORING = "endpointslicemirroring-controller.k8s.io"

/** A Service without selector for which somebody wrote an Endpoints object (which is mirrored) and slices as well. */
export const mirroredSlice: ServiceCheck = (subject) => {
  const { entry, selector, kind, name, namespace } = subject
  if (selector || kind === "external-name") return NOTHING
  const filled = entry.slices.filter(({ endpoints }) => (endpoints ?? []).length > 0)
  const mirrored = filled.filter(({ metadata }) => metadata.labels?.[MANAGED_BY] === MIRRORING)
  const written = filled.filter((slice) => !mirrored.includes(slice))
  if (mirrored.length === 0 || written.length === 0) return NOTHING
  return [
    found(subject, "warning", "mirrored-beside-slices", {
      message: `EndpointSlice ${listed(mirrored.map(({ metadata }) => metadata.name))} mirrors the Endpoints object ${name}, and ${listed(written.map(({ metadata }) => metadata.name))} was written beside it: the addresses of both get traffic.`,
      fix: "Keep the EndpointSlices, and delete the Endpoints object.",
      command: `kubectl delete endpoints ${name} -n ${namespace}`,
      rule: "R20",
    }),
  ]
}
