import {
  duplicate,
  errorsOfEach,
  type FieldError,
  invalid,
  invalids,
  notSupported,
  refused,
  required,
} from "../field-error.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { dnsLabelProblems } from "../names.ts"
import { envErrors, envFromErrors, oneOf } from "./env-errors.ts"
import { lifecycleErrors, probesErrors } from "./handler-errors.ts"
import { deviceErrors, mountErrors, type Volumes } from "./mount-errors.ts"
import { hostPortConflicts, portErrors } from "./port-errors.ts"
import { resizePolicyErrors, resourceErrors } from "./resource-errors.ts"
import { containerSecurityErrors } from "./security-errors.ts"

/** What the containers of a pod see of it. */
export interface PodView {
  readonly volumes: Volumes
  /** Names of its resource claims. */
  readonly claims: readonly string[]
  /** Seconds for its end. */
  readonly grace: number
  readonly hostUsers: boolean
}

/** What holds for every container (core/validation validateContainerCommon); `at` is `spec.containers[0]`. */
const commonErrors = (container: Json, { volumes, claims, hostUsers }: PodView, at: string): FieldError[] => {
  const name = text(container, "name")
  return [
    ...(name === "" ? [required(`${at}.name`)] : invalids(`${at}.name`, name, dnsLabelProblems(name))),
    ...(text(container, "image") === "" ? [required(`${at}.image`)] : []),
    ...oneOf(`${at}.terminationMessagePolicy`, text(container, "terminationMessagePolicy"), [
      "File",
      "FallbackToLogsOnError",
    ]),
    ...portErrors(container, `${at}.ports`),
    ...envErrors(container, `${at}.env`),
    ...envFromErrors(container, `${at}.envFrom`),
    ...mountErrors(container, volumes, `${at}.volumeMounts`),
    ...deviceErrors(container, volumes, `${at}.volumeDevices`),
    ...oneOf(`${at}.imagePullPolicy`, text(container, "imagePullPolicy"), ["Always", "IfNotPresent", "Never"]),
    ...resourceErrors(child(container, "resources"), claims, `${at}.resources`),
    ...resizePolicyErrors(container, `${at}.resizePolicy`),
    ...containerSecurityErrors(container, hostUsers, `${at}.securityContext`),
  ]
}

const RESTARTS = ["Always", "Never", "OnFailure"]

const ruleErrors = (rule: Json, at: string): FieldError[] => {
  const codes = rule.exitCodes
  return [
    ...oneOf(`${at}.action`, text(rule, "action"), ["Restart", "RestartAllContainers"]),
    ...(isJson(codes)
      ? oneOf(`${at}.exitCodes.operator`, text(codes, "operator"), ["In", "NotIn"])
      : [required(`${at}.exitCodes`, "must be specified")]),
  ]
}

const restartErrors = (container: Json, at: string): FieldError[] => {
  const { restartPolicy: policy } = container
  const rules = children(container, "restartPolicyRules")
  const field = `${at}.restartPolicy`
  return [
    ...(policy === undefined || RESTARTS.includes(String(policy)) ? [] : [notSupported(field, policy, RESTARTS)]),
    ...(policy === undefined && rules.length > 0
      ? [required(field, "must specify restartPolicy when restart rules are used")]
      : []),
    ...errorsOfEach(rules, (rule, index) => ruleErrors(rule, `${at}.restartPolicyRules[${index}]`)),
  ]
}

/** The containers that run side by side (core/validation validateContainers); `at` is `spec.containers`. */
export const containersErrors = (containers: readonly Json[], view: PodView, at: string): FieldError[] => {
  if (containers.length === 0) return [required(at)]
  const names = new Set<string>()
  return [
    ...errorsOfEach(containers, (container, index) => {
      const field = `${at}[${index}]`
      const name = text(container, "name")
      const isAgain = names.has(name)
      names.add(name)
      return [
        ...commonErrors(container, view, field),
        ...(isAgain ? [duplicate(`${field}.name`, name)] : []),
        ...lifecycleErrors(container, field, view.grace),
        ...probesErrors(container, field),
        ...restartErrors(container, field),
      ]
    }),
    ...hostPortConflicts(containers, at),
  ]
}

const SIDECARS_ONLY = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"]

/** The containers that run before (core/validation validateInitContainers); `taken`: names of the others. */
export const initContainersErrors = (
  containers: readonly Json[],
  taken: readonly string[],
  view: PodView,
  at: string,
): FieldError[] => {
  const names = new Set(taken)
  return errorsOfEach(containers, (container, index) => {
    const field = `${at}[${index}]`
    const name = text(container, "name")
    const isAgain = names.has(name)
    names.add(name)
    const isSidecar = container.restartPolicy === "Always"
    return [
      ...commonErrors(container, view, field),
      ...restartErrors(container, field),
      ...(isAgain ? [duplicate(`${field}.name`, name)] : []),
      ...hostPortConflicts([container], at).map((error) => ({
        ...error,
        field: error.field.replace(`${at}[0]`, field),
      })),
      ...(isSidecar
        ? [...lifecycleErrors(container, field, view.grace), ...probesErrors(container, field)]
        : SIDECARS_ONLY.filter((key) => isJson(container[key])).map((key) =>
            refused(`${field}.${key}`, "may not be set for init containers without restartPolicy=Always"),
          )),
    ]
  })
}

/** What a pod may not say though its template may (core/validation validateContainersOnlyForPod). */
export const podImageErrors = (spec: Json, at: string): FieldError[] =>
  ["containers", "initContainers"].flatMap((list) =>
    errorsOfEach(children(spec, list), (container, index) => {
      const image = text(container, "image")
      return image === image.trim()
        ? []
        : [invalid(`${at}.${list}[${index}].image`, image, "must not have leading or trailing whitespace")]
    }),
  )
