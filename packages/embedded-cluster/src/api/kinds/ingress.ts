import type { KubeObject } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid, invalids, notSupported, required } from "../field-error.ts"
import { legacyIPProblems, parseAddress } from "../ip-text.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { dnsLabelProblems, dnsSubdomainProblems, portNameProblems } from "../names.ts"
import { hostProblems, pathSegmentProblems } from "../path-names.ts"
import type { Strategy } from "../strategy.ts"

const specOf = (object: KubeObject): Json => child(object, "spec")

const resourceErrors = (reference: Json, at: string): FieldError[] => {
  const { apiGroup } = reference
  const group = typeof apiGroup === "string" ? dnsSubdomainProblems(apiGroup) : []
  return [
    ...group.map((problem) => invalid(`${at}.apiGroup`, apiGroup, problem)),
    ...["kind", "name"].flatMap((key) => {
      const value = text(reference, key)
      if (value === "") return [required(`${at}.${key}`)]
      return pathSegmentProblems(value).map((problem) => invalid(`${at}.${key}`, value, problem))
    }),
  ]
}

const portErrors = (port: Json, at: string): FieldError[] => {
  const { number = 0 } = port
  const name = text(port, "name")
  if (name !== "" && number !== 0) return [invalid(at, "", "cannot set both port name & port number")]
  if (name !== "") return portNameProblems(name).map((problem) => invalid(`${at}.service.port.name`, name, problem))
  if (number === 0) return [required(at, "port name or number is required")]
  return Number(number) >= 1 && Number(number) <= 65535
    ? []
    : [invalid(`${at}.service.port.number`, number, "must be between 1 and 65535, inclusive")]
}

const backendErrors = (backend: Json, at: string): FieldError[] => {
  const { resource, service } = backend
  if (isJson(resource) && isJson(service)) return [invalid(at, "", "cannot set both resource and service backends")]
  if (isJson(resource)) return resourceErrors(resource, `${at}.resource`)
  if (!isJson(service)) return [invalid(at, "", "resource or service backend is required")]
  const name = text(service, "name")
  const field = `${at}.service.name`
  return [
    ...(name === "" ? [required(field)] : dnsLabelProblems(name).map((problem) => invalid(field, name, problem))),
    ...portErrors(child(service, "port"), at),
  ]
}

const PATH_TYPES = ["Exact", "ImplementationSpecific", "Prefix"]
const NOT_INSIDE = ["//", "/./", "/../", "%2f", "%2F"]
const NOT_LAST = ["/..", "/."]

const pathErrors = (path: Json, at: string): FieldError[] => {
  const type = path.pathType
  if (type === undefined) return [required(`${at}.pathType`, "pathType must be specified")]
  const value = text(path, "path")
  const field = `${at}.path`
  const errors: FieldError[] = []
  const isStrict = type === "Exact" || type === "Prefix"
  if (!PATH_TYPES.includes(String(type))) errors.push(notSupported(`${at}.pathType`, type, PATH_TYPES))
  else if (!value.startsWith("/") && (isStrict || value !== ""))
    errors.push(invalid(field, value, "must be an absolute path"))
  if (isStrict) {
    for (const part of NOT_INSIDE)
      if (value.includes(part)) errors.push(invalid(field, value, `must not contain '${part}'`))
    for (const end of NOT_LAST) if (value.endsWith(end)) errors.push(invalid(field, value, `cannot end with '${end}'`))
  }
  return [...errors, ...backendErrors(child(path, "backend"), `${at}.backend`)]
}

const ruleErrors = (rule: Json, at: string): FieldError[] => {
  const host = text(rule, "host")
  const errors: FieldError[] = []
  if (host !== "") {
    if (parseAddress(host)) errors.push(invalid(`${at}.host`, host, "must be a DNS name, not an IP address"))
    errors.push(...hostProblems(host).map((problem) => invalid(`${at}.host`, host, problem)))
  }
  if (!isJson(rule.http)) return errors
  const paths = children(rule.http, "paths")
  if (paths.length === 0) errors.push(required(`${at}.http.paths`))
  return [...errors, ...errorsOfEach(paths, (path, index) => pathErrors(path, `${at}.http.paths[${index}]`))]
}

const tlsErrors = (tls: Json, at: string): FieldError[] => {
  const hosts = Array.isArray(tls.hosts) ? tls.hosts.map(String) : []
  const secret = text(tls, "secretName")
  return [
    ...errorsOfEach(hosts, (host, index) =>
      hostProblems(host).map((problem) => invalid(`${at}.hosts[${index}]`, host, problem)),
    ),
    ...(secret === "" ? [] : dnsSubdomainProblems(secret)).map((each) => invalid(`${at}.secretName`, secret, each)),
  ]
}

/** Kubernetes 1.36 `pkg/apis/networking/validation` ValidateIngressSpec. */
const specErrors = (spec: Json): FieldError[] => {
  const rules = children(spec, "rules")
  const { ingressClassName } = spec
  const errors: FieldError[] = []
  if (rules.length === 0 && !isJson(spec.defaultBackend))
    errors.push(invalid("spec", null, "either `defaultBackend` or `rules` must be specified"))
  if (isJson(spec.defaultBackend)) errors.push(...backendErrors(spec.defaultBackend, "spec.defaultBackend"))
  errors.push(...errorsOfEach(rules, (rule, index) => ruleErrors(rule, `spec.rules[${index}]`)))
  errors.push(...errorsOfEach(children(spec, "tls"), (tls, index) => tlsErrors(tls, `spec.tls[${index}]`)))
  if (typeof ingressClassName === "string")
    errors.push(
      ...dnsSubdomainProblems(ingressClassName).map((each) => invalid("spec.ingressClassName", ingressClassName, each)),
    )
  return errors
}

/** Kubernetes 1.36 `pkg/apis/networking/validation` ValidateIngressLoadBalancerStatus. */
const statusErrors = (status: Json): FieldError[] =>
  errorsOfEach(children(child(status, "loadBalancer"), "ingress"), (each, index) => {
    const at = `status.loadBalancer.ingress[${index}]`
    const [ip, hostname] = [text(each, "ip"), text(each, "hostname")]
    return [
      ...(ip === "" ? [] : invalids(`${at}.ip`, ip, legacyIPProblems(ip))),
      ...(hostname === "" ? [] : invalids(`${at}.hostname`, hostname, dnsSubdomainProblems(hostname))),
      ...(parseAddress(hostname) ? [invalid(`${at}.hostname`, hostname, "must be a DNS name, not an IP address")] : []),
    ]
  })

const CLASS = "kubernetes.io/ingress.class"

const classErrors = (object: KubeObject): FieldError[] => {
  const annotation = object.metadata.annotations?.[CLASS]
  const { ingressClassName: name } = specOf(object)
  if (annotation === undefined || name === undefined || annotation === name) return []
  return [invalid(`annotations.${CLASS}`, annotation, "must match `ingressClassName` when both are specified")]
}

export const ingressStrategy: Strategy = {
  defaults: (object) => ({ ...object, spec: specOf(object) }),
  prepareCreate: (object) => ({ ...object, status: { loadBalancer: {} } }),
  validate: (object, old) => [...specErrors(specOf(object)), ...(old ? [] : classErrors(object))],
  validateStatus: (object) => statusErrors(child(object, "status")),
  warnings: (object, old) =>
    old === undefined && object.metadata.annotations?.[CLASS] !== undefined
      ? ["annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' instead"]
      : [],
}
