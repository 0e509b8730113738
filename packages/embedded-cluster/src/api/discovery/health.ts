import type { KubeResponse } from "@pilotage/kube-model"
import type { Query } from "../request-path.ts"
import { textAnswer } from "../status.ts"

type Endpoint = "healthz" | "livez" | "readyz"

/** What a server of 1.36 has to do before it is well, in its order; here all is done as soon as there is somebody to ask. */
const HOOKS: readonly string[] = [
  "poststarthook/start-apiserver-admission-initializer",
  "poststarthook/generic-apiserver-start-informers",
  "poststarthook/priority-and-fairness-config-consumer",
  "poststarthook/priority-and-fairness-filter",
  "poststarthook/storage-object-count-tracker-hook",
  "poststarthook/start-apiextensions-informers",
  "poststarthook/start-apiextensions-controllers",
  "poststarthook/crd-informer-synced",
  "poststarthook/start-system-namespaces-controller",
  "poststarthook/peer-endpoint-reconciler-controller",
  "poststarthook/start-cluster-authentication-info-controller",
  "poststarthook/start-kube-apiserver-identity-lease-controller",
  "poststarthook/start-kube-apiserver-identity-lease-garbage-collector",
  "poststarthook/storage-readiness",
  "poststarthook/start-legacy-token-tracking-controller",
  "poststarthook/start-service-ip-repair-controllers",
  "poststarthook/rbac/bootstrap-roles",
  "poststarthook/scheduling/bootstrap-system-priority-classes",
  "poststarthook/priority-and-fairness-config-producer",
  "poststarthook/bootstrap-controller",
  "poststarthook/start-kubernetes-service-cidr-controller",
  "poststarthook/aggregator-reload-proxy-client-cert",
  "poststarthook/start-kube-aggregator-informers",
  "poststarthook/apiservice-status-local-available-controller",
  "poststarthook/apiservice-status-remote-available-controller",
  "poststarthook/apiservice-registration-controller",
  "poststarthook/apiservice-discovery-controller",
  "poststarthook/kube-apiserver-autoregistration",
  "autoregister-completion",
  "poststarthook/apiservice-openapi-controller",
  "poststarthook/apiservice-openapiv3-controller",
]

const CHECKS: Readonly<Record<Endpoint, readonly string[]>> = {
  healthz: ["ping", "log", "loopback-serving-certificate", "etcd", ...HOOKS],
  livez: ["ping", "log", "loopback-serving-certificate", "etcd", ...HOOKS],
  readyz: ["ping", "log", "etcd", "etcd-readiness", "informer-sync", ...HOOKS, "shutdown"],
}

export const isHealthEndpoint = (name: string): name is Endpoint => Object.hasOwn(CHECKS, name)

/** Paths of the checks: `/livez`, `/livez/ping` … */
export const HEALTH_PATHS: readonly string[] = Object.entries(CHECKS).flatMap(([endpoint, checks]) => [
  `/${endpoint}`,
  ...checks.map((check) => `/${endpoint}/${check}`),
])

/** `ok`, or with `?verbose` a line for each check; undefined for a check that there is not. */
export const health = (endpoint: Endpoint, check: string | undefined, query: Query): KubeResponse | undefined => {
  const checks = CHECKS[endpoint]
  if (check !== undefined && !checks.includes(check)) return undefined
  if (check !== undefined || !query.has("verbose")) return textAnswer(200, "ok")
  const excluded = query.get("exclude")
  const lines = checks.map((each) => (each === excluded ? `[+]${each} excluded: ok\n` : `[+]${each} ok\n`))
  return textAnswer(200, `${lines.join("")}${endpoint} check passed\n`)
}
