import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { field } from "../text.ts"
import { refusalsOf } from "./service-rules.ts"

/** The Service as it stands in a file cannot be created. */
export const refusedByServer: ServiceCheck = (subject) =>
  refusalsOf(subject.service).map(({ path, value, why, fix }) =>
    found(subject, "error", "refused-by-api-server", {
      ...field(path, value),
      message: `The API server refuses ${path}: ${why}`,
      fix,
    }),
  )

const SKIPPED_BY = "service.kubernetes.io/service-proxy-name"

/** Services that the cluster leaves alone: another proxy's, or being deleted. */
export const setAside: ServiceCheck = (subject) => {
  const { metadata } = subject.service
  const proxy = metadata.labels?.[SKIPPED_BY]
  return [
    ...(proxy === undefined
      ? NOTHING
      : [
          found(subject, "warning", "left-to-another-proxy", {
            ...field(`metadata.labels["${SKIPPED_BY}"]`, proxy),
            message: `The label ${SKIPPED_BY}=${proxy} tells kube-proxy to leave the Service alone; unless that proxy runs, its addresses lead nowhere.`,
            fix: `Take the label off, or run ${proxy || "the proxy"}.`,
            command: `kubectl label service ${subject.name} -n ${subject.namespace} ${SKIPPED_BY}-`,
          }),
        ]),
    ...(metadata.deletionTimestamp === undefined
      ? NOTHING
      : [
          found(subject, "warning", "being-deleted", {
            ...field("metadata.finalizers", metadata.finalizers ?? []),
            message: `The Service has been deleted and only waits for ${metadata.finalizers?.join(", ") || "its finalizers"}. If the controller behind that does not run, it waits for ever.`,
            fix: "Start the controller that removes the finalizer (the load balancer's, as a rule), or take the finalizer out by hand.",
            command: `kubectl patch service ${subject.name} -n ${subject.namespace} --type=json -p '[{"op":"remove","path":"/metadata/finalizers"}]'`,
          }),
        ]),
  ]
}
