import type { EndpointFact } from "../../proxy/service-entry.ts"
import { chainHash } from "../chain-hash.ts"
import { endpointText, type ProxiedPort } from "../proxied-port.ts"

/** One endpoint as the rules name it. */
export interface EndpointChain {
  /** `ip:port` or `[ip]:port`. */
  readonly endpoint: string
  readonly ip: string
  readonly chain: string
}

/** The names that kube-proxy gives to the chains of a Service port. */
export interface PortChains {
  readonly SVC: string
  readonly SVL: string
  readonly EXT: string
  readonly FW: string
  readonly cluster: readonly EndpointChain[]
  readonly local: readonly EndpointChain[]
}

export const portChains = ({ title, protocol, cluster, local }: ProxiedPort): PortChains => {
  const hash = chainHash(title + protocol)
  const chained = (endpoints: readonly EndpointFact[]): readonly EndpointChain[] =>
    endpoints.map((fact) => {
      const endpoint = endpointText(fact)
      return { endpoint, ip: fact.ip, chain: `KUBE-SEP-${chainHash(title + protocol + endpoint)}` }
    })
  return {
    SVC: `KUBE-SVC-${hash}`,
    SVL: `KUBE-SVL-${hash}`,
    EXT: `KUBE-EXT-${hash}`,
    FW: `KUBE-FW-${hash}`,
    cluster: chained(cluster),
    local: chained(local),
  }
}
