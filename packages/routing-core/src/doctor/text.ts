import type { Labels, Service } from "@pilotage/kube-model"
import type { PodFacts } from "../state.ts"
import { remembered } from "./survey/remembered.ts"

const SHOWN = 3

/**
 * `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`. `all`: how many there are where `names` are but the first four of
 * them, and whether there are more than that.
 */
export const listed = (
  names: readonly string[],
  all: { readonly count: number; readonly isMore: boolean } = { count: names.length, isMore: false },
): string => {
  const rest = all.count - SHOWN
  const shown = rest > 1 ? [...names.slice(0, SHOWN), `${all.isMore ? "more than " : ""}${rest} more`] : names
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`
}

/** The beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `1 pod`, `3 pods`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`

/** `pod a`, `pods a and b`. `count`: how many there are where `pods` are but the first four of them. */
export const podsText = (pods: readonly PodFacts[], count = pods.length): string =>
  `${count === 1 ? "pod" : "pods"} ${listed(
    pods.slice(0, SHOWN + 1).map((pod) => pod.name),
    { count, isMore: false },
  )}`

export const labelsText = remembered((labels: Labels): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(","),
)

/** The field of a finding, its value as JSON. */
export const field = (path: string, value?: unknown): { readonly path: string; readonly value?: string } =>
  value === undefined ? { path } : { path, value: JSON.stringify(value) }

const namespaceOf = (service: Service): string => service.metadata.namespace ?? "default"

/** A command that changes one field of a Service, `spec.ports[0].targetPort` as `/spec/ports/0/targetPort`. */
export const setField = (service: Service, pointer: string, value: unknown): string =>
  `kubectl patch service ${service.metadata.name} -n ${namespaceOf(service)} --type=json -p '${JSON.stringify([{ op: "add", path: pointer, value }])}'`

/** `spec.ports[1].targetPort`. */
export const portField = (index: number, name: string): string => `spec.ports[${index}].${name}`

/** `port 80`, or `port http (80/UDP)` where a name or a protocol tells more. */
export const portText = (port: {
  readonly name?: string
  readonly port: number
  readonly protocol?: string
}): string => {
  const number = port.protocol && port.protocol !== "TCP" ? `${port.port}/${port.protocol}` : `${port.port}`
  return port.name ? `port ${port.name} (${number})` : `port ${number}`
}
