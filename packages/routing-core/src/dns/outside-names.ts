import type { Rule } from "../explain/rules.ts"
import { serviceRef } from "../object-ref.ts"
import { balancerAddresses, balancerNames } from "../proxy/balancer-names.ts"
import type { ServiceEntry } from "../proxy/service-entry.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause } from "../trace-types.ts"

/** What the resolver around the cluster knows of a name. */
export interface OutsideName {
  readonly ips: readonly string[]
  /** Seconds. */
  readonly ttl: number
  /** Absent: the rule of who asked. */
  readonly rule?: Rule
  readonly cause?: Cause
}

/** Seconds; Docker's resolver says so for the names of containers, AWS for those of load balancers. */
const TTL = { node: 600, balancer: 60 }

/** The Service whose load balancer has this name (in lower case, without a dot at the end). */
const ownerOf = (indexes: Indexes, name: string, ips: readonly string[]): ServiceEntry | undefined =>
  indexes.addresses
    .get(ips[0] ?? "")
    ?.find(
      ({ frontend, entry }) =>
        frontend.kind === "Proxy" && balancerNames(entry.service).some((each) => each.toLowerCase() === name),
    )?.entry

/** The nodes have names there, and the load balancers that some Service has in its status. */
export const outsideName = (indexes: Indexes, fullName: string): OutsideName | undefined => {
  const name = fullName.slice(0, -1).toLowerCase()
  const node = indexes.nodes.get(name)
  if (node) return { ips: [node.internalIP, node.secondIP ?? ""], ttl: TTL.node }
  if (!indexes.balancerBlock) return undefined
  const ips = balancerAddresses(indexes.balancerBlock, name)
  const owner = ownerOf(indexes, name, ips)
  return (
    owner && {
      ips,
      ttl: TTL.balancer,
      rule: "R91",
      cause: { object: serviceRef(owner.service), path: "status.loadBalancer.ingress", value: JSON.stringify(name) },
    }
  )
}
