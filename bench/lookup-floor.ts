import type { PodFacts, RouteRequest } from "@pilotage/routing-core"
import type { RoutingWorld } from "./routing-world.ts"

/**
 * The least that any program does for a request to a cluster IP whose objects are known by their names and addresses, in
 * Maps of the language: find the client's pod, the Service's endpoints and the pods behind them, and decide nothing.
 * `all`: every endpoint's pod, as an explanation names them, otherwise the chosen one's.
 */
export const lookupFloor = ({ state, services }: RoutingWorld, all: boolean): ((request: RouteRequest) => number) => {
  const byNamespace = new Map<string, Map<string, PodFacts>>()
  const byIP = new Map<string, PodFacts>()
  for (const pod of state.pods) {
    const names = byNamespace.get(pod.namespace) ?? new Map<string, PodFacts>()
    byNamespace.set(pod.namespace, names.set(pod.name, pod))
    byIP.set(pod.ip ?? "", pod)
  }
  const endpoints = new Map(
    services.map(({ clusterIP, slices }) => [
      clusterIP,
      slices.flatMap(({ endpoints }) => (endpoints ?? []).map((each) => each.addresses[0] ?? "")),
    ]),
  )
  const read = (pod: PodFacts | undefined): number => (pod?.name.length ?? 0) + (pod?.nodeName?.length ?? 0)
  return ({ from, to, picks }) => {
    const client = from.kind === "pod" ? byNamespace.get(from.namespace)?.get(from.name) : undefined
    const ips = endpoints.get(to) ?? []
    let sum = read(client)
    if (all) for (const ip of ips) sum += read(byIP.get(ip))
    else sum += read(byIP.get(ips[Math.floor((picks?.[0] ?? 0) * ips.length)] ?? ""))
    return sum
  }
}
