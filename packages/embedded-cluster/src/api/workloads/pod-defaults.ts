import { child, children, isJson, type Json, withTextDefaults } from "../json-object.ts"
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

const roundedAll = (list: Json): Json =>
  Object.fromEntries(Object.entries(list).map(([name, quantity]) => [name, roundedUp(quantity)]))

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
  const probes = PROBES.flatMap((key) => {
    const probe = container[key]
    return isJson(probe) ? [[key, probeDefaults(probe)] as const] : []
  })
  const ports = Array.isArray(container.ports)
    ? { ports: children(container, "ports").map((port) => withTextDefaults(port, { protocol: "TCP" })) }
    : {}
  return withTextDefaults(
    {
      ...container,
      ...ports,
      ...Object.fromEntries(probes),
      ...listDefaults(container, "env", envDefaults),
      ...(isJson(container.lifecycle) ? { lifecycle: lifecycleDefaults(container.lifecycle) } : {}),
      resources: resourceDefaults(child(container, "resources")),
    },
    {
      terminationMessagePath: "/dev/termination-log",
      terminationMessagePolicy: "File",
      imagePullPolicy: pullPolicyOf(container.image),
    },
  )
}

const listDefaults = (spec: Json, key: string, each: (item: Json) => Json): Json =>
  Array.isArray(spec[key]) ? { [key]: children(spec, key).map(each) } : {}

/** What every pod spec gets, in a template too (kubernetes 1.36 `pkg/apis/core/v1/defaults.go` SetDefaults_PodSpec). */
export const podSpecDefaults = (spec: Json): Json =>
  withTextDefaults(
    {
      ...spec,
      ...listDefaults(spec, "volumes", volumeDefaults),
      ...listDefaults(spec, "initContainers", containerDefaults),
      ...listDefaults(spec, "containers", containerDefaults),
    },
    {
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 30,
      dnsPolicy: "ClusterFirst",
      securityContext: {},
      schedulerName: "default-scheduler",
    },
  )
