import {
  duplicate,
  errorsOfEach,
  type FieldError,
  invalid,
  invalids,
  notSupported,
  refused,
  tooLong,
} from "../field-error.ts"
import { legacyIPProblems } from "../ip-text.ts"
import { children, isJson, type Json, text } from "../json-object.ts"
import { dnsLabelProblems, dnsSubdomainProblems, qualifiedNameProblems } from "../names.ts"
import { validateLabels } from "../object-metadata.ts"
import { affinityErrors } from "./affinity-errors.ts"
import { containersErrors, initContainersErrors, type PodView } from "./container-errors.ts"
import { dnsErrors } from "./dns-errors.ts"
import { oneOf } from "./env-errors.ts"
import { gateErrors, spreadErrors, tolerationErrors } from "./placement-errors.ts"
import { podResourceErrors } from "./pod-resource-errors.ts"
import { hostNetworkErrors } from "./port-errors.ts"
import { podSecurityErrors, systemErrors } from "./security-errors.ts"
import { volumeErrors, volumesOf } from "./volume-errors.ts"

const claimErrors = (spec: Json, at: string): FieldError[] => {
  const names = new Set<string>()
  return errorsOfEach(children(spec, "resourceClaims"), (claim, index) => {
    const field = `${at}[${index}]`
    const name = text(claim, "name")
    const given = ["resourceClaimName", "resourceClaimTemplateName"].filter((key) => claim[key] !== undefined)
    const shown = {
      Name: name,
      ResourceClaimName: claim.resourceClaimName ?? null,
      ResourceClaimTemplateName: claim.resourceClaimTemplateName ?? null,
    }
    const isAgain = names.has(name)
    names.add(name)
    return [
      ...(name === ""
        ? [{ type: "FieldValueRequired", field: `${field}.name`, detail: "" } as const]
        : isAgain
          ? [duplicate(`${field}.name`, name)]
          : invalids(`${field}.name`, name, dnsLabelProblems(name))),
      ...(given.length > 1
        ? [invalid(field, shown, "at most one of `resourceClaimName`, `resourceClaimTemplateName` may be specified")]
        : []),
      ...(given.length === 0
        ? [invalid(field, shown, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`")]
        : []),
    ]
  })
}

const aliasErrors = (spec: Json, at: string): FieldError[] =>
  errorsOfEach(children(spec, "hostAliases"), (alias, index) => {
    const ip = text(alias, "ip")
    const names = Array.isArray(alias.hostnames) ? alias.hostnames.map(String) : []
    return [
      ...invalids(`${at}[${index}].ip`, ip, legacyIPProblems(ip)),
      ...errorsOfEach(names, (name, place) =>
        invalids(`${at}[${index}].hostnames[${place}]`, name, dnsSubdomainProblems(name)),
      ),
    ]
  })

const HOST_NAMESPACES = [
  ["hostNetwork", "hostNetwork"],
  ["hostPID", "HostPID"],
  ["hostIPC", "HostIPC"],
] as const

const userErrors = (spec: Json, at: string): FieldError[] =>
  spec.hostUsers === false
    ? HOST_NAMESPACES.filter(([key]) => spec[key] === true).map(([, shown]) =>
        refused(`${at}.${shown}`, "when `hostUsers` is false"),
      )
    : []

const isWindowsHostProcess = (holder: Json): boolean => {
  const { securityContext } = holder
  const options = isJson(securityContext) ? securityContext.windowsOptions : undefined
  return isJson(options) && options.hostProcess === true
}

const hostProcessErrors = (spec: Json, at: string): FieldError[] => {
  const all = [...children(spec, "containers"), ...children(spec, "initContainers")]
  const isAny = isWindowsHostProcess(spec) || all.some(isWindowsHostProcess)
  return isAny && spec.hostNetwork !== true
    ? [invalid(`${at}.hostNetwork`, false, "hostNetwork must be true if pod contains any hostProcess containers")]
    : []
}

const deadlineErrors = (spec: Json, at: string): FieldError[] => {
  const { activeDeadlineSeconds: seconds } = spec
  return typeof seconds === "number" && (seconds < 1 || seconds > 2 ** 31 - 1)
    ? [invalid(`${at}.activeDeadlineSeconds`, seconds, "must be between 1 and 2147483647, inclusive")]
    : []
}

const NAMES: readonly (readonly [string, (name: string) => string[]])[] = [
  ["serviceAccountName", dnsSubdomainProblems],
  ["nodeName", dnsSubdomainProblems],
]
const HOST_NAMES: readonly (readonly [string, (name: string) => string[]])[] = [
  ["hostname", dnsLabelProblems],
  ["subdomain", dnsLabelProblems],
]
const CLASSES: readonly (readonly [string, (name: string) => string[]])[] = [
  ["priorityClassName", dnsSubdomainProblems],
  ["runtimeClassName", dnsSubdomainProblems],
]

const nameErrors = (spec: Json, names: typeof NAMES, at: string): FieldError[] =>
  errorsOfEach(names, ([key, rule]) => {
    const name = text(spec, key)
    return name === "" ? [] : invalids(`${at}.${key}`, name, rule(name))
  })

const LONGEST_HOSTNAME = 64

const overrideErrors = (spec: Json, at: string): FieldError[] => {
  const { hostnameOverride: name } = spec
  const field = `${at}.hostnameOverride`
  if (typeof name !== "string") return []
  return [
    ...(name.length > LONGEST_HOSTNAME ? [tooLong(field, LONGEST_HOSTNAME)] : []),
    ...invalids(field, name, dnsSubdomainProblems(name)),
    ...(spec.setHostnameAsFQDN === true ? [refused(field, "may not be specified when setHostnameAsFQDN is true")] : []),
    ...(spec.hostNetwork === true ? [refused(field, "may not be specified when hostNetwork is true")] : []),
  ]
}

const PREEMPTION = ["Never", "PreemptLowerPriority"]

const preemptionErrors = (spec: Json, at: string): FieldError[] => {
  const { preemptionPolicy: policy } = spec
  if (policy === undefined || PREEMPTION.includes(String(policy))) return []
  return [notSupported(`${at}.preemptionPolicy`, policy, PREEMPTION)]
}

const DNS_POLICIES = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"]

const viewOf = (spec: Json): PodView => ({
  volumes: volumesOf(spec),
  claims: children(spec, "resourceClaims").map((claim) => text(claim, "name")),
  grace: Number(spec.terminationGracePeriodSeconds ?? 0),
  hostUsers: spec.hostUsers !== false,
})

/** Errors of a pod spec, in a template too (core/validation ValidatePodSpec); `at` is `spec` or `spec.template.spec`. */
export const podSpecErrors = (spec: Json, at: string): FieldError[] => {
  const view = viewOf(spec)
  const containers = children(spec, "containers")
  const names = containers.map((container) => text(container, "name"))
  const gates = children(spec, "readinessGates").map((gate) => text(gate, "conditionType"))
  return [
    ...volumeErrors(spec, `${at}.volumes`),
    ...claimErrors(spec, `${at}.resourceClaims`),
    ...containersErrors(containers, view, `${at}.containers`),
    ...initContainersErrors(children(spec, "initContainers"), names, view, `${at}.initContainers`),
    ...podResourceErrors(spec, `${at}.resources`),
    ...(spec.hostNetwork === true ? hostNetworkErrors(spec, at) : []),
    ...oneOf(`${at}.restartPolicy`, text(spec, "restartPolicy"), ["Always", "OnFailure", "Never"]),
    ...oneOf(`${at}.dnsPolicy`, text(spec, "dnsPolicy"), DNS_POLICIES),
    ...validateLabels(spec.nodeSelector, `${at}.nodeSelector`),
    ...podSecurityErrors(spec, `${at}.securityContext`),
    ...affinityErrors(spec, `${at}.affinity`),
    ...dnsErrors(spec, `${at}.dnsConfig`),
    ...errorsOfEach(gates, (type, index) =>
      invalids(`${at}.readinessGates[${index}].conditionType`, type, qualifiedNameProblems(type)),
    ),
    ...gateErrors(spec, `${at}.schedulingGates`),
    ...spreadErrors(spec, `${at}.topologySpreadConstraints`),
    ...hostProcessErrors(spec, at),
    ...userErrors(spec, at),
    ...nameErrors(spec, NAMES, at),
    ...deadlineErrors(spec, at),
    ...nameErrors(spec, HOST_NAMES, at),
    ...tolerationErrors(spec, `${at}.tolerations`),
    ...aliasErrors(spec, `${at}.hostAliases`),
    ...nameErrors(spec, CLASSES, at),
    ...preemptionErrors(spec, at),
    ...systemErrors(spec, at),
    ...overrideErrors(spec, at),
  ]
}
