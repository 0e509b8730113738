import { errorsOfEach, type FieldError, invalid, notSupported } from "../field-error.ts"
import { child, children, isJson, type Json } from "../json-object.ts"
import { compareQuantities, nanosOf, quantityText } from "../workloads/quantity-text.ts"

const isSupported = (name: string): boolean => name === "cpu" || name === "memory" || name.startsWith("hugepages-")

const listErrors = (list: Json, at: string): FieldError[] =>
  errorsOfEach(Object.entries(list), ([name, quantity]) => {
    const shown = quantityText(quantity)
    return [
      ...(isSupported(name) ? [] : [notSupported(`${at}[${name}]`, name, ["cpu", "hugepages-", "memory"])]),
      ...(shown.startsWith("-") ? [invalid(`${at}[${name}]`, shown, "must be greater than or equal to 0")] : []),
    ]
  })

const sumOfRequests = (spec: Json, name: string): bigint =>
  children(spec, "containers").reduce(
    (sum, container) => sum + nanosOf(child(child(container, "resources"), "requests")[name] ?? "0"),
    0n,
  )

/** What a pod asks for as a whole (core/validation validatePodResources); `at` is `spec.resources`. */
export const podResourceErrors = (spec: Json, at: string): FieldError[] => {
  if (!isJson(spec.resources)) return []
  const [limits, requests] = [child(spec.resources, "limits"), child(spec.resources, "requests")]
  const tooMuch = errorsOfEach(Object.entries(requests), ([name, request]) =>
    limits[name] !== undefined && compareQuantities(request, limits[name]) > 0
      ? [
          invalid(
            `${at}.requests`,
            quantityText(request),
            `must be less than or equal to ${name} limit of ${quantityText(limits[name])}`,
          ),
        ]
      : [],
  )
  const tooLittle = errorsOfEach(Object.entries(requests), ([name, request]) => {
    const sum = sumOfRequests(spec, name)
    return isSupported(name) && sum > nanosOf(request)
      ? [
          invalid(
            `${at}.requests[${name}]`,
            quantityText(request),
            `must be greater than or equal to aggregate container requests of ${quantityText(`${sum}n`)}`,
          ),
        ]
      : []
  })
  return [...listErrors(limits, `${at}.limits`), ...listErrors(requests, `${at}.requests`), ...tooMuch, ...tooLittle]
}
