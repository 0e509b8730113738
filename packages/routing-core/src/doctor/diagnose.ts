import { indexesOf } from "../table/compiled-table.ts"
import type { RoutingTable } from "../table/table.ts"
import type { ObjectRef } from "../trace-types.ts"
import { clusterIPs } from "./addresses/cluster-ip.ts"
import { externalIPs } from "./addresses/external-ip.ts"
import { unusedFamily } from "./addresses/unused-family.ts"
import { refusedByServer, setAside } from "./api/refused.ts"
import type { ClusterCheck, ServiceCheck } from "./check.ts"
import { externalName } from "./external-name/external-name.ts"
import { familyWithoutEndpoints } from "./families/family-without-endpoints.ts"
import { type Finding, inOrder } from "./finding.ts"
import { headlessIgnoredFields } from "./headless/ignored-fields.ts"
import { headlessPort } from "./headless/port-differs.ts"
import { podSubdomains } from "./headless/subdomain.ts"
import { pendingLoadBalancer } from "./load-balancer/pending.ts"
import { proxyLoadBalancer } from "./load-balancer/proxy.ts"
import { sourceRanges } from "./load-balancer/source-ranges.ts"
import { takenLoadBalancerAddress } from "./load-balancer/taken-address.ts"
import { blockedDns } from "./network-policy/blocked-dns.ts"
import { nobodyAllowed } from "./network-policy/nobody-allowed.ts"
import { policiesNotEnforced } from "./network-policy/not-enforced.ts"
import { hostPortConflicts } from "./node-ports/host-port-conflict.ts"
import { shadowedSocket } from "./node-ports/shadowed-socket.ts"
import { takenNodePort } from "./node-ports/taken-node-port.ts"
import { closedTargetPort } from "./ports/closed-port.ts"
import { namedTargetPort } from "./ports/named-port.ts"
import { slicePortMismatch } from "./ports/slice-port.ts"
import { undeclaredTargetPort } from "./ports/undeclared-port.ts"
import { withSafeCommand } from "./safe-command.ts"
import { mixedPrograms } from "./selection/mixed-programs.ts"
import { noSelector } from "./selection/no-selector.ts"
import { notListed } from "./selection/not-listed.ts"
import { notReady } from "./selection/not-ready.ts"
import { selectorMismatch } from "./selection/selector-mismatch.ts"
import { unreadyPublished } from "./selection/unready-published.ts"
import { disagreeingSlices } from "./slices/disagreeing-slices.ts"
import { foreignEndpoint } from "./slices/foreign-endpoint.ts"
import { goneEndpoint } from "./slices/gone-endpoint.ts"
import { ignoredSlice } from "./slices/ignored-slice.ts"
import { mirroredSlice } from "./slices/mirrored-slice.ts"
import { orphanSlices } from "./slices/orphan-slice.ts"
import { serviceAddressEndpoint } from "./slices/service-address-endpoint.ts"
import { surveyOf } from "./survey/survey.ts"
import { topologyHints } from "./topology/hints.ts"
import { externalLocal } from "./traffic-policy/external-local.ts"
import { internalLocal } from "./traffic-policy/internal-local.ts"

const SERVICE_CHECKS: readonly ServiceCheck[] = [
  refusedByServer,
  setAside,
  selectorMismatch,
  notReady,
  notListed,
  noSelector,
  unreadyPublished,
  mixedPrograms,
  closedTargetPort,
  namedTargetPort,
  undeclaredTargetPort,
  slicePortMismatch,
  goneEndpoint,
  foreignEndpoint,
  disagreeingSlices,
  mirroredSlice,
  ignoredSlice,
  serviceAddressEndpoint,
  takenNodePort,
  shadowedSocket,
  clusterIPs,
  externalIPs,
  unusedFamily,
  pendingLoadBalancer,
  proxyLoadBalancer,
  takenLoadBalancerAddress,
  sourceRanges,
  externalLocal,
  internalLocal,
  headlessPort,
  headlessIgnoredFields,
  externalName,
  familyWithoutEndpoints,
  topologyHints,
  nobodyAllowed,
]

const CLUSTER_CHECKS: readonly ClusterCheck[] = [
  orphanSlices,
  podSubdomains,
  hostPortConflicts,
  blockedDns,
  policiesNotEnforced,
]

export interface DiagnoseOptions {
  /** Which objects are asked about: Services, and slices and pods that are no Service's. All when absent. */
  readonly isAskedFor?: (object: ObjectRef) => boolean
  /** False when nobody looked for pods (a folder of Services alone): nothing is said about what they would have to be. */
  readonly podsKnown?: boolean
  /** False when the EndpointSlices were worked out from pods: those of Services without a selector are not known. */
  readonly slicesKnown?: boolean
}

/**
 * All that will not work, or not as it seems, in the Services of a cluster: ordered by Service, the worst first. Looks
 * through the cluster once; costs what the Services select and list.
 */
export const diagnose = (table: RoutingTable, options: DiagnoseOptions = {}): readonly Finding[] => {
  const { isAskedFor = () => true, podsKnown = true, slicesKnown = true } = options
  const survey = surveyOf(indexesOf(table), { podsKnown, slicesKnown })
  const asked = survey.subjects.filter((subject) => isAskedFor(subject.ref))
  return inOrder(
    [
      ...asked.flatMap((subject) => SERVICE_CHECKS.flatMap((check) => check(subject, survey))),
      ...CLUSTER_CHECKS.flatMap((check) => check(survey)).filter((finding) => isAskedFor(finding.object)),
    ].map(withSafeCommand),
  )
}
