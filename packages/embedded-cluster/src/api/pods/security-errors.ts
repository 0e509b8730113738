import { errorsOfEach, type FieldError, invalid, invalids, notSupported, refused, required } from "../field-error.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { dnsSubdomainProblems } from "../names.ts"
import { descendingPathProblems } from "./path-problems.ts"

const MOST_ID = 2 ** 31 - 1

const idErrors = (id: unknown, at: string): FieldError[] =>
  typeof id === "number" && (id < 0 || id > MOST_ID)
    ? [invalid(at, id, `must be between 0 and ${MOST_ID}, inclusive`)]
    : []

const PROFILES = ["Localhost", "RuntimeDefault", "Unconfined"]

const typeErrors = (profile: Json, name: string, at: string): FieldError[] => {
  const type = text(profile, "type")
  if (type === "") return [required(`${at}.type`, `type is required when ${name} is set`)]
  return PROFILES.includes(type) ? [] : [notSupported(`${at}.type`, type, PROFILES)]
}

/** core/validation validateSeccompProfileField. */
const seccompErrors = (profile: unknown, at: string): FieldError[] => {
  if (!isJson(profile)) return []
  const { localhostProfile: file } = profile
  const [type, field] = [text(profile, "type"), `${at}.localhostProfile`]
  const fileErrors =
    type === "Localhost"
      ? typeof file === "string"
        ? invalids(field, file, descendingPathProblems(file))
        : [required(field, "must be set when seccomp type is Localhost")]
      : file === undefined
        ? []
        : [invalid(field, { Type: type, LocalhostProfile: file }, "can only be set when seccomp type is Localhost")]
  return type === "" ? typeErrors(profile, "seccompProfile", at) : [...fileErrors, ...typeErrors(profile, "", at)]
}

const LONGEST_PROFILE = 4095

/** core/validation ValidateAppArmorProfileField. */
const appArmorErrors = (profile: unknown, at: string): FieldError[] => {
  if (!isJson(profile)) return []
  const { localhostProfile: given } = profile
  const [type, field] = [text(profile, "type"), `${at}.localhostProfile`]
  const file = typeof given === "string" ? given : ""
  if (type !== "Localhost")
    return [
      ...(given === undefined ? [] : [invalid(field, file, "can only be set when AppArmor type is Localhost")]),
      ...typeErrors(profile, "appArmorProfile", at),
    ]
  if (given === undefined) return [required(field, "must be set when AppArmor type is Localhost")]
  if (file !== file.trim()) return [invalid(field, file, "must not be padded with whitespace")]
  if (file === "") return [required(field, "must be set when AppArmor type is Localhost")]
  return file.length > LONGEST_PROFILE
    ? [{ type: "FieldValueTooLong", field, detail: `may not be more than ${LONGEST_PROFILE} bytes` }]
    : []
}

const windowsErrors = (options: unknown, at: string): FieldError[] => {
  if (!isJson(options)) return []
  const { gmsaCredentialSpecName: name, gmsaCredentialSpec: spec, runAsUserName: user } = options
  const errors: FieldError[] = []
  if (typeof name === "string")
    errors.push(...invalids(`${at}.gmsaCredentialSpecName`, name, dnsSubdomainProblems(name)))
  if (spec === "")
    errors.push(invalid(`${at}.gmsaCredentialSpec`, spec, "gmsaCredentialSpec cannot be an empty string"))
  if (user === "") errors.push(invalid(`${at}.runAsUserName`, user, "runAsUserName cannot be an empty string"))
  else if (typeof user === "string" && user.split("\\").length > 2)
    errors.push(invalid(`${at}.runAsUserName`, user, "runAsUserName cannot contain more than one backslash"))
  return errors
}

/** As upstream prints it, whose errors show its internal types. */
const internal = (context: Json): Json => {
  const { capabilities } = context
  const shown = (key: string): unknown => context[key] ?? null
  return {
    Capabilities: isJson(capabilities) ? { Add: capabilities.add ?? null, Drop: capabilities.drop ?? null } : null,
    Privileged: shown("privileged"),
    SELinuxOptions: shown("seLinuxOptions"),
    WindowsOptions: shown("windowsOptions"),
    RunAsUser: shown("runAsUser"),
    RunAsGroup: shown("runAsGroup"),
    RunAsNonRoot: shown("runAsNonRoot"),
    ReadOnlyRootFilesystem: shown("readOnlyRootFilesystem"),
    AllowPrivilegeEscalation: shown("allowPrivilegeEscalation"),
    ProcMount: shown("procMount"),
    SeccompProfile: shown("seccompProfile"),
    AppArmorProfile: shown("appArmorProfile"),
  }
}

const escalationErrors = (context: Json, at: string): FieldError[] => {
  if (context.allowPrivilegeEscalation !== false) return []
  const { add } = child(context, "capabilities")
  const refusal = (what: string): FieldError[] => [
    invalid(at, internal(context), `cannot set \`allowPrivilegeEscalation\` to false and ${what}`),
  ]
  return [
    ...(context.privileged === true ? refusal("`privileged` to true") : []),
    ...(Array.isArray(add) && add.includes("CAP_SYS_ADMIN") ? refusal("`capabilities.Add` CAP_SYS_ADMIN") : []),
  ]
}

const procMountErrors = (context: Json, hostUsers: boolean, at: string): FieldError[] => {
  const { procMount } = context
  if (procMount === undefined) return []
  const supported = ["Default", "Unmasked"]
  if (!supported.includes(String(procMount))) return [notSupported(`${at}.procMount`, procMount, supported)]
  return procMount === "Unmasked" && hostUsers
    ? [invalid(`${at}.procMount`, procMount, "`hostUsers` must be false to use `Unmasked`")]
    : []
}

/** core/validation ValidateSecurityContext of a container; privileged ones are allowed, as kind and kubeadm have it. */
export const containerSecurityErrors = (container: Json, hostUsers: boolean, at: string): FieldError[] => {
  const { securityContext: context } = container
  if (!isJson(context)) return []
  return [
    ...idErrors(context.runAsUser, `${at}.runAsUser`),
    ...idErrors(context.runAsGroup, `${at}.runAsGroup`),
    ...procMountErrors(context, hostUsers, at),
    ...seccompErrors(context.seccompProfile, `${at}.seccompProfile`),
    ...escalationErrors(context, at),
    ...windowsErrors(context.windowsOptions, `${at}.windowsOptions`),
    ...appArmorErrors(context.appArmorProfile, `${at}.appArmorProfile`),
  ]
}

const SYSCTL = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/
const SYSCTL_RULE =
  "must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$"

const namespaceErrors = (name: string, spec: Json, at: string): FieldError[] => {
  const dotted = name.replaceAll("/", ".")
  const isNetwork = dotted.startsWith("net.")
  const isMessaging = ["kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue."].some((each) => dotted.startsWith(each))
  if (isNetwork && spec.hostNetwork === true)
    return [invalid(at, name, "may not be specified when 'hostNetwork' is true")]
  if (isMessaging && spec.hostIPC === true) return [invalid(at, name, "may not be specified when 'hostIPC' is true")]
  return []
}

const sysctlErrors = (context: Json, spec: Json, at: string): FieldError[] => {
  const names = new Set<string>()
  return errorsOfEach(children(context, "sysctls"), (sysctl, index) => {
    const [name, field] = [text(sysctl, "name"), `${at}[${index}].name`]
    if (name === "") return [required(field)]
    if (name.length > 253 || !SYSCTL.test(name)) return [invalid(field, name, SYSCTL_RULE)]
    if (names.has(name)) return [{ type: "FieldValueDuplicate", field, badValue: name, detail: "" }]
    names.add(name)
    return namespaceErrors(name, spec, field)
  })
}

const CHOICES: readonly (readonly [string, readonly string[]])[] = [
  ["fsGroupChangePolicy", ["Always", "OnRootMismatch"]],
]
const LATER_CHOICES: readonly (readonly [string, readonly string[]])[] = [
  ["supplementalGroupsPolicy", ["Merge", "Strict"]],
  ["seLinuxChangePolicy", ["Recursive"]],
]

const choiceErrors = (context: Json, choices: typeof CHOICES, at: string): FieldError[] =>
  errorsOfEach(choices, ([key, supported]) => {
    const value = context[key]
    return value === undefined || supported.includes(String(value))
      ? []
      : [notSupported(`${at}.${key}`, value, supported)]
  })

/** core/validation ValidatePodSecurityContext, of a pod spec; `at` is `spec.securityContext`. */
export const podSecurityErrors = (spec: Json, at: string): FieldError[] => {
  const context = child(spec, "securityContext")
  if (Object.keys(context).length === 0 && spec.shareProcessNamespace !== true) return []
  const groups = Array.isArray(context.supplementalGroups) ? context.supplementalGroups : []
  const isShared = spec.shareProcessNamespace === true
  return [
    ...idErrors(context.fsGroup, `${at}.fsGroup`),
    ...idErrors(context.runAsUser, `${at}.runAsUser`),
    ...idErrors(context.runAsGroup, `${at}.runAsGroup`),
    ...errorsOfEach(groups, (group, index) => idErrors(group, `${at}.supplementalGroups[${index}]`)),
    ...(isShared && spec.hostPID === true
      ? [invalid(`${at}.shareProcessNamespace`, true, "ShareProcessNamespace and HostPID cannot both be enabled")]
      : []),
    ...sysctlErrors(context, spec, `${at}.sysctls`),
    ...choiceErrors(context, CHOICES, at),
    ...seccompErrors(context.seccompProfile, `${at}.seccompProfile`),
    ...windowsErrors(context.windowsOptions, `${at}.windowsOptions`),
    ...appArmorErrors(context.appArmorProfile, `${at}.appArmorProfile`),
    ...choiceErrors(context, LATER_CHOICES, at),
  ]
}

const onlyTrue = (spec: Json, keys: readonly string[], at: string): FieldError[] =>
  keys.filter((key) => spec[key] === true).map((key) => refused(`${at}.${key}`, "cannot be set for a windows pod"))

const LINUX_ONLY = [
  "appArmorProfile",
  "seLinuxOptions",
  "seccompProfile",
  "fsGroup",
  "fsGroupChangePolicy",
  "sysctls",
  "runAsUser",
  "runAsGroup",
  "supplementalGroups",
  "supplementalGroupsPolicy",
]

/** What a pod may not say once it has said what system it is for (core/validation validateOS and those for each). */
export const systemErrors = (spec: Json, at: string): FieldError[] => {
  if (!isJson(spec.os)) return []
  const name = text(spec.os, "name")
  const supported = ["linux", "windows"]
  if (name === "") return [required(`${at}.os.name`)]
  if (!supported.includes(name)) return [notSupported(`${at}.os`, name, supported)]
  const context = child(spec, "securityContext")
  if (name === "linux")
    return context.windowsOptions === undefined
      ? []
      : [refused(`${at}.securityContext.windowsOptions`, "windows options cannot be set for a linux pod")]
  return [
    ...onlyTrue(spec, ["hostPID", "hostIPC"], at),
    ...LINUX_ONLY.filter((key) => context[key] !== undefined).map((key) =>
      refused(`${at}.securityContext.${key}`, "cannot be set for a windows pod"),
    ),
    ...onlyTrue(spec, ["shareProcessNamespace"], at),
  ]
}
