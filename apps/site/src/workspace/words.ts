import type { Origin } from "@pilotage/routing-core"

/** Who sent a request, in a few words. */
export const originName = (origin: Origin): string => {
  switch (origin.kind) {
    case "pod":
      return `pod ${origin.name}`
    case "node":
      return origin.name
    case "outside":
      return `outside ${origin.ip}`
    case "node-network":
      return `node network ${origin.ip}`
  }
}

/** Seconds since the start of the lab as a clock: `1:05`. */
export const clockText = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const minutes = Math.floor(seconds / 60)
  return `${minutes}:${String(seconds % 60).padStart(2, "0")}`
}
