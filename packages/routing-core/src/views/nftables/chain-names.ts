import { chainHash } from "../chain-hash.ts"
import type { ProxiedPort } from "../proxied-port.ts"

const BASE_LENGTH = 240

/** Eight characters of hash, then the name itself, so that a truncated name stays unique. */
const hashed = (name: string): string => {
  const full = `${chainHash(name).slice(0, 8)}-${name}`
  return full.length > BASE_LENGTH ? `${full.slice(0, BASE_LENGTH - 3)}...` : full
}

const portPath = ({ service, protocol, portName }: ProxiedPort): string =>
  `${service.namespace}/${service.name}/${protocol}/${portName}`

/** The names that kube-proxy gives to chains and sets of one Service port (kubernetes 1.36 pkg/proxy/nftables/proxier.go). */
interface ChainNames {
  readonly service: string
  readonly local: string
  readonly external: string
  readonly firewall: string
}

const known = new WeakMap<ProxiedPort, ChainNames>()

export const chainNames = (port: ProxiedPort): ChainNames => {
  let names = known.get(port)
  if (!names) {
    const base = hashed(portPath(port))
    names = {
      service: `service-${base}`,
      local: `local-${base}`,
      external: `external-${base}`,
      firewall: `firewall-${base}`,
    }
    known.set(port, names)
  }
  return names
}

/** Only Services with session affinity have a chain and a set for each endpoint. */
export const endpointNames = (
  port: ProxiedPort,
  endpoint: { readonly ip: string; readonly port: number },
): { readonly chain: string; readonly affinity: string } => {
  const base = hashed(`${portPath(port)}__${endpoint.ip.replaceAll(":", ".")}/${endpoint.port}`)
  return { chain: `endpoint-${base}`, affinity: `affinity-${base}` }
}
