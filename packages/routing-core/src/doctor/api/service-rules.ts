import { isIP, type Service } from "@pilotage/kube-model"
import { isHeadless } from "../../proxy/service-entry.ts"

/** A field that the API server refuses, and why. */
export interface Refusal {
  readonly path: string
  readonly value?: unknown
  readonly why: string
  readonly fix: string
}

const isPort = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 65_535

const portRefusals = (service: Service): readonly Refusal[] => {
  const { spec } = service
  const ports = spec.ports ?? []
  const internal = (spec.type ?? "ClusterIP") === "ClusterIP"
  const seen = new Map<string, number>()
  const names = new Set<string>()
  return ports.flatMap(({ name, port, targetPort, nodePort, protocol = "TCP" }, index): readonly Refusal[] => {
    const path = `spec.ports[${index}]`
    const key = `${protocol} ${port}`
    const first = seen.get(key)
    seen.set(key, first ?? index)
    const twice = name !== undefined && names.has(name)
    if (name !== undefined) names.add(name)
    return [
      ...(isPort(port)
        ? []
        : [
            {
              path: `${path}.port`,
              value: port,
              why: "A port is a number from 1 to 65535.",
              fix: "Write such a number.",
            },
          ]),
      ...(typeof targetPort === "number" && targetPort !== 0 && !isPort(targetPort)
        ? [
            {
              path: `${path}.targetPort`,
              value: targetPort,
              why: "A targetPort is a number from 1 to 65535, or a name.",
              fix: "Write such a number.",
            },
          ]
        : []),
      ...(ports.length > 1 && !name
        ? [
            {
              path: `${path}.name`,
              why: "Each port needs a name when there is more than one.",
              fix: "Give each port a name.",
            },
          ]
        : []),
      ...(twice
        ? [
            {
              path: `${path}.name`,
              value: name,
              why: "Two ports have that name.",
              fix: "Give each port a name of its own.",
            },
          ]
        : []),
      ...(first === undefined
        ? []
        : [
            {
              path,
              value: port,
              why: `spec.ports[${first}] has the same number and protocol.`,
              fix: "Take one of them out.",
            },
          ]),
      ...(nodePort && (internal || isHeadless(service))
        ? [
            {
              path: `${path}.nodePort`,
              value: nodePort,
              why: isHeadless(service)
                ? "A headless Service has no node ports."
                : "A Service of type ClusterIP has no node ports.",
              fix: isHeadless(service) ? "Take nodePort out." : "Set type to NodePort, or take nodePort out.",
            },
          ]
        : []),
    ]
  })
}

const typeRefusals = (service: Service): readonly Refusal[] => {
  const { spec } = service
  const { type = "ClusterIP" } = spec
  const headless = isHeadless(service)
  const external = type === "NodePort" || type === "LoadBalancer"
  const refusals: Refusal[] = []
  if (headless && external)
    refusals.push({
      path: "spec.clusterIP",
      value: "None",
      why: `A Service of type ${type} needs a cluster IP; None is not possible.`,
      fix: "Set type to ClusterIP, or take clusterIP out.",
    })
  if (type === "ExternalName" && !spec.externalName)
    refusals.push({ path: "spec.externalName", why: "An ExternalName needs a name.", fix: "Write the name." })
  if (type !== "ExternalName" && !headless && !spec.ports?.length)
    refusals.push({ path: "spec.ports", why: "A Service needs a port.", fix: "Write at least one port." })
  if (spec.externalTrafficPolicy && !external && !headless && !spec.externalIPs?.length && type !== "ExternalName")
    refusals.push({
      path: "spec.externalTrafficPolicy",
      value: spec.externalTrafficPolicy,
      why: "The Service cannot be reached from outside: there is no traffic for that policy.",
      fix: "Take it out, or set type to NodePort or LoadBalancer.",
    })
  if (spec.loadBalancerSourceRanges?.length && type !== "LoadBalancer")
    refusals.push({
      path: "spec.loadBalancerSourceRanges",
      value: spec.loadBalancerSourceRanges,
      why: `Source ranges are for type LoadBalancer; a ${type} lets everybody in.`,
      fix: "Use a NetworkPolicy to guard the pods.",
    })
  if (spec.healthCheckNodePort && (type !== "LoadBalancer" || spec.externalTrafficPolicy !== "Local"))
    refusals.push({
      path: "spec.healthCheckNodePort",
      value: spec.healthCheckNodePort,
      why: "It is only for type LoadBalancer with externalTrafficPolicy Local.",
      fix: "Take it out.",
    })
  return refusals
}

const affinityRefusals = ({ spec }: Service): readonly Refusal[] => {
  const config = spec.sessionAffinityConfig
  const seconds = config?.clientIP?.timeoutSeconds
  const path = "spec.sessionAffinityConfig"
  if (config && spec.sessionAffinity !== "ClientIP")
    return [{ path, value: config, why: "There is no affinity to configure.", fix: "Set sessionAffinity to ClientIP." }]
  if (seconds === undefined || (seconds >= 1 && seconds <= 86_400)) return []
  return [
    {
      path: `${path}.clientIP.timeoutSeconds`,
      value: seconds,
      why: "The timeout is 1 to 86400 seconds.",
      fix: "Write such a number.",
    },
  ]
}

const LOOPBACK_OR_LINK = /^(127\.|169\.254\.|224\.0\.0\.|0\.0\.0\.0$|::1?$|fe80:|ff02:)/i

const addressRefusals = ({ spec }: Service): readonly Refusal[] =>
  (spec.externalIPs ?? []).flatMap((ip, index) =>
    isIP(ip) && !LOOPBACK_OR_LINK.test(ip)
      ? []
      : [
          {
            path: `spec.externalIPs[${index}]`,
            value: ip,
            why: isIP(ip) ? "That address never leaves a machine." : "That is no IP address.",
            fix: "Write an address that the network routes to a node.",
          },
        ],
  )

/** What the API server would refuse (kubernetes 1.36 pkg/apis/core/validation); objects in files nobody has checked yet. */
export const refusalsOf = (service: Service): readonly Refusal[] => [
  ...portRefusals(service),
  ...typeRefusals(service),
  ...affinityRefusals(service),
  ...addressRefusals(service),
]
