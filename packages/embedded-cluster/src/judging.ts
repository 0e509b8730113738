/** Parts of the server one by one, for judges of recorded cases (`judge/src/api`); clients of a cluster want `index.ts`. */
export { createApi } from "./api/api.ts"
export { errorText, type FieldError } from "./api/field-error.ts"
export { creationErrors, kindUpdateErrors } from "./api/object-errors.ts"
export { RESOURCES } from "./api/resources.ts"
export { carryAllocatedValues, normalizeClusterIPs } from "./api/service/carried-values.ts"
export { clusterIPRange } from "./api/service/cluster-ip-range.ts"
export { dropDependentFields } from "./api/service/dependent-fields.ts"
export { staticPortBand } from "./api/service/node-ports.ts"
export { withReadDefaults } from "./api/service/read-defaults.ts"
export { validateLoadBalancerStatus } from "./api/service/validate-status.ts"
export { validateExternalTraffic } from "./api/service/validate-traffic.ts"
export { serviceWarnings } from "./api/service/warnings.ts"
export { strategyOf } from "./api/strategies.ts"
export { checkHistory, type HistoryReport } from "./api/watching/history-check/check-history.ts"
export { endpointSliceController } from "./controllers/endpoint-slice.ts"
export {
  addressTypesOf,
  endpointFor,
  portsFor,
  sliceLabels,
} from "./controllers/endpoint-slice-content.ts"
export { planSlices, type SlicePlan } from "./controllers/endpoint-slice-plan.ts"
export { distributeTraffic } from "./controllers/traffic-hints.ts"
export type { ControllerView } from "./engine/controller.ts"
export { createPodIndex } from "./store/pod-index.ts"
export { createStore } from "./store/store.ts"
export type { ResourceName } from "./store-types.ts"
export { printerOf } from "./tables/table.ts"
export { UNSERVED_PRINTERS } from "./tables/unserved-printers.ts"
