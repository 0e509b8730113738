import type { Service } from "@pilotage/kube-model"
import {
  type Controller,
  type ControllerContext,
  keyOf,
  NOTHING,
  type Outcome,
  type Report,
} from "../../engine/controller.ts"
import type { StoreEvent } from "../../store-types.ts"
import { addressesOf, isBalanced } from "./address-block.ts"
import { allocate, listText, POOL } from "./metallb-allocation.ts"

const FROM_POOL = "metallb.io/ip-allocated-from-pool"

const isEqual = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((each, index) => each === right[index])

const report = (about: Service, type: "Normal" | "Warning", reason: string, message: string): Report => ({
  about,
  type,
  reason,
  message,
  component: "metallb-controller",
})

/** The Service with these addresses, or with nothing of MetalLB's. */
const withAddresses = (service: Service, ips: readonly string[]): Service => {
  const { [FROM_POOL]: _, ...others } = service.metadata.annotations ?? {}
  const { annotations: _all, ...metadata } = service.metadata
  const annotations = ips.length > 0 ? { ...others, [FROM_POOL]: POOL.name } : others
  return {
    ...service,
    metadata: Object.keys(annotations).length > 0 ? { ...metadata, annotations } : metadata,
    status: {
      ...service.status,
      loadBalancer: ips.length > 0 ? { ingress: ips.map((ip) => ({ ip, ipMode: "VIP" as const })) } : {},
    },
  }
}

const write = (object: Service): Outcome["writes"] => [{ kind: "update", resource: "services", object }]

const isMarked = (service: Service): boolean => service.metadata.annotations?.[FROM_POOL] !== undefined

/** MetalLB 0.15 controller/service.go convergeBalancer. */
const reconcile = ({ view }: ControllerContext, key: string): Outcome => {
  const [namespace = "", name = ""] = key.split("/")
  const service = view.get("services", namespace, name)
  if (!service || service.metadata.deletionTimestamp) return NOTHING
  if (!isBalanced(service)) return isMarked(service) ? { writes: write(withAddresses(service, [])) } : NOTHING
  const now = addressesOf(service)
  const next = allocate(view, service, now)
  if (!next.ok)
    return {
      writes: now.length > 0 || isMarked(service) ? write(withAddresses(service, [])) : [],
      reports: [
        report(
          service,
          "Warning",
          "AllocationFailed",
          `Failed to allocate IP for ${JSON.stringify(keyOf(service))}: ${next.error}`,
        ),
      ],
    }
  if (isEqual(now, next.value) && isMarked(service)) return NOTHING
  return {
    writes: write(withAddresses(service, next.value)),
    reports: isEqual(now, next.value)
      ? []
      : [report(service, "Normal", "IPAllocated", `Assigned IP ${listText(next.value)}`)],
  }
}

/** Whether MetalLB looks at a Service again: its own writes are none of these changes. */
const hasChanged = (before: Service | undefined, after: Service): boolean =>
  before === undefined || before.spec !== after.spec || before.metadata.annotations !== after.metadata.annotations

const keysOf: Controller["keysOf"] = ({ resource, type, object, previous }: StoreEvent, view) => {
  if (resource !== "services") return []
  const service = object as Service
  const before = previous as Service | undefined
  const freed = addressesOf(before ?? service).some((ip) => type === "DELETED" || !addressesOf(service).includes(ip))
  const waiting = freed
    ? view.list("services").filter((each) => isBalanced(each) && addressesOf(each).length === 0)
    : []
  const concerns = type !== "DELETED" && (isBalanced(service) || isMarked(service)) && hasChanged(before, service)
  const own = concerns ? [keyOf(service)] : []
  return [...own, ...waiting.map(keyOf).filter((key) => key !== keyOf(service))]
}

/** Gives Services of type LoadBalancer addresses from its pool. Keys: `NAMESPACE/NAME`. */
export const metallbController: Controller = { name: "metallb-controller", delayMs: 100, keysOf, reconcile }
