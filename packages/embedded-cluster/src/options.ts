import { err, type InputError, ok, type Result } from "@pilotage/kube-model"
import { compile, defaultNetworkConfig, type NetworkConfig, stateFromObjects } from "@pilotage/routing-core"
import { subdomainNames } from "./api/names.ts"
import type { ClusterOptions, Topology } from "./cluster.ts"
import type { LoadBalancerName } from "./controllers/load-balancers/environment.ts"
import { loadBalancerEnvironments } from "./controllers/load-balancers/environments.ts"

/** 2026-01-05T09:00:00Z, a Monday. */
const DEFAULT_START = 1_767_603_600_000
const MAX_NODES = 100

/** Options with everything filled in. */
export interface Settings {
  readonly seed: number
  /** Names, the control plane's first. */
  readonly nodes: readonly string[]
  readonly dedicatedControlPlane: boolean
  readonly config: NetworkConfig
  readonly loadBalancer: LoadBalancerName
  readonly startTime: number
}

const isWhole = (value: number, from: number, to: number): boolean =>
  Number.isInteger(value) && value >= from && value <= to

const nodeNames = ({ nodes, names }: Topology): Result<readonly string[], InputError> => {
  if (!isWhole(nodes, 1, MAX_NODES))
    return err({ path: "topology.nodes", message: `must be a whole number from 1 to ${MAX_NODES}` })
  if (!names) return ok(Array.from({ length: nodes }, (_, index) => `node-${index + 1}`))
  if (names.length !== nodes)
    return err({ path: "topology.names", message: `has ${names.length} names for ${nodes} nodes` })
  for (const [index, name] of names.entries()) {
    const path = `topology.names[${index}]`
    const [problem] = subdomainNames(name, false)
    if (problem !== undefined) return err({ path, message: problem })
    if (names.indexOf(name) < index) return err({ path, message: `${name} is another node's name` })
  }
  return ok(names)
}

export const settingsOf = (options: ClusterOptions): Result<Settings, InputError> => {
  const { seed, topology, startTime = DEFAULT_START } = options
  const nodes = nodeNames(topology ?? { nodes: 1 })
  if (!isWhole(seed, 0, 4_294_967_295))
    return err({ path: "seed", message: "must be a whole number from 0 to 4294967295" })
  if (!nodes.ok) return nodes
  if (!isWhole(startTime, 86_400_000, Number.MAX_SAFE_INTEGER))
    return err({ path: "startTime", message: "must be whole milliseconds since 1970, from the second day on" })
  const dedicatedControlPlane = topology?.dedicatedControlPlane ?? false
  if (dedicatedControlPlane && nodes.value.length === 1)
    return err({ path: "topology.dedicatedControlPlane", message: "leaves no node for pods" })
  const loadBalancer = options.loadBalancerController ?? "none"
  const environment = Object.hasOwn(loadBalancerEnvironments, loadBalancer)
    ? loadBalancerEnvironments[loadBalancer]
    : undefined
  if (!environment)
    return err({
      path: "loadBalancerController",
      message: `must be one of ${Object.keys(loadBalancerEnvironments).join(", ")}`,
    })
  const config: NetworkConfig = {
    ...defaultNetworkConfig,
    ...environment.network,
    ...options.config,
  }
  const { from, to } = config.nodePortRange
  if (!isWhole(from, 1, 65535) || !isWhole(to, from, 65535))
    return err({ path: "config.nodePortRange", message: "must be a range of ports" })
  const compiled = compile(stateFromObjects({ config, nodes: [], pods: [], services: [], endpointSlices: [] }))
  if (!compiled.ok) return compiled
  return ok({ seed, nodes: nodes.value, dedicatedControlPlane, config, loadBalancer, startTime })
}
