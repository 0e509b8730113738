import type { ClusterCheck } from "../check.ts"
import type { Finding } from "../finding.ts"
import { nearName } from "../survey/near-name.ts"
import { field } from "../text.ts"

const LABEL = "kubernetes.io/service-name"

/** EndpointSlices with addresses that belong to no Service, because the label is missing or names none. */
export const orphanSlices: ClusterCheck = (survey) => {
  const { indexes } = survey
  return indexes.slices.entries().flatMap(([, { metadata, endpoints }]): readonly Finding[] => {
    const namespace = metadata.namespace ?? "default"
    const wanted = metadata.labels?.[LABEL]
    if ((endpoints ?? []).length === 0) return []
    if (wanted && indexes.services.get(`${namespace}/${wanted}`)) return []
    const near = nearName(survey, namespace, wanted ?? metadata.name)
    return [
      {
        code: "slice-without-service",
        severity: "warning",
        object: { kind: "EndpointSlice", namespace, name: metadata.name },
        ...field(`metadata.labels["${LABEL}"]`, wanted),
        message: wanted
          ? `EndpointSlice ${metadata.name} belongs to Service ${wanted}, which does not exist in namespace ${namespace}; nobody sends to its addresses.`
          : `EndpointSlice ${metadata.name} has no label ${LABEL}: it belongs to no Service, and nobody sends to its addresses.`,
        fix: near ? `Label it ${LABEL}=${near}.` : `Label it ${LABEL}=NAME with the name of a Service, or delete it.`,
        ...(near
          ? {
              command: `kubectl label endpointslice ${metadata.name} -n ${namespace} ${LABEL}=${near} --overwrite`,
            }
          : {}),
      },
    ]
  })
}
