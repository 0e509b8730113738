import type { KubeObject } from "@pilotage/kube-model"
import type { Conversion } from "../resources/resource-info.ts"
import { remembered } from "./remembered.ts"

/** Fields of an Event in core and what events.k8s.io calls them (kubernetes 1.36 pkg/apis/core, pkg/apis/events). */
const NAMES: readonly (readonly [core: string, events: string])[] = [
  ["involvedObject", "regarding"],
  ["message", "note"],
  ["source", "deprecatedSource"],
  ["firstTimestamp", "deprecatedFirstTimestamp"],
  ["lastTimestamp", "deprecatedLastTimestamp"],
  ["count", "deprecatedCount"],
  ["reportingComponent", "reportingController"],
]

const renamed = (object: KubeObject, apiVersion: string, names: ReadonlyMap<string, string>): KubeObject => {
  const entries = Object.entries(object).map(([key, value]) => [names.get(key) ?? key, value] as const)
  return { ...(Object.fromEntries(entries) as unknown as KubeObject), apiVersion }
}

const TO_CORE: ReadonlyMap<string, string> = new Map(NAMES.map(([core, events]) => [events, core]))
const FROM_CORE: ReadonlyMap<string, string> = new Map(NAMES)

/** events.k8s.io/v1: the same Events under other names. */
export const eventVersion1: Conversion = {
  toStored: (object) => renamed(object, "v1", TO_CORE),
  fromStored: remembered((object) => renamed(object, "events.k8s.io/v1", FROM_CORE)),
}
