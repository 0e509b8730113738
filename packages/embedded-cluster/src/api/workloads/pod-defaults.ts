import { MOST_ERRORS } from "../field-error.ts"
import { child, children, isJson, type Json, text, withTextDefaults } from "../json-object.ts"
import { pullPolicyOf } from "./pull-policy.ts"
import { parseQuantity } from "./quantity.ts"
import { volumeDefaults, withFieldVersion } from "./volume-defaults.ts"

const probeDefaults = (probe: Json): Json => {
  const httpGet = isJson(probe.httpGet)
    ? { httpGet: withTextDefaults(probe.httpGet, { path: "/", scheme: "HTTP" }) }
    : {}
  const grpc = isJson(probe.grpc) ? { grpc: withTextDefaults(probe.grpc, { service: "" }) } : {}
  return withTextDefaults(
    { ...probe, ...httpGet, ...grpc },
    { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
  )
}

const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"] as const

/** Nothing is measured finer than in thousandths: `1n` is `1m`. */
const roundedUp = (quantity: unknown): unknown =>
  typeof quantity === "string" && /^[\d.]+[nu]$/.test(quantity)
    ? `${Math.ceil((parseQuantity(quantity) ?? 0) * 1000)}m`
    : quantity

const roundedAll = (list: Json): Json => {
  const out: Record<string, unknown> = { ...list }
  for (const [name, quantity] of Object.entries(list)) {
    const rounded = roundedUp(quantity)
    if (rounded !== quantity) out[name] = rounded
  }
  return out
}

const resourceDefaults = (resources: Json): Json => ({
  ...resources,
  ...(isJson(resources.limits) ? { limits: roundedAll(resources.limits) } : {}),
  ...(isJson(resources.requests) ? { requests: roundedAll(resources.requests) } : {}),
})

const HOOKS = ["postStart", "preStop"] as const

const hookDefaults = (hook: Json): Json =>
  isJson(hook.httpGet) ? { ...hook, httpGet: withTextDefaults(hook.httpGet, { path: "/", scheme: "HTTP" }) } : hook

const lifecycleDefaults = (lifecycle: Json): Json => ({
  ...lifecycle,
  ...Object.fromEntries(
    HOOKS.flatMap((key) => {
      const hook = lifecycle[key]
      return isJson(hook) ? [[key, hookDefaults(hook)] as const] : []
    }),
  ),
})

const envDefaults = (variable: Json): Json =>
  isJson(variable.valueFrom) ? { ...variable, valueFrom: withFieldVersion(variable.valueFrom) } : variable

const containerDefaults = (container: Json): Json => {
  const out: Record<string, unknown> = { ...container }
  if (Array.isArray(container.ports))
    out.ports = children(container, "ports").map((port) => withTextDefaults(port, { protocol: "TCP" }))
  for (const key of PROBES) {
    const probe = container[key]
    if (isJson(probe)) out[key] = probeDefaults(probe)
  }
  if (Array.isArray(container.env)) out.env = children(container, "env").map(envDefaults)
  if (isJson(container.lifecycle)) out.lifecycle = lifecycleDefaults(container.lifecycle)
  out.resources = resourceDefaults(child(container, "resources"))
  return withTextDefaults(out, {
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    imagePullPolicy: pullPolicyOf(container.image),
  })
}

/** A list up to where so many elements lack what they must have that no more errors are told: completing more is for nothing. */
const upToErrors = (items: readonly Json[], ...needed: readonly string[]): readonly Json[] => {
  let wrong = 0
  for (const [index, item] of items.entries()) {
    if (needed.some((key) => text(item, key) === "")) wrong += 1
    if (wrong === MOST_ERRORS) return items.slice(0, index + 1)
  }
  return items
}

const containersDefaults = (spec: Json, key: string): Json =>
  Array.isArray(spec[key]) ? { [key]: upToErrors(children(spec, key), "name", "image").map(containerDefaults) } : {}

/** What every pod spec gets, in a template too (kubernetes 1.36 `pkg/apis/core/v1/defaults.go` SetDefaults_PodSpec). */
export const podSpecDefaults = (spec: Json): Json =>
  withTextDefaults(
    {
      ...spec,
      ...(Array.isArray(spec.volumes)
        ? { volumes: upToErrors(children(spec, "volumes"), "name").map(volumeDefaults) }
        : {}),
      ...containersDefaults(spec, "initContainers"),
      ...containersDefaults(spec, "containers"),
    },
    {
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 30,
      dnsPolicy: "ClusterFirst",
      securityContext: {},
      schedulerName: "default-scheduler",
    },
  )
