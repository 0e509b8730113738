import type { Service } from "@pilotage/kube-model"
import type { Trace } from "@pilotage/routing-core"
import type { StoreView } from "../store-types.ts"

export interface Remembered {
  /** `ip:port` of the endpoint. */
  readonly endpoint: string
  readonly until: number
}

/** What each node's kube-proxy remembers of clients. Keys name node, Service port and client address. */
export type AffinityMemory = Map<string, Remembered>

export interface AffinitySlot {
  readonly key: string
  readonly timeoutMs: number
}

const DEFAULT_TIMEOUT_S = 10_800

/** Where the node that translated this connection keeps its memory; undefined without sessionAffinity ClientIP. */
export const affinitySlot = (trace: Trace, view: StoreView): AffinitySlot | undefined => {
  const { service, servicePort } = trace.route
  if (!service) return undefined
  const object: Service | undefined = view.get("services", service.namespace ?? "", service.name)
  if (object?.spec.sessionAffinity !== "ClientIP") return undefined
  const hop = trace.hops.findLast(
    (each) => each.at.kind === "node" && (each.action === "dnat" || each.action === "dnat+snat"),
  )
  if (hop?.at.kind !== "node") return undefined
  const timeout = object.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_TIMEOUT_S
  return {
    key: `${hop.at.name}\n${service.namespace}/${service.name}:${servicePort ?? ""}\n${hop.entry.source.ip}`,
    timeoutMs: timeout * 1000,
  }
}

export const recall = (memory: AffinityMemory, slot: AffinitySlot, now: number): string | undefined => {
  const remembered = memory.get(slot.key)
  if (!remembered) return undefined
  if (remembered.until > now) return remembered.endpoint
  memory.delete(slot.key)
  return undefined
}

/** Every connection renews the time (facts A.8: sliding). */
export const remember = (memory: AffinityMemory, slot: AffinitySlot, endpoint: string, now: number): void => {
  memory.set(slot.key, { endpoint, until: now + slot.timeoutMs })
}
