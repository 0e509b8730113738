import { child, children, isJson, type Json, withDefaults } from "../json-object.ts"

/** `nginx`, `nginx:latest` and nothing else are pulled anew each time. */
const pullPolicy = (image: unknown): string => {
  if (typeof image !== "string") return "IfNotPresent"
  const [name = "", digest] = image.split("@")
  if (digest !== undefined) return "IfNotPresent"
  const tag = /:([^/:]+)$/.exec(name)?.[1]
  return tag === undefined || tag === "latest" ? "Always" : "IfNotPresent"
}

const probeDefaults = (probe: Json): Json => {
  const httpGet = isJson(probe.httpGet) ? { httpGet: withDefaults(probe.httpGet, { path: "/", scheme: "HTTP" }) } : {}
  const grpc = isJson(probe.grpc) ? { grpc: withDefaults(probe.grpc, { service: "" }) } : {}
  return withDefaults(
    { ...probe, ...httpGet, ...grpc },
    { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
  )
}

const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"] as const

/** A limit without a request is the request too. */
const requestDefaults = (resources: Json): Json => {
  if (!isJson(resources.limits)) return resources
  return { ...resources, requests: { ...resources.limits, ...child(resources, "requests") } }
}

const containerDefaults = (container: Json): Json => {
  const probes = PROBES.flatMap((key) => {
    const probe = container[key]
    return isJson(probe) ? [[key, probeDefaults(probe)] as const] : []
  })
  const ports = Array.isArray(container.ports)
    ? { ports: children(container, "ports").map((port) => withDefaults(port, { protocol: "TCP" })) }
    : {}
  return withDefaults(
    {
      ...container,
      ...ports,
      ...Object.fromEntries(probes),
      resources: requestDefaults(child(container, "resources")),
    },
    {
      terminationMessagePath: "/dev/termination-log",
      terminationMessagePolicy: "File",
      imagePullPolicy: pullPolicy(container.image),
    },
  )
}

const FILE_MODE = 420

/** A claim made from a template holds a file system unless it says otherwise. */
const ephemeralDefaults = (source: Json): Json => {
  if (!isJson(source.volumeClaimTemplate)) return source
  const template = source.volumeClaimTemplate
  const spec = withDefaults(child(template, "spec"), { volumeMode: "Filesystem" })
  return { ...source, volumeClaimTemplate: { ...template, spec } }
}

const volumeDefaults = (volume: Json): Json => {
  const claim = isJson(volume.ephemeral) ? { ephemeral: ephemeralDefaults(volume.ephemeral) } : {}
  const withMode = ["configMap", "secret", "downwardAPI", "projected"].flatMap((key) => {
    const source = volume[key]
    return isJson(source) ? [[key, withDefaults(source, { defaultMode: FILE_MODE })] as const] : []
  })
  const hasSource = Object.keys(volume).some((key) => key !== "name")
  return hasSource ? { ...volume, ...claim, ...Object.fromEntries(withMode) } : { ...volume, emptyDir: {} }
}

const listDefaults = (spec: Json, key: string, each: (item: Json) => Json): Json =>
  Array.isArray(spec[key]) ? { [key]: children(spec, key).map(each) } : {}

/** What every pod spec gets, in a template too (kubernetes 1.36 `pkg/apis/core/v1/defaults.go` SetDefaults_PodSpec). */
export const podSpecDefaults = (spec: Json): Json =>
  withDefaults(
    {
      ...spec,
      ...listDefaults(spec, "volumes", volumeDefaults),
      ...listDefaults(spec, "initContainers", containerDefaults),
      ...listDefaults(spec, "containers", spec.hostNetwork === true ? hostNetworkContainer : containerDefaults),
    },
    {
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 30,
      dnsPolicy: "ClusterFirst",
      securityContext: {},
      schedulerName: "default-scheduler",
    },
  )

/** On the node's network a container port is the node's port. */
const hostNetworkContainer = (container: Json): Json => {
  const done = containerDefaults(container)
  if (!Array.isArray(done.ports)) return done
  return { ...done, ports: children(done, "ports").map((port) => withDefaults(port, { hostPort: port.containerPort })) }
}
