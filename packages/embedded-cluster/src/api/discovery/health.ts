import type { KubeResponse } from "@pilotage/kube-model"
import type { Query } from "../request-path.ts"
import { textAnswer } from "../status.ts"

type Endpoint = "healthz" | "livez" | "readyz"

/** What an API server checks of itself and this one has: all of it is well as soon as there is somebody to ask. */
const CHECKS: Readonly<Record<Endpoint, readonly string[]>> = {
  healthz: ["ping", "log", "etcd"],
  livez: ["ping", "log", "etcd"],
  readyz: ["ping", "log", "etcd", "etcd-readiness", "informer-sync", "shutdown"],
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
