import { isPodReady, ok, type Pod, type Result } from "@pilotage/kube-model"
import type { ListeningSocket } from "@pilotage/routing-core"
import type { Inventory } from "./inventory.ts"
import { networkFacts } from "./network-facts.ts"
import { observed } from "./observed.ts"
import { needsSimulation, type Refused, simulate } from "./simulation/simulate.ts"
import type { SourceOptions } from "./source-options.ts"

/** Objects with all that routing needs, and what a user should know about how they came to it. */
export interface Completed {
  readonly inventory: Inventory
  readonly origin: "simulated" | "observed"
  readonly sockets?: ReadonlyMap<string, readonly ListeningSocket[]>
  readonly remarks: readonly string[]
}

const SHOWN = 3

const whyNotReady = ({ status }: Pod): string => {
  const waiting = status?.containerStatuses?.map(({ state }) => state?.waiting?.reason).find((reason) => reason)
  const scheduled = status?.conditions?.find(({ type }) => type === "PodScheduled")
  return waiting ?? (scheduled?.status === "False" ? scheduled.message : undefined) ?? status?.phase ?? "Pending"
}

const notReadyRemarks = (pods: readonly Pod[]): readonly string[] => {
  const late = pods.filter((pod) => !isPodReady(pod) && pod.status?.phase !== "Succeeded")
  if (late.length === 0) return []
  const named = late
    .slice(0, SHOWN)
    .map((pod) => `${pod.metadata.namespace}/${pod.metadata.name} (${whyNotReady(pod)})`)
  const more = late.length > SHOWN ? ` and ${late.length - SHOWN} more` : ""
  return [`Not ready in the simulation, after five minutes: ${named.join(", ")}${more}.`]
}

/** Manifests are run on an embedded cluster; what was written down of a running cluster is taken as it is. */
export const completed = (given: Inventory, title: string, options: SourceOptions): Result<Completed, Refused> => {
  if (!needsSimulation(given)) return ok({ ...observed(given), origin: "observed" })
  const { config } = networkFacts(given, options)
  const { proxyMode, serviceCIDR, dnsServiceIP, clusterDomain } = config
  const simulated = simulate(given, { proxyMode, serviceCIDR, dnsServiceIP, clusterDomain }, options.nodes)
  if (!simulated.ok) return simulated
  const { inventory, nodes, sockets, unknown } = simulated.value
  return ok({
    inventory,
    origin: "simulated",
    sockets,
    remarks: [
      `No running pods in ${title}: simulated on an embedded cluster of ${nodes} node${nodes === 1 ? "" : "s"}.`,
      ...(unknown.size > 0
        ? [`Taken to start, and to answer on every port, for what they do is not known: ${[...unknown].join(", ")}.`]
        : []),
      ...notReadyRemarks(inventory.pods),
    ],
  })
}
