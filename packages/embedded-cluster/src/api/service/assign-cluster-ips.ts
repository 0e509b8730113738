import { err, type IPFamily, ok, type Result, type Service, type Status } from "@pilotage/kube-model"
import { invalid, invalidObject } from "../field-error.ts"
import { internalError } from "../status.ts"
import type { ClusterIPAllocator } from "./cluster-ip-allocator.ts"
import { isHeadless, needsClusterIP, withSpec } from "./needs.ts"

const SERVICE = { kind: "Service", group: "" }

/** Takes the addresses of the families from index `from` on: those that are given, and one of each other family. */
const takeIPs = (
  service: Service,
  allocators: readonly ClusterIPAllocator[],
  from: number,
): Result<Service, Status> => {
  const clusterIPs = [...(service.spec.clusterIPs ?? [])]
  const families: readonly IPFamily[] = service.spec.ipFamilies ?? []
  const shown = families.map((_, index) => clusterIPs[index] ?? "")
  for (const [index, family] of families.entries()) {
    const allocator = allocators.find((each) => each.family === family)
    if (index < from || !allocator) continue
    const asked = clusterIPs[index] ?? ""
    if (!service.metadata.name) return err(namelessService(service, allocator, shown))
    if (asked !== "") {
      const refusal = allocator.take(asked)
      if (refusal === undefined) continue
      return err(
        invalidObject(SERVICE, service.metadata.name, [
          invalid("spec.clusterIPs", shown, `failed to allocate IP ${asked}: ${refusal}`),
        ]),
      )
    }
    const next = allocator.takeNext()
    if (!next.ok)
      return err(
        internalError(
          `failed to allocate a serviceIP for Service ${JSON.stringify(service.metadata.name)}: ${next.error}`,
        ),
      )
    clusterIPs[index] = next.value
  }
  const [clusterIP] = clusterIPs
  return ok(withSpec(service, { clusterIPs, ...(clusterIP === undefined ? {} : { clusterIP }) }))
}

/** Addresses are objects that name their Service, so a Service without a name fails here, before validation. */
const namelessService = (service: Service, allocator: ClusterIPAllocator, shown: readonly string[]): Status => {
  const next = allocator.takeNext()
  const address = next.ok ? next.value : ""
  return invalidObject(SERVICE, service.metadata.name, [
    invalid(
      "spec.clusterIPs",
      shown,
      `failed to allocate IP: IPAddress.networking.k8s.io ${JSON.stringify(address)} is invalid: spec.parentRef.name: Required value`,
    ),
  ])
}

/** Cluster IPs of a new or changed Service (`storage/alloc.go`); released ones are free by no longer being stored. */
export const assignClusterIPs = (
  service: Service,
  old: Service | undefined,
  allocators: readonly ClusterIPAllocator[],
): Result<Service, Status> => {
  if (!needsClusterIP(service.spec)) return ok(service)
  if (!old || old.spec.type === "ExternalName")
    return isHeadlessRequest(service) ? ok(service) : takeIPs(service, allocators, 0)
  if (isHeadless(old.spec)) return ok(service)
  const isUpgraded = (old.spec.ipFamilies ?? []).length === 1 && (service.spec.ipFamilies ?? []).length === 2
  return isUpgraded ? takeIPs(service, allocators, 1) : ok(service)
}

const isHeadlessRequest = (service: Service): boolean => service.spec.clusterIPs?.[0] === "None"
