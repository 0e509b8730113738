import { defaultNetworkConfig, type NetworkConfig } from "@pilotage/routing-core"
import { type ControlPlaneFacts, controlPlaneFacts, objectAt, textAt } from "./control-plane-facts.ts"
import type { Inventory } from "./inventory.ts"
import { blocksAround, parseBlocks } from "./network-text.ts"
import type { SourceOptions } from "./source-options.ts"

export interface NetworkFacts {
  readonly config: NetworkConfig
  /** What was not said anywhere: `service network 10.96.0.0/16`. */
  readonly guesses: readonly string[]
}

const MODES: readonly NetworkConfig["proxyMode"][] = ["iptables", "nftables", "ipvs"]

/** What kube-proxy's own configuration decides. */
const proxyConfig = ({ proxy, podCIDR }: ControlPlaneFacts): Partial<NetworkConfig> => {
  if (!proxy) return {}
  const proxyMode = MODES.find((mode) => mode === textAt(proxy, "mode")) ?? "iptables"
  const local = textAt(proxy, "detectLocalMode") ?? "ClusterCIDR"
  const addresses = proxy.nodePortAddresses
  const { localhostNodePorts } = objectAt(proxy, "iptables")
  return {
    proxyMode,
    localDetector: local === "ClusterCIDR" && podCIDR === undefined ? "none" : "ClusterCIDR",
    masqueradeAll: objectAt(proxy, proxyMode === "nftables" ? "nftables" : "iptables").masqueradeAll === true,
    ...(Array.isArray(addresses) ? { nodePortAddresses: addresses.map(String) } : {}),
    ...(typeof localhostNodePorts === "boolean" ? { localhostNodePorts } : {}),
  }
}

const clusterIPs = ({ services }: Inventory): readonly string[] =>
  services.flatMap(({ spec }) => {
    const all = spec.clusterIPs ?? (spec.clusterIP === undefined ? [] : [spec.clusterIP])
    return all.filter((ip) => ip !== "" && ip !== "None")
  })

const nodeAddresses = ({ nodes }: Inventory): readonly string[] =>
  nodes.flatMap((node) =>
    (node.status?.addresses ?? []).flatMap(({ type, address }) => (type === "InternalIP" ? [address] : [])),
  )

/** Addresses in the pods' blocks; without blocks, those of the pods themselves. */
const podAddresses = ({ nodes, pods }: Inventory): readonly string[] => {
  const blocks = nodes.flatMap(({ spec }) => spec?.podCIDRs ?? (spec?.podCIDR === undefined ? [] : [spec.podCIDR]))
  const bases = blocks.flatMap((block) => parseBlocks(block)?.map(({ at }) => at(0)) ?? [])
  if (bases.length > 0) return bases
  return pods.flatMap(({ spec, status }) =>
    spec.hostNetwork ? [] : (status?.podIPs?.map(({ ip }) => ip) ?? (status?.podIP ? [status.podIP] : [])),
  )
}

const dnsAddress = ({ services }: Inventory): string | undefined => {
  const ip = services.find(
    ({ metadata }) =>
      metadata.namespace === "kube-system" &&
      (metadata.name === "kube-dns" || metadata.labels?.["k8s-app"] === "kube-dns"),
  )?.spec.clusterIP
  return ip === "None" || ip === "" ? undefined : ip
}

const loadBalancer = ({ pods, services }: Inventory): NetworkConfig["loadBalancer"] => {
  if (pods.some(({ metadata }) => metadata.namespace === "metallb-system")) return "metallb"
  const ingress = services.flatMap(({ status }) => status?.loadBalancer?.ingress ?? [])
  return ingress.length > 0 && ingress.every(({ ip, ipMode }) => ipMode === "Proxy" || ip === undefined)
    ? "proxy"
    : defaultNetworkConfig.loadBalancer
}

/** flannel alone brings packets to pods and knows no policies. */
const ignoresPolicies = ({ pods }: Inventory): boolean =>
  pods.some(({ metadata }) => metadata.labels?.app === "flannel") &&
  !pods.some(({ metadata }) => /^(calico|canal|cilium|kube-router)/.test(metadata.name))

/** Networks that enforce policies, whatever their version and settings. */
const ENFORCERS = /^(antrea-agent|calico|canal|cilium|kube-network-policies|kube-router|ovnkube|weave-net)/

/** kindnet does since kind 0.24, and a cloud's network when it is told to: their pods do not show it. */
const policyGuess = (inventory: Inventory, options: SourceOptions): readonly string[] =>
  options.networkPolicies !== undefined ||
  inventory.networkPolicies.length === 0 ||
  ignoresPolicies(inventory) ||
  inventory.pods.some(({ metadata }) => ENFORCERS.test(metadata.name))
    ? []
    : ["network policies enforced"]

const usesCilium = ({ pods }: Inventory): boolean =>
  pods.some(({ metadata }) => metadata.labels?.["k8s-app"] === "cilium") &&
  !pods.some(({ metadata }) => metadata.labels?.["k8s-app"] === "kube-proxy")

const portRange = (text: string | undefined): Partial<NetworkConfig> => {
  const match = /^(\d+)-(\d+)$/.exec(text ?? "")
  return match ? { nodePortRange: { from: Number(match[1]), to: Number(match[2]) } } : {}
}

interface Known {
  readonly value: string
  readonly guess?: string
}

const known = (said: readonly (string | undefined)[], guessed: string, fallback: string, what: string): Known => {
  const value = said.find((each) => each !== undefined && each !== "")
  if (value !== undefined) return { value }
  const guess = guessed === "" ? fallback : guessed
  return { value: guess, guess: `${what} ${guess}` }
}

/** The network around the Services: what options say, then what the cluster says of itself, then what its addresses suggest. */
export const networkFacts = (inventory: Inventory, options: SourceOptions): NetworkFacts => {
  const facts = controlPlaneFacts(inventory)
  const { clusterCIDR, serviceCIDR, nodeCIDR } = defaultNetworkConfig
  const pods = known(
    [options.clusterCidr, facts.podCIDR],
    blocksAround(podAddresses(inventory)),
    clusterCIDR,
    "pod network",
  )
  const services = known(
    [options.serviceCidr, facts.serviceCIDR],
    blocksAround(clusterIPs(inventory)),
    serviceCIDR,
    "service network",
  )
  const nodes = known([options.nodeCidr], blocksAround(nodeAddresses(inventory)), nodeCIDR, "node network")
  const proxy = proxyConfig(facts)
  const mode = options.proxyMode ?? proxy.proxyMode
  const tenth = parseBlocks(services.value)?.[0]?.at(10)
  return {
    config: {
      ...defaultNetworkConfig,
      ...proxy,
      ...portRange(facts.nodePortRange),
      ...(mode === undefined ? {} : { proxyMode: mode }),
      ...(facts.clusterDomain === undefined ? {} : { clusterDomain: facts.clusterDomain }),
      ...(ignoresPolicies(inventory) ? { networkPolicies: "ignored" as const } : {}),
      ...(options.networkPolicies === undefined ? {} : { networkPolicies: options.networkPolicies }),
      clusterCIDR: pods.value,
      serviceCIDR: services.value,
      nodeCIDR: nodes.value,
      dnsServiceIP: dnsAddress(inventory) ?? tenth ?? defaultNetworkConfig.dnsServiceIP,
      loadBalancer: loadBalancer(inventory),
    },
    guesses: [
      ...(mode === undefined
        ? [
            `kube-proxy in ${defaultNetworkConfig.proxyMode} mode${usesCilium(inventory) ? " (Cilium does its work here, and may differ)" : ""}`,
          ]
        : []),
      ...[pods, services, nodes].flatMap(({ guess }) => guess ?? []),
      ...policyGuess(inventory, options),
    ],
  }
}
