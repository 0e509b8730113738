import {
  duplicate,
  errorsOfEach,
  type FieldError,
  invalid,
  invalids,
  notFoundValue,
  notSupported,
  refused,
  required,
} from "../field-error.ts"
import { child, children, type Json, text } from "../json-object.ts"
import { qualifiedNameProblems } from "../names.ts"
import { compareQuantities, isWhole, nanosOf, quantityText } from "../workloads/quantity-text.ts"

const COMPUTE = ["cpu", "memory"]
const CONTAINER = [...COMPUTE, "ephemeral-storage"]
/** Names without a prefix that mean something somewhere, in a quota if not here. */
const STANDARD = new Set([
  ...CONTAINER,
  ...["cpu", "memory", "storage", "ephemeral-storage"].map((name) => `requests.${name}`),
  ...CONTAINER.map((name) => `limits.${name}`),
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "storage",
  "services.nodeports",
  "services.loadbalancers",
])

const isHugePage = (name: string): boolean => name.startsWith("hugepages-")
const isNative = (name: string): boolean => !name.includes("/") || name.includes("kubernetes.io/")
const isOvercommittable = (name: string): boolean => isNative(name) && !isHugePage(name)

const isExtended = (name: string): boolean =>
  !isNative(name) && !name.startsWith("requests.") && qualifiedNameProblems(`requests.${name}`).length === 0

/** core/validation validateContainerResourceName. */
const nameErrors = (name: string, at: string): FieldError[] => {
  const errors = invalids(at, name, qualifiedNameProblems(name))
  const isShort = !name.includes("/")
  if (
    errors.length === 0 &&
    isShort &&
    !STANDARD.has(name) &&
    !isHugePage(name) &&
    !name.startsWith("requests.hugepages-")
  )
    errors.push(invalid(at, name, "must be a standard resource type or fully qualified"))
  if (isShort && !CONTAINER.includes(name) && !isHugePage(name))
    errors.push(invalid(at, name, "must be a standard resource for containers"))
  if (!isShort && !isNative(name) && !isExtended(name))
    errors.push(invalid(at, name, "doesn't follow extended resource name standard"))
  return errors
}

const valueErrors = (name: string, quantity: unknown, at: string): FieldError[] => {
  const shown = quantityText(quantity)
  if (shown.startsWith("-")) return [invalid(at, shown, "must be greater than or equal to 0")]
  if (isExtended(name) && !isWhole(quantity)) return [invalid(at, shown, "must be an integer")]
  if (!isHugePage(name)) return []
  const [value, page] = [nanosOf(quantity), nanosOf(name.slice("hugepages-".length))]
  return page > 0n && value % page !== 0n
    ? [invalid(at, shown, `${shown} is not positive integer multiple of ${name}`)]
    : []
}

const limitErrors = (name: string, request: unknown, limits: Json, at: string): FieldError[] => {
  const limit = Object.hasOwn(limits, name) ? limits[name] : undefined
  if (limit === undefined)
    return isOvercommittable(name)
      ? []
      : [required(`${at}.limits`, "Limit must be set for non overcommitable resources")]
  const order = compareQuantities(request, limit)
  const told = (rule: string): FieldError[] => [
    invalid(`${at}.requests`, quantityText(request), `must be ${rule} ${name} limit of ${quantityText(limit)}`),
  ]
  if (order !== 0 && !isOvercommittable(name)) return told("equal to")
  return order > 0 ? told("less than or equal to") : []
}

const claimErrors = (resources: Json, podClaims: readonly string[], at: string): FieldError[] => {
  const seen = new Set<string>()
  const known = new Set(podClaims)
  const among = podClaims.length === 0 ? "which is empty" : `which are: ${podClaims.join(", ")}`
  return errorsOfEach(children(resources, "claims"), (claim, index) => {
    const field = `${at}.claims[${index}]`
    const [name, request] = [text(claim, "name"), text(claim, "request")]
    if (name === "") return [required(field)]
    const key = request === "" ? name : `${name}/${request}`
    const isAgain = seen.has(key)
    seen.add(key)
    return [
      ...(isAgain ? [duplicate(field, key)] : []),
      ...(known.has(name)
        ? []
        : [
            {
              ...notFoundValue(field, name),
              detail: `must be one of the names in pod.spec.resourceClaims ${among}`,
            },
          ]),
    ]
  })
}

/** core/validation ValidateContainerResourceRequirements; `at` is `spec.containers[0].resources`. */
export const resourceErrors = (resources: Json, podClaims: readonly string[], at: string): FieldError[] => {
  const [limits, requests] = [child(resources, "limits"), child(resources, "requests")]
  const names = [...Object.keys(limits), ...Object.keys(requests)]
  const one = (list: string, name: string, quantity: unknown): FieldError[] => {
    const field = `${at}.${list}[${name}]`
    return [...nameErrors(name, field), ...valueErrors(name, quantity, field)]
  }
  return [
    ...errorsOfEach(Object.entries(limits), ([name, limit]) => one("limits", name, limit)),
    ...errorsOfEach(Object.entries(requests), ([name, request]) => [
      ...one("requests", name, request),
      ...limitErrors(name, request, limits, at),
    ]),
    ...(names.some(isHugePage) && !names.some((name) => COMPUTE.includes(name))
      ? [refused(at, "HugePages require cpu or memory")]
      : []),
    ...claimErrors(resources, podClaims, at),
  ]
}

/** core/validation validateResizePolicy; all complaints are about the list. */
export const resizePolicyErrors = (container: Json, at: string): FieldError[] => {
  const seen = new Set<string>()
  return errorsOfEach(children(container, "resizePolicy"), (policy, index) => {
    const [name, restart] = [text(policy, "resourceName"), text(policy, "restartPolicy")]
    const isAgain = seen.has(name)
    seen.add(name)
    const choices = ["NotRequired", "RestartContainer"]
    return [
      ...(isAgain ? [duplicate(`${at}[${index}]`, name)] : []),
      ...(name === "" ? [required(at)] : COMPUTE.includes(name) ? [] : [notSupported(at, name, COMPUTE)]),
      ...(restart === "" ? [required(at)] : choices.includes(restart) ? [] : [notSupported(at, restart, choices)]),
    ]
  })
}
