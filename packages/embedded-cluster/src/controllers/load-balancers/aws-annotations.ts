import type { Service } from "@pilotage/kube-model"
import { type AnnotationRules, anything, isBool, oneOf } from "./annotation-check.ts"

const PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"

/** Annotations that name a number, and what AWS allows. */
const NUMBERS: ReadonlyMap<string, readonly [from: number, to: number, what: string]> = new Map([
  ["healthcheck-interval", [5, 300, "Health check interval"]],
  ["healthcheck-timeout", [2, 120, "Health check timeout"]],
  ["healthcheck-healthy-threshold", [2, 10, "Health check healthy threshold"]],
  ["healthcheck-unhealthy-threshold", [2, 10, "Health check unhealthy threshold"]],
  ["connection-idle-timeout", [1, 4000, "Connection idle timeout"]],
  ["connection-draining-timeout", [1, 3600, "Connection draining timeout"]],
])

const BOOLEANS = [
  "cross-zone-load-balancing-enabled",
  "connection-draining-enabled",
  "access-log-enabled",
] as const satisfies readonly string[]

const FREE = [
  "internal",
  "healthcheck-path",
  "healthcheck-port",
  "healthcheck-success-codes",
  "ssl-cert",
  "ssl-ports",
  "ssl-negotiation-policy",
  "proxy-protocol",
  "name",
  "subnets",
  "security-groups",
  "extra-security-groups",
  "eip-allocations",
  "attributes",
  "target-group-attributes",
  "target-node-labels",
  "additional-resource-tags",
  "access-log-s3-bucket-name",
  "access-log-s3-bucket-prefix",
  "access-log-emit-interval",
]

/** What the cloud heeds; numbers and booleans that are none are errors, not ignored. */
export const AWS_RULES: AnnotationRules = {
  prefixes: [PREFIX],
  checks: new Map([
    [`${PREFIX}type`, oneOf("nlb", "nlb-ip", "external")],
    [`${PREFIX}scheme`, oneOf("internal", "internet-facing")],
    [`${PREFIX}nlb-target-type`, oneOf("instance", "ip")],
    [`${PREFIX}backend-protocol`, oneOf("tcp", "ssl", "http", "https")],
    [`${PREFIX}healthcheck-protocol`, oneOf("tcp", "http", "https", "TCP", "HTTP", "HTTPS")],
    ...[...NUMBERS.keys(), ...BOOLEANS, ...FREE].map((name) => [`${PREFIX}${name}`, anything] as const),
  ]),
}

const said = ({ metadata }: Service, name: string): string => metadata.annotations?.[`${PREFIX}${name}`] ?? ""

/** Which sort of load balancer a Service gets: the old Classic one unless its annotation says otherwise. */
export const awsKind = (service: Service): "classic" | "nlb" | "controller" => {
  const type = said(service, "type")
  if (type === "nlb") return "nlb"
  return type === "external" || type === "nlb-ip" ? "controller" : "classic"
}

/** Any value but `false` makes it internal, as cloud-provider-aws has it. */
export const isInternal = (service: Service): boolean => {
  const internal = said(service, "internal")
  return said(service, "scheme") === "internal" || (internal !== "" && internal !== "false")
}

const numberProblem = (service: Service, name: string): string | undefined => {
  const text = said(service, name)
  const [from, to, what] = NUMBERS.get(name) ?? [0, 0, ""]
  if (text === "") return undefined
  if (!/^[+-]?\d+$/.test(text)) return `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`
  return Number(text) < from || Number(text) > to
    ? `ValidationError: ${what} must be between ${from} and ${to}`
    : undefined
}

const booleanProblem = (service: Service, name: string): string | undefined => {
  const text = said(service, name)
  return text === "" || isBool(text) ? undefined : `error parsing service annotation: ${PREFIX}${name}=${text}`
}

/** Why AWS makes no load balancer for a Service; undefined when it does. */
export const awsProblem = (service: Service): string | undefined => {
  const { ports = [], loadBalancerIP, sessionAffinity } = service.spec
  if (loadBalancerIP) return "LoadBalancerIP cannot be specified for AWS ELB"
  if (awsKind(service) === "classic") {
    if (sessionAffinity === "ClientIP") return "unsupported load balancer affinity: ClientIP"
    if (ports.some(({ protocol = "TCP" }) => protocol !== "TCP"))
      return "Only TCP LoadBalancer is supported for AWS ELB"
  }
  for (const name of BOOLEANS) {
    const problem = booleanProblem(service, name)
    if (problem !== undefined) return problem
  }
  for (const name of NUMBERS.keys()) {
    const problem = numberProblem(service, name)
    if (problem !== undefined) return problem
  }
  const path = said(service, "healthcheck-path")
  if (path !== "" && !path.startsWith("/"))
    return `ValidationError: Health check path '${path}' must begin with a '/' character`
  return undefined
}
