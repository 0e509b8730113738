import type { LabelSelector, Labels, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from "@pilotage/kube-model"
import type { NamespaceFacts, PodFacts } from "../state.ts"

/**
 * A second opinion for tests: for every policy the set of all flows that it isolates and the set of those that it
 * allows, over a universe small enough to be written down. Shares nothing with the evaluator but the objects.
 */
export interface Universe {
  readonly pods: readonly PodFacts[]
  readonly namespaces: readonly NamespaceFacts[]
  /** Addresses that no pod and no node holds. */
  readonly strangers: readonly string[]
  /** `TCP:8080`. */
  readonly ports: readonly string[]
}

const nameOf = (pod: PodFacts): string => `${pod.namespace}/${pod.name}`

/** All bits of an address in one text: 32 of IPv4, 128 of IPv6. Full or `::`-shortened groups of hex digits. */
const bits = (ip: string): string => {
  if (ip.includes("."))
    return ip
      .split(".")
      .map((part) => Number(part).toString(2).padStart(8, "0"))
      .join("")
  const [head = "", tail] = ip.split("::")
  const left = head.split(":").filter(Boolean)
  const right = (tail ?? "").split(":").filter(Boolean)
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - left.length - right.length }, () => "0")
  return [...left, ...zeros, ...right].map((part) => Number.parseInt(part, 16).toString(2).padStart(16, "0")).join("")
}

const inBlock = (ip: string, cidr: string): boolean => {
  const [base = "", length = "0"] = cidr.split("/")
  return bits(ip).length === bits(base).length && bits(ip).startsWith(bits(base).slice(0, Number(length)))
}

const fits = (selector: LabelSelector, labels: Labels): boolean => {
  const wrongPairs = Object.keys(selector.matchLabels ?? {}).filter(
    (key) => selector.matchLabels?.[key] !== labels[key],
  )
  const wrongOnes = (selector.matchExpressions ?? []).filter(({ key, operator, values = [] }) => {
    const has = key in labels
    const listed = values.includes(labels[key] ?? "")
    return !{ In: has && listed, NotIn: !(has && listed), Exists: has, DoesNotExist: !has }[operator]
  })
  return wrongPairs.length + wrongOnes.length === 0
}

/** Everybody whom a peer names: pods by name, strangers by address. */
const named = (universe: Universe, policy: NetworkPolicy, peer: NetworkPolicyPeer): readonly string[] => {
  const { ipBlock, podSelector, namespaceSelector } = peer
  if (ipBlock) {
    const within = (ip: string): boolean =>
      inBlock(ip, ipBlock.cidr) && !(ipBlock.except ?? []).some((except) => inBlock(ip, except))
    return [
      ...universe.pods.filter((pod) => within(pod.ip ?? "")).map(nameOf),
      ...universe.strangers.filter((ip) => within(ip)),
    ]
  }
  const spaces = namespaceSelector
    ? universe.namespaces
        .filter(({ name, labels }) => fits(namespaceSelector, { ...labels, "kubernetes.io/metadata.name": name }))
        .map(({ name }) => name)
    : [policy.metadata.namespace ?? ""]
  return universe.pods
    .filter((pod) => spaces.includes(pod.namespace) && (!podSelector || fits(podSelector, pod.labels)))
    .map(nameOf)
}

const opened = (universe: Universe, entry: NetworkPolicyPort, server: PodFacts | undefined): readonly string[] => {
  const protocol = entry.protocol ?? "TCP"
  const { port, endPort } = entry
  if (port === undefined) return universe.ports.filter((each) => each.startsWith(protocol))
  if (typeof port === "string")
    return (server?.declaredPorts ?? [])
      .filter((each) => each.name === port && each.protocol === protocol)
      .map((each) => `${protocol}:${each.port}`)
  const inRange = (text: string): boolean => Number(text) >= port && Number(text) <= (endPort ?? port)
  return universe.ports.filter((each) => {
    const [name, number = ""] = each.split(":")
    return name === protocol && inRange(number)
  })
}

/** Flows as `client>server:TCP:8080`. */
const flows = (
  universe: Universe,
  policy: NetworkPolicy,
  direction: "Ingress" | "Egress",
): { readonly isolated: ReadonlySet<string>; readonly allowed: ReadonlySet<string> } => {
  const isolated = new Set<string>()
  const allowed = new Set<string>()
  const { spec = {} } = policy
  const types = spec.policyTypes ?? ["Ingress", ...(spec.egress?.length ? ["Egress"] : [])]
  const everybody = [...universe.pods.map(nameOf), ...universe.strangers]
  const selected = universe.pods.filter(
    (pod) =>
      types.includes(direction) &&
      pod.namespace === policy.metadata.namespace &&
      (!spec.podSelector || fits(spec.podSelector, pod.labels)),
  )
  const rules =
    direction === "Ingress"
      ? (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
      : (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }))
  for (const pod of selected)
    for (const other of everybody) {
      const flow = direction === "Ingress" ? `${other}>${nameOf(pod)}` : `${nameOf(pod)}>${other}`
      const server = direction === "Ingress" ? pod : universe.pods.find((each) => nameOf(each) === other)
      for (const port of universe.ports) isolated.add(`${flow}:${port}`)
      for (const { peers, ports } of rules) {
        if (peers?.length && !peers.some((peer) => named(universe, policy, peer).includes(other))) continue
        const open = ports?.length ? ports.flatMap((entry) => opened(universe, entry, server)) : universe.ports
        for (const port of open) allowed.add(`${flow}:${port}`)
      }
    }
  return { isolated, allowed }
}

/** All flows that are denied. */
export const deniedFlows = (universe: Universe, policies: readonly NetworkPolicy[]): ReadonlySet<string> => {
  const denied = new Set<string>()
  for (const direction of ["Ingress", "Egress"] as const) {
    const found = policies.map((policy) => flows(universe, policy, direction))
    for (const { isolated } of found)
      for (const flow of isolated) if (!found.some(({ allowed }) => allowed.has(flow))) denied.add(flow)
  }
  for (const pod of universe.pods)
    for (const port of universe.ports) denied.delete(`${nameOf(pod)}>${nameOf(pod)}:${port}`)
  return denied
}
