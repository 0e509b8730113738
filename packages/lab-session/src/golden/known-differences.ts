/** Recorded commands whose lines may come in another order or number here: the same things happen, chance says when. */
export const ORDER_IS_CHANCE: readonly string[] = [
  "describe-deploy",
  "describe-deploy-stuck",
  "describe-endpointslice-multi",
  "events",
  "events-for",
  "events-warning",
  "exec-env",
  "get-deploy-early",
  "get-deploy-yaml",
  "get-endpointslices",
  "get-events",
  "get-pods-badimage",
]

const FEWER_SYSTEM_PODS = "the embedded cluster runs CoreDNS as pods, the control plane and the proxies without pods"
const FEWER_TYPES = "the embedded API server serves the types that the course needs"
const NO_SERVER_SIDE_APPLY = "the embedded API server has no server-side apply"
const NO_AUTHORIZATION = "everybody may do everything in the embedded cluster"
const TIMING = "how far things have come between two looks differs"
const PULL_WORDS = "the recorded cluster had no way to a registry; here the registry says that there is no such image"

/** Recorded commands that are answered otherwise here, each with the reason. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {
  "api-resources": FEWER_TYPES,
  "api-versions": FEWER_TYPES,
  "apply-server-side": NO_SERVER_SIDE_APPLY,
  "apply-ss-conflict": NO_SERVER_SIDE_APPLY,
  "apply-ss-force": NO_SERVER_SIDE_APPLY,
  "auth-can-i": NO_AUTHORIZATION,
  "delete-pod-watch": TIMING,
  "describe-crash": TIMING,
  "describe-pending": "no node is tainted here: the control plane's takes pods too",
  "err-forbidden": NO_AUTHORIZATION,
  "err-forbidden-create": NO_AUTHORIZATION,
  "err-patch-json-syntax": "the embedded API server has other words for a patch that is no JSON",
  "err-pod-immutable": "the server's message ends with a dump of its inner types, which there are none of here",
  events: PULL_WORDS,
  "events-warning": PULL_WORDS,
  "exec-env": "here a container sees the Services of now, not those of its start",
  "get-all-A": FEWER_SYSTEM_PODS,
  "get-deploy-early": TIMING,
  "get-events": PULL_WORDS,
  "get-pods-A-wide": FEWER_SYSTEM_PODS,
  "get-pods-trouble": TIMING,
  "logs-crash": "the recorded node had already thrown that log away",
  "rollout-status": TIMING,
  "rollout-status-2": TIMING,
}
