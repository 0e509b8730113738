import { duplicate, type FieldError, invalid, notSupported, required } from "../field-error.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { dnsLabelProblems, portNameProblems } from "../names.ts"
import { portNumberErrors, portOrNameErrors } from "../service/validate-ports.ts"
import { parseQuantity } from "./quantity.ts"

const notNegative = (field: string, value: unknown): FieldError[] =>
  typeof value === "number" && value < 0 ? [invalid(field, value, "must be greater than or equal to 0")] : []

const portErrors = (container: Json, at: string): FieldError[] => {
  const names = new Set<string>()
  return children(container, "ports").flatMap((port, index) => {
    const field = `${at}.ports[${index}]`
    const name = text(port, "name")
    const errors: FieldError[] = portNameProblems(name)
      .filter(() => name !== "")
      .map((problem) => invalid(`${field}.name`, name, problem))
    if (name !== "" && errors.length === 0) {
      if (names.has(name)) errors.push(duplicate(`${field}.name`, name))
      names.add(name)
    }
    const number = Number(port.containerPort ?? 0)
    errors.push(
      ...(number === 0 ? [required(`${field}.containerPort`)] : portNumberErrors(`${field}.containerPort`, number)),
    )
    if (typeof port.hostPort === "number" && port.hostPort !== 0)
      errors.push(...portNumberErrors(`${field}.hostPort`, port.hostPort))
    const protocol = text(port, "protocol")
    if (protocol === "") errors.push(required(`${field}.protocol`))
    else if (!["SCTP", "TCP", "UDP"].includes(protocol))
      errors.push(notSupported(`${field}.protocol`, protocol, ["SCTP", "TCP", "UDP"]))
    return errors
  })
}

const HANDLERS = ["exec", "httpGet", "tcpSocket", "grpc"] as const

const probeErrors = (probe: Json, at: string, isReadiness: boolean): FieldError[] => {
  const errors: FieldError[] = []
  const handlers = HANDLERS.filter((key) => isJson(probe[key]))
  if (handlers.length === 0) errors.push(required(at, "must specify a handler type"))
  for (const key of handlers.slice(1))
    errors.push({
      type: "FieldValueForbidden",
      field: `${at}.${key}`,
      detail: "may not specify more than 1 handler type",
    })
  for (const key of ["httpGet", "tcpSocket"] as const) {
    const handler = probe[key]
    const port = isJson(handler) ? handler.port : undefined
    if (!handlers.includes(key)) continue
    errors.push(
      ...portOrNameErrors(`${at}.${key}.port`, typeof port === "string" || typeof port === "number" ? port : 0),
    )
    if (key === "httpGet" && !text(child(probe, key), "path")) errors.push(required(`${at}.httpGet.path`))
  }
  if (
    handlers.includes("exec") &&
    !(Array.isArray(child(probe, "exec").command) && children(child(probe, "exec"), "command").length > 0)
  )
    errors.push(required(`${at}.exec.command`))
  for (const key of ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"])
    errors.push(...notNegative(`${at}.${key}`, probe[key]))
  if (!isReadiness && probe.successThreshold !== 1)
    errors.push(invalid(`${at}.successThreshold`, probe.successThreshold, "must be 1"))
  return errors
}

const envErrors = (container: Json, at: string): FieldError[] =>
  children(container, "env").flatMap((entry, index) => {
    const field = `${at}.env[${index}]`
    const name = text(entry, "name")
    if (name === "") return [required(`${field}.name`)]
    const isPlain = /^[-._a-zA-Z0-9\u0020-\u007e]+$/.test(name) && !name.includes("=")
    return isPlain
      ? []
      : [
          invalid(
            `${field}.name`,
            name,
            "a valid environment variable name must consist only of printable ASCII characters other than '='",
          ),
        ]
  })

const resourceErrors = (container: Json, at: string): FieldError[] => {
  const resources = child(container, "resources")
  const limits = child(resources, "limits")
  return Object.entries(child(resources, "requests")).flatMap(([name, request]) => {
    const limit = limits[name]
    if (limit === undefined || (parseQuantity(request) ?? 0) <= (parseQuantity(limit) ?? 0)) return []
    return [
      invalid(`${at}.resources.requests`, String(request), `must be less than or equal to ${name} limit of ${limit}`),
    ]
  })
}

const mountErrors = (container: Json, volumes: ReadonlySet<string>, at: string): FieldError[] =>
  children(container, "volumeMounts").flatMap((mount, index) => {
    const field = `${at}.volumeMounts[${index}]`
    const name = text(mount, "name")
    const errors: FieldError[] = []
    if (name === "") errors.push(required(`${field}.name`))
    else if (!volumes.has(name))
      errors.push({ type: "FieldValueNotFound", field: `${field}.name`, badValue: name, detail: "" })
    return text(mount, "mountPath") === "" ? [...errors, required(`${field}.mountPath`)] : errors
  })

const PULL_POLICIES = ["Always", "IfNotPresent", "Never"]

/** Errors of one container (core/validation validateContainer). `at` is `spec.containers[0]`. */
export const containerErrors = (container: Json, volumes: ReadonlySet<string>, at: string): FieldError[] => {
  const name = text(container, "name")
  const image = text(container, "image")
  const errors: FieldError[] =
    name === ""
      ? [required(`${at}.name`)]
      : dnsLabelProblems(name).map((problem) => invalid(`${at}.name`, name, problem))
  if (image === "") errors.push(required(`${at}.image`))
  else if (image !== image.trim())
    errors.push(invalid(`${at}.image`, image, "must not have leading or trailing whitespace"))
  errors.push(...portErrors(container, at), ...envErrors(container, at), ...mountErrors(container, volumes, at))
  for (const key of ["livenessProbe", "readinessProbe", "startupProbe"] as const) {
    const probe = container[key]
    if (isJson(probe)) errors.push(...probeErrors(probe, `${at}.${key}`, key === "readinessProbe"))
  }
  const policy = text(container, "imagePullPolicy")
  if (!PULL_POLICIES.includes(policy))
    errors.push(
      policy === "" ? required(`${at}.imagePullPolicy`) : notSupported(`${at}.imagePullPolicy`, policy, PULL_POLICIES),
    )
  return [...errors, ...resourceErrors(container, at)]
}
