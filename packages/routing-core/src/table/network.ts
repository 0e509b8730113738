import {
  type CIDR,
  canonicalIP,
  err,
  type InputError,
  type IPFamily,
  ok,
  parseCIDR,
  type Result,
} from "@pilotage/kube-model"
import type { NetworkConfig, OutsideMachine } from "../state.ts"
import type { Blocks, Network } from "./compiled-table.ts"

const wrong = (path: string, message: string): Result<never, InputError> => err({ path: `config.${path}`, message })

/** Every packet is asked this: a block that ends between two numbers of an address is told by its text. */
const quickIPv4 = (block: CIDR | undefined): ((ip: string) => boolean) => {
  if (!block) return () => false
  const { prefix } = block
  if (prefix === 0 || prefix === 32 || prefix % 8 !== 0) return block.contains
  const start = `${block
    .at(0)
    .split(".")
    .slice(0, prefix / 8)
    .join(".")}.`
  return (ip) => ip.startsWith(start)
}

const blocks = (
  config: NetworkConfig,
  field: "clusterCIDR" | "serviceCIDR" | "nodeCIDR",
): Result<Blocks, InputError> => {
  const found: Partial<Record<IPFamily, CIDR>> = {}
  for (const text of config[field].split(",")) {
    const parsed = parseCIDR(text.trim())
    if (!parsed.ok) return wrong(field, `${JSON.stringify(text)} is not a CIDR block`)
    if (found[parsed.value.family])
      return wrong(field, `has two blocks of ${parsed.value.family}; one per family is enough`)
    found[parsed.value.family] = parsed.value
  }
  const { IPv4, IPv6 } = found
  const containsIPv4 = quickIPv4(IPv4)
  const contains = (ip: string): boolean => (ip.includes(":") ? (IPv6?.contains(ip) ?? false) : containsIPv4(ip))
  return ok({ ...found, contains })
}

const checkNodePortAddresses = (config: NetworkConfig): Result<undefined, InputError> => {
  const odd = config.nodePortAddresses.findIndex((text) => text !== "primary" && !parseCIDR(text).ok)
  return odd < 0
    ? ok(undefined)
    : wrong(
        `nodePortAddresses[${odd}]`,
        `${JSON.stringify(config.nodePortAddresses[odd])} is neither a CIDR block nor "primary"`,
      )
}

const machinesOf = (config: NetworkConfig): Result<ReadonlyMap<string, OutsideMachine>, InputError> => {
  const found = new Map<string, OutsideMachine>()
  for (const [index, machine] of config.machines.entries()) {
    const ip = canonicalIP(machine.ip)
    if (ip === undefined) return wrong(`machines[${index}].ip`, `${JSON.stringify(machine.ip)} is not an IP address`)
    found.set(ip, machine)
  }
  return ok(found)
}

const routesOf = (config: NetworkConfig): Result<Network["outsideRoutes"], InputError> => {
  const found: { readonly to: CIDR; readonly via: string }[] = []
  for (const [index, { to, via }] of config.outsideRoutes.entries()) {
    const block = parseCIDR(to.includes("/") ? to : `${to}/${to.includes(":") ? 128 : 32}`)
    if (!block.ok)
      return wrong(`outsideRoutes[${index}].to`, `${JSON.stringify(to)} is neither an IP address nor a CIDR block`)
    found.push({ to: block.value, via })
  }
  return ok(found)
}

/** Each half needs an address besides the block's first. */
const SMALLEST_BLOCK = 4

const balancerBlockOf = ({ balancerNames }: NetworkConfig): Result<CIDR | undefined, InputError> => {
  if (balancerNames === undefined) return ok(undefined)
  const block = parseCIDR(balancerNames)
  return block.ok && block.value.size >= SMALLEST_BLOCK
    ? block
    : wrong("balancerNames", `${JSON.stringify(balancerNames)} is not a CIDR block of at least four addresses`)
}

const CHOICES = {
  proxyMode: ["iptables", "nftables", "ipvs"],
  localDetector: ["ClusterCIDR", "none"],
  networkPolicies: ["enforced", "ignored"],
  podMasquerade: ["non-pod-destinations", "none"],
  loadBalancer: ["none", "vip", "metallb", "proxy"],
  unknownAddress: ["drop", "unreachable"],
} as const satisfies Partial<{ readonly [F in keyof NetworkConfig]: readonly NetworkConfig[F][] }>

const checkChoices = (config: NetworkConfig): Result<undefined, InputError> => {
  for (const [field, choices] of Object.entries(CHOICES)) {
    const value = config[field as keyof typeof CHOICES]
    if (!choices.some((choice) => choice === value))
      return wrong(field, `${JSON.stringify(value)} is none of ${choices.join(", ")}`)
  }
  return ok(undefined)
}

/** The configuration, read once. */
export const readNetwork = (config: NetworkConfig): Result<Network, InputError> => {
  const choices = checkChoices(config)
  if (!choices.ok) return choices
  const clusterCIDR = blocks(config, "clusterCIDR")
  if (!clusterCIDR.ok) return clusterCIDR
  const serviceCIDR = blocks(config, "serviceCIDR")
  if (!serviceCIDR.ok) return serviceCIDR
  const nodeCIDR = blocks(config, "nodeCIDR")
  if (!nodeCIDR.ok) return nodeCIDR
  const addresses = checkNodePortAddresses(config)
  if (!addresses.ok) return addresses
  const machines = machinesOf(config)
  if (!machines.ok) return machines
  const outsideRoutes = routesOf(config)
  if (!outsideRoutes.ok) return outsideRoutes
  const balancerBlock = balancerBlockOf(config)
  if (!balancerBlock.ok) return balancerBlock
  return ok({
    config,
    balancerBlock: balancerBlock.value,
    clusterCIDR: clusterCIDR.value,
    serviceCIDR: serviceCIDR.value,
    nodeCIDR: nodeCIDR.value,
    machines: machines.value,
    outsideRoutes: outsideRoutes.value,
  })
}
