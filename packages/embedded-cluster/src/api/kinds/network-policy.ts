import type { KubeObject } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid, notSupported, refused, required } from "../field-error.ts"
import { legacyCIDRProblems, parseSubnet, type Subnet } from "../ip-text.ts"
import { child, children, isJson, type Json, text, withDefaults } from "../json-object.ts"
import { labelSelectorErrors } from "../label-selector.ts"
import { portNameProblems } from "../names.ts"
import type { Strategy } from "../strategy.ts"

const specOf = (object: KubeObject): Json => child(object, "spec")

const ruleDefaults = (rule: Json): Json =>
  Array.isArray(rule.ports)
    ? { ...rule, ports: children(rule, "ports").map((port) => withDefaults(port, { protocol: "TCP" })) }
    : rule

/** A policy that does not say of which direction it speaks speaks of ingress, and of egress when it has rules for it. */
const policyDefaults = (object: KubeObject): KubeObject => {
  const spec = specOf(object)
  const rules = (key: string): Json =>
    Array.isArray(spec[key]) ? { [key]: children(spec, key).map(ruleDefaults) } : {}
  const types = children(spec, "egress").length > 0 ? ["Ingress", "Egress"] : ["Ingress"]
  const given = Array.isArray(spec.policyTypes) && spec.policyTypes.length > 0 ? spec.policyTypes : types
  return {
    ...object,
    spec: {
      ...spec,
      podSelector: child(spec, "podSelector"),
      ...rules("ingress"),
      ...rules("egress"),
      policyTypes: given,
    },
  }
}

const PROTOCOLS = ["TCP", "UDP", "SCTP"]
const PORT_RANGE = "must be between 1 and 65535, inclusive"
const isPort = (value: number): boolean => value >= 1 && value <= 65535

const portErrors = (given: Json, at: string): FieldError[] => {
  const { protocol, port, endPort } = given
  const errors: FieldError[] = []
  if (protocol !== undefined && !PROTOCOLS.includes(String(protocol)))
    errors.push(notSupported(`${at}.protocol`, protocol, PROTOCOLS))
  if (typeof port === "number") {
    if (!isPort(port)) errors.push(invalid(`${at}.port`, port, PORT_RANGE))
    if (typeof endPort !== "number") return errors
    if (endPort < port) errors.push(invalid(`${at}.endPort`, port, "must be greater than or equal to `port`"))
    if (!isPort(endPort)) errors.push(invalid(`${at}.endPort`, endPort, PORT_RANGE))
    return errors
  }
  if (endPort !== undefined) {
    const why = port === undefined ? "`port` is not specified" : "`port` is non-numeric"
    errors.push(invalid(`${at}.endPort`, endPort, `may not be specified when ${why}`))
  }
  if (typeof port !== "string") return errors
  return [...errors, ...portNameProblems(port).map((problem) => invalid(`${at}.port`, port, problem))]
}

const isStrictlyInside = (inner: Subnet, outer: Subnet): boolean => {
  if (inner.address.family !== outer.address.family || outer.prefix >= inner.prefix) return false
  const shift = BigInt(outer.width - outer.prefix)
  return inner.address.value >> shift === outer.address.value >> shift
}

const blockErrors = (block: Json, at: string, existing: readonly string[]): FieldError[] => {
  const cidr = text(block, "cidr")
  if (cidr === "") return [required(`${at}.cidr`)]
  const errors = legacyCIDRProblems(cidr, existing).map((problem) => invalid(`${at}.cidr`, cidr, problem))
  const outer = parseSubnet(cidr)
  if (!outer) return errors
  const except = Array.isArray(block.except) ? block.except.map(String) : []
  const inside = errorsOfEach(except, (each, index) => {
    const field = `${at}.except[${index}]`
    const inner = parseSubnet(each)
    return [
      ...legacyCIDRProblems(each, existing).map((problem) => invalid(field, each, problem)),
      ...(inner && !isStrictlyInside(inner, outer) ? [invalid(field, each, "must be a strict subset of `cidr`")] : []),
    ]
  })
  return [...errors, ...inside]
}

const peerErrors = (peer: Json, at: string, existing: readonly string[]): FieldError[] => {
  const { podSelector, namespaceSelector, ipBlock } = peer
  const errors = [
    ...labelSelectorErrors(podSelector, `${at}.podSelector`),
    ...labelSelectorErrors(namespaceSelector, `${at}.namespaceSelector`),
    ...(isJson(ipBlock) ? blockErrors(ipBlock, `${at}.ipBlock`, existing) : []),
  ]
  const selectors = [podSelector, namespaceSelector].filter(isJson).length
  if (selectors === 0 && !isJson(ipBlock)) errors.push(required(at, "must specify a peer"))
  if (selectors > 0 && isJson(ipBlock)) errors.push(refused(at, "may not specify both ipBlock and another peer"))
  return errors
}

const DIRECTIONS = [
  ["ingress", "from"],
  ["egress", "to"],
] as const

/** Networks that the policy has already: they are not checked again. */
const cidrsOf = (spec: Json): string[] =>
  DIRECTIONS.flatMap(([direction, peers]) => children(spec, direction).flatMap((rule) => children(rule, peers)))
    .map((peer) => child(peer, "ipBlock"))
    .flatMap((block) => [text(block, "cidr"), ...(Array.isArray(block.except) ? block.except.map(String) : [])])

const TYPES = ["Ingress", "Egress"]

/** Kubernetes 1.36 `pkg/apis/networking/validation` ValidateNetworkPolicySpec. */
const specErrors = (spec: Json, old: Json | undefined): FieldError[] => {
  const existing = old ? cidrsOf(old) : []
  const errors = labelSelectorErrors(spec.podSelector, "spec.podSelector")
  for (const [direction, peers] of DIRECTIONS)
    errors.push(
      ...errorsOfEach(children(spec, direction), (rule, index) => {
        const at = `spec.${direction}[${index}]`
        return [
          ...errorsOfEach(children(rule, "ports"), (port, place) => portErrors(port, `${at}.ports[${place}]`)),
          ...errorsOfEach(children(rule, peers), (peer, place) =>
            peerErrors(peer, `${at}.${peers}[${place}]`, existing),
          ),
        ]
      }),
    )
  const types = Array.isArray(spec.policyTypes) ? spec.policyTypes : []
  if (types.length > TYPES.length)
    return [...errors, invalid("spec.policyTypes", types, "may not specify more than two policyTypes")]
  for (const [index, type] of types.entries())
    if (!TYPES.includes(String(type))) errors.push(notSupported(`spec.policyTypes[${index}]`, type, TYPES))
  return errors
}

export const networkPolicyStrategy: Strategy = {
  defaults: policyDefaults,
  validate: (object, old) => specErrors(specOf(object), old && specOf(old)),
}
