import { ok, type Result, type Service, type Status } from "@pilotage/kube-model"
import { parseSubnet } from "../ip-text.ts"
import type { StrategyContext } from "../strategy.ts"
import { assignClusterIPs } from "./assign-cluster-ips.ts"
import { assignNodePorts } from "./assign-node-ports.ts"
import { carryAllocatedValues, normalizeClusterIPs } from "./carried-values.ts"
import { clusterIPAllocator, dryRunClusterIPAllocator } from "./cluster-ip-allocator.ts"
import { chooseIPFamilies } from "./ip-families.ts"
import { dryRunNodePortAllocator, nodePortAllocator } from "./node-ports.ts"

/** Everything that the server chooses for a Service. A refused allocation is one error, told before any validation. */
export const allocateService = (
  given: Service,
  old: Service | undefined,
  { store, random, dryRun, config }: StrategyContext,
): Result<Service, Status> => {
  const service = normalizeClusterIPs(old ? carryAllocatedValues(given, old) : given, old)
  const configured = config.serviceCIDRs.flatMap((cidr) => parseSubnet(cidr)?.address.family ?? [])
  const chosen = chooseIPFamilies(service, old, configured)
  if (!chosen.ok) return chosen
  const ips = config.serviceCIDRs.map((cidr) => {
    const real = clusterIPAllocator(store, cidr, random)
    return dryRun ? dryRunClusterIPAllocator(real, cidr) : real
  })
  const addressed = assignClusterIPs(chosen.value, old, ips)
  if (!addressed.ok) return addressed
  const ports = nodePortAllocator(store, config.nodePortRange, random)
  const done = assignNodePorts(addressed.value, old, dryRun ? dryRunNodePortAllocator(ports) : ports)
  return done.ok ? ok(done.value) : done
}
