import type { KubeObject, Service, ServicePort, ServiceSpec } from "@pilotage/kube-model"
import { isExternallyAccessible } from "./needs.ts"

/** Session affinity lasts three hours unless said otherwise. */
const AFFINITY_SECONDS = 10800

const isUnset = (value: unknown): boolean => value === undefined || value === 0 || value === ""

const portDefaults = (port: ServicePort): ServicePort => {
  const { nodePort, ...rest } = port
  return {
    ...rest,
    protocol: port.protocol || "TCP",
    port: port.port ?? 0,
    targetPort: isUnset(port.targetPort) ? (port.port ?? 0) : (port.targetPort ?? 0),
    ...(nodePort ? { nodePort } : {}),
  }
}

const affinityDefaults = (spec: ServiceSpec): Partial<ServiceSpec> => {
  if (spec.sessionAffinity !== "ClientIP") return {}
  if (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds !== undefined) return {}
  return { sessionAffinityConfig: { clientIP: { timeoutSeconds: AFFINITY_SECONDS } } }
}

const specDefaults = (given: ServiceSpec): ServiceSpec => {
  const { sessionAffinityConfig, ...rest } = given
  const spec: ServiceSpec = {
    ...rest,
    sessionAffinity: given.sessionAffinity || "None",
    type: given.type || "ClusterIP",
    ...(given.ports ? { ports: given.ports.map(portDefaults) } : {}),
  }
  const keepsConfig = spec.sessionAffinity !== "None" && sessionAffinityConfig !== undefined
  return {
    ...spec,
    ...(keepsConfig ? { sessionAffinityConfig } : {}),
    ...affinityDefaults(given),
    ...(isExternallyAccessible(spec) && !spec.externalTrafficPolicy ? { externalTrafficPolicy: "Cluster" } : {}),
    ...(spec.internalTrafficPolicy === undefined && ["ClusterIP", "NodePort", "LoadBalancer"].includes(spec.type ?? "")
      ? { internalTrafficPolicy: "Cluster" }
      : {}),
    ...(spec.type === "LoadBalancer" && spec.allocateLoadBalancerNodePorts === undefined
      ? { allocateLoadBalancerNodePorts: true }
      : {}),
  }
}

/** An ingress with an address is a VIP unless it says Proxy. */
const statusDefaults = (service: Service): Service["status"] => {
  const ingress = service.status?.loadBalancer?.ingress
  if (!ingress || service.spec.type !== "LoadBalancer") return service.status
  return {
    ...service.status,
    loadBalancer: {
      ...service.status?.loadBalancer,
      ingress: ingress.map((each) => (each.ip && each.ipMode === undefined ? { ...each, ipMode: "VIP" } : each)),
    },
  }
}

/** Kubernetes 1.36 `pkg/apis/core/v1/defaults.go` SetDefaults_Service. */
export const serviceDefaults = (object: KubeObject): Service => {
  const service = { ...object, spec: object.spec ?? {} } as Service
  const status = statusDefaults(service)
  return { ...service, spec: specDefaults(service.spec), ...(status ? { status } : {}) }
}
