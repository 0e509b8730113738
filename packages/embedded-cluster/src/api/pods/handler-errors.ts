import { errorsOfEach, type FieldError, invalid, invalids, refused, required } from "../field-error.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { portNumberErrors, portOrNameErrors } from "../service/validate-ports.ts"
import { notNegative } from "../workloads/template-errors.ts"
import { oneOf } from "./env-errors.ts"

const HEADER =
  "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')"

const portErrors = (handler: Json, at: string): FieldError[] => {
  const { port } = handler
  return portOrNameErrors(`${at}.port`, typeof port === "string" || typeof port === "number" ? port : 0)
}

const execErrors = (handler: Json, at: string): FieldError[] =>
  Array.isArray(handler.command) && handler.command.length > 0 ? [] : [required(`${at}.command`)]

const httpErrors = (handler: Json, at: string): FieldError[] => [
  ...(text(handler, "path") === "" ? [required(`${at}.path`)] : []),
  ...portErrors(handler, at),
  ...oneOf(`${at}.scheme`, text(handler, "scheme"), ["HTTP", "HTTPS"]),
  ...errorsOfEach(children(handler, "httpHeaders"), (header) => {
    const name = text(header, "name")
    return invalids(`${at}.httpHeaders`, name, /^[-A-Za-z0-9]+$/.test(name) ? [] : [HEADER])
  }),
]

type Checks = Readonly<Record<string, (handler: Json, at: string) => FieldError[]>>

const SHARED: Checks = { exec: execErrors, httpGet: httpErrors, tcpSocket: portErrors }

/** One way to do it must be given, and no second (core/validation validateHandler). */
const handlerErrors = (holder: Json, checks: Checks, at: string): FieldError[] => {
  const given = Object.keys(checks).filter((key) => isJson(holder[key]))
  if (given.length === 0) return [required(at, "must specify a handler type")]
  return given.flatMap((key, index) =>
    index === 0
      ? (checks[key]?.(child(holder, key), `${at}.${key}`) ?? [])
      : [refused(`${at}.${key}`, "may not specify more than 1 handler type")],
  )
}

const PROBE_HANDLERS: Checks = {
  ...SHARED,
  grpc: (handler, at) => portNumberErrors(`${at}.port`, Number(handler.port ?? 0)),
}

const COUNTS = ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"]

/** core/validation validateProbe. */
const probeErrors = (probe: Json, at: string): FieldError[] => {
  const grace = probe.terminationGracePeriodSeconds
  return [
    ...handlerErrors(probe, PROBE_HANDLERS, at),
    ...COUNTS.flatMap((key) => notNegative(`${at}.${key}`, probe[key])),
    ...(typeof grace === "number" && grace <= 0
      ? [invalid(`${at}.terminationGracePeriodSeconds`, grace, "must be greater than 0")]
      : []),
  ]
}

const onceErrors = (probe: Json, at: string): FieldError[] =>
  probe.successThreshold === 1 ? [] : [invalid(`${at}.successThreshold`, probe.successThreshold ?? 0, "must be 1")]

const readinessErrors = (probe: Json, at: string): FieldError[] => {
  const grace = probe.terminationGracePeriodSeconds
  if (grace === undefined) return []
  return [invalid(`${at}.terminationGracePeriodSeconds`, grace, "must not be set for readinessProbes")]
}

const PROBES: readonly (readonly [string, (probe: Json, at: string) => FieldError[]])[] = [
  ["livenessProbe", onceErrors],
  ["readinessProbe", readinessErrors],
  ["startupProbe", onceErrors],
]

/** The probes of a container at `at`. */
export const probesErrors = (container: Json, at: string): FieldError[] =>
  PROBES.flatMap(([key, rule]) => {
    const probe = container[key]
    return isJson(probe) ? [...probeErrors(probe, `${at}.${key}`), ...rule(probe, `${at}.${key}`)] : []
  })

/** What runs when a container starts and before it ends; `grace`: seconds that the pod has for its end. */
export const lifecycleErrors = (container: Json, at: string, grace: number): FieldError[] => {
  if (!isJson(container.lifecycle)) return []
  const sleep = (handler: Json, field: string): FieldError[] => {
    const seconds = Number(handler.seconds ?? 0)
    return seconds >= 0 && seconds <= grace
      ? []
      : [invalid(field, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`)]
  }
  const { lifecycle } = container
  return ["postStart", "preStop"].flatMap((key) => {
    const hook = lifecycle[key]
    return isJson(hook) ? handlerErrors(hook, { ...SHARED, sleep }, `${at}.lifecycle.${key}`) : []
  })
}
