import { err, type InputError, ok, type Result } from "@pilotage/kube-model"
import { compile, defaultNetworkConfig, type NetworkConfig, stateFromObjects } from "@pilotage/routing-core"
import type { ClusterOptions } from "./cluster.ts"

/** 2026-01-05T09:00:00Z, a Monday. */
const DEFAULT_START = 1_767_603_600_000
const MAX_NODES = 100

/** Options with everything filled in. */
export interface Settings {
  readonly seed: number
  readonly nodes: number
  readonly config: NetworkConfig
  readonly loadBalancer: "none" | "vip" | "proxy"
  readonly startTime: number
}

const isWhole = (value: number, from: number, to: number): boolean =>
  Number.isInteger(value) && value >= from && value <= to

export const settingsOf = (options: ClusterOptions): Result<Settings, InputError> => {
  const { seed, topology, startTime = DEFAULT_START } = options
  const nodes = topology?.nodes ?? 1
  if (!isWhole(seed, 0, 4_294_967_295))
    return err({ path: "seed", message: "must be a whole number from 0 to 4294967295" })
  if (!isWhole(nodes, 1, MAX_NODES))
    return err({ path: "topology.nodes", message: `must be a whole number from 1 to ${MAX_NODES}` })
  if (!isWhole(startTime, 86_400_000, Number.MAX_SAFE_INTEGER))
    return err({ path: "startTime", message: "must be whole milliseconds since 1970, from the second day on" })
  const loadBalancer = options.loadBalancerController ?? "none"
  const config: NetworkConfig = {
    ...defaultNetworkConfig,
    ...(loadBalancer === "none" ? {} : { loadBalancer }),
    ...options.config,
  }
  const { from, to } = config.nodePortRange
  if (!isWhole(from, 1, 65535) || !isWhole(to, from, 65535))
    return err({ path: "config.nodePortRange", message: "must be a range of ports" })
  const compiled = compile(stateFromObjects({ config, nodes: [], pods: [], services: [], endpointSlices: [] }))
  if (!compiled.ok) return compiled
  return ok({ seed, nodes, config, loadBalancer, startTime })
}
