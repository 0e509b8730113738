import {
  humanDuration,
  type LabelSelector,
  type Labels,
  type LoadBalancerIngress,
  type PodTemplateSpec,
  parseTime,
} from "@pilotage/kube-model"
import { selectorText } from "../api/selector-text.ts"

export const NONE = "<none>"

/** `5m` since an RFC 3339 time; `<unknown>` without one. Part seconds are cut off, also before zero, as Go does. */
export const since = (time: string | null | undefined, now: number): string => {
  const at = time ? parseTime(time) : undefined
  return at === undefined ? "<unknown>" : humanDuration(Math.trunc((now - at) / 1000) * 1000)
}

/** `app=web,tier=front`, in order of keys. */
export const labelsText = (labels: Labels | undefined): string => {
  const pairs = Object.entries(labels ?? {}).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return pairs.length === 0 ? NONE : pairs.map(([key, value]) => `${key}=${value}`).join(",")
}

export const selectorCell = (selector: LabelSelector | undefined): string => selectorText(selector) || NONE

export const containersCell = (template: PodTemplateSpec | undefined): string =>
  (template?.spec?.containers ?? []).map((container) => container.name).join(",")

export const imagesCell = (template: PodTemplateSpec | undefined): string =>
  (template?.spec?.containers ?? []).map((container) => container.image).join(",")

/** At most three, then ` + 2 more...`. */
export const firstThree = (items: readonly string[]): string =>
  items.length > 3 ? `${items.slice(0, 3).join(",")} + ${items.length - 3} more...` : items.join(",")

/** Width to which load balancer addresses are cut in a narrow print. */
const ADDRESS_WIDTH = 16

/** Each address once, in order; cut short unless there is room. */
export const balancerAddresses = (ingress: readonly LoadBalancerIngress[], isWide: boolean): string => {
  const all = ingress.flatMap(({ ip, hostname }) => ip || hostname || [])
  const text = [...new Set(all)].sort().join(",")
  return !isWide && text.length > ADDRESS_WIDTH ? `${text.slice(0, ADDRESS_WIDTH - 3)}...` : text
}
