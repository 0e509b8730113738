import { err, isIP, ok, type Protocol, type Result, type Service, type ServicePort } from "@pilotage/kube-model"
import type { ClusterReading } from "../sources/read-cluster.ts"
import type { SourceError } from "../sources/source-error.ts"
import type { Client } from "./client-argument.ts"

/** Where a trace goes. */
export interface Destination {
  /** A name as curl would get it, or an address. */
  readonly to: string
  readonly port: number
  readonly protocol: Protocol
}

const FORMS =
  "A destination is NAME, NAME:PORT, IP:PORT, [IPv6]:PORT, http://NAME:PORT/, svc/NAME:PORT, pod/NAME:PORT or node/NAME:PORT."

const SCHEME_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 }

const problem = (message: string, fix: string = FORMS): Result<never, SourceError> => err({ message, fix })

interface Split {
  readonly host: string
  readonly port: string | undefined
}

const split = (text: string): Split => {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text)
  if (bracketed) return { host: bracketed[1] ?? "", port: bracketed[2] }
  const colon = text.lastIndexOf(":")
  // More than one colon without brackets: an IPv6 address without a port.
  if (colon < 0 || text.indexOf(":") !== colon) return { host: text, port: undefined }
  return { host: text.slice(0, colon), port: text.slice(colon + 1) }
}

const portNumber = (text: string): number | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535 ? Number(text) : undefined

/** What a service is reached by: inside by its name or cluster IP, outside by what leads there from outside. */
const serviceAddress = (
  { inventory }: ClusterReading,
  client: Client,
  { metadata, spec, status }: Service,
  port: ServicePort | undefined,
): Pick<Destination, "to"> & { readonly port?: number } => {
  const { namespace = "default", name } = metadata
  if (client.origin.kind === "pod") return { to: namespace === client.namespace ? name : `${name}.${namespace}` }
  const published = [...(status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip), ...(spec.externalIPs ?? [])].find(
    (ip) => ip !== undefined,
  )
  const clusterIP = spec.clusterIP && spec.clusterIP !== "None" ? spec.clusterIP : `${name}.${namespace}`
  if (client.origin.kind === "node") return { to: clusterIP }
  if (published !== undefined) return { to: published }
  const node = inventory.nodes
    .flatMap((each) => each.status?.addresses ?? [])
    .find(({ type }) => type === "InternalIP")?.address
  return port?.nodePort !== undefined && node !== undefined ? { to: node, port: port.nodePort } : { to: clusterIP }
}

const toService = (
  reading: ClusterReading,
  client: Client,
  namespace: string,
  { host: name, port: wanted }: Split,
  protocol: Protocol | undefined,
): Result<Destination, SourceError> => {
  const { services } = reading.inventory
  const service = services.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name)
  if (!service) {
    const others = services.filter(({ metadata }) => metadata.name === name).map(({ metadata }) => metadata.namespace)
    const there = services
      .filter(({ metadata }) => metadata.namespace === namespace)
      .map(({ metadata }) => metadata.name)
    const fix =
      others.length > 0
        ? `Write ${others.map((each) => `${each}/svc/${name}`).join(" or ")}.`
        : `Services there: ${there.join(", ") || "none"}.`
    return problem(`there is no Service ${name} in namespace ${namespace}`, fix)
  }
  const ports = (service.spec.ports ?? []).filter(
    (each) => protocol === undefined || (each.protocol ?? "TCP") === protocol,
  )
  const number = wanted === undefined ? undefined : portNumber(wanted)
  const port = ports.find((each) => wanted === undefined || each.name === wanted || each.port === number)
  if (wanted !== undefined && number === undefined && !port) {
    const names = ports.map((each) => each.name ?? each.port)
    return problem(`Service ${name} has no port ${wanted}`, `Its ports: ${names.join(", ") || "none"}.`)
  }
  const address = serviceAddress(reading, client, service, port)
  return ok({
    to: address.to,
    port: address.port ?? number ?? port?.port ?? 80,
    protocol: protocol ?? port?.protocol ?? "TCP",
  })
}

const toMachine = (
  { inventory }: ClusterReading,
  kind: "pod" | "node",
  namespace: string,
  { host: name, port: wanted }: Split,
  protocol: Protocol,
): Result<Destination, SourceError> => {
  const pod = inventory.pods.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name)
  const node = inventory.nodes.find(({ metadata }) => metadata.name === name)
  const ip =
    kind === "pod" ? pod?.status?.podIP : node?.status?.addresses?.find(({ type }) => type === "InternalIP")?.address
  if (!(kind === "pod" ? pod : node))
    return problem(`there is no ${kind} ${name}${kind === "pod" ? ` in namespace ${namespace}` : ""}`)
  if (!ip) return problem(`${kind} ${name} has no address`, "Wait until it has one.")
  const declared =
    kind === "pod" ? pod?.spec.containers.flatMap(({ ports }) => ports ?? [])[0]?.containerPort : undefined
  const port = wanted === undefined ? (declared ?? 80) : portNumber(wanted)
  return port === undefined ? problem(`${wanted} is no port`) : ok({ to: ip, port, protocol })
}

/** What `TO` means for a client. Without a port: that of the URL's scheme, a Service's first, or 80. */
export const destinationFrom = (
  reading: ClusterReading,
  client: Client,
  text: string,
  protocol: Protocol | undefined,
): Result<Destination, SourceError> => {
  const url = /^([a-z]+):\/\/([^/?#]*)/.exec(text)
  if (url) {
    const scheme = SCHEME_PORTS[url[1] ?? ""]
    if (scheme === undefined) return problem(`${url[1]}:// is no scheme that can be traced: http or https`)
    const { host, port } = split((url[2] ?? "").replace(/^[^@]*@/, ""))
    const number = port === undefined || port === "" ? scheme : portNumber(port)
    if (host === "" || number === undefined)
      return problem(`${text} has no ${host === "" ? "host" : "port"} that can be used`)
    return ok({ to: host, port: number, protocol: protocol ?? "TCP" })
  }
  const parts = text.split("/")
  const namespace = (parts.length === 3 ? parts[0] : undefined) ?? (client.namespace || reading.namespace)
  const kind = parts.length > 1 ? parts.at(-2)?.toLowerCase() : undefined
  const last = split(parts.at(-1) ?? "")
  if (last.host === "" || parts.length > 3) return problem(`${text} names no destination`)
  if (kind === undefined) {
    const port = last.port === undefined ? 80 : portNumber(last.port)
    if (port === undefined) return problem(`${last.port} is no port: ports are numbers from 1 to 65535`)
    if (/[^A-Za-z0-9._:-]/.test(last.host) || (last.host.includes(":") && !isIP(last.host)))
      return problem(`${last.host} is neither a name nor an address`)
    return ok({ to: last.host, port, protocol: protocol ?? "TCP" })
  }
  if (/^(svc|services?)$/.test(kind)) return toService(reading, client, namespace, last, protocol)
  if (/^(po|pods?)$/.test(kind)) return toMachine(reading, "pod", namespace, last, protocol ?? "TCP")
  if (/^(no|nodes?)$/.test(kind)) return toMachine(reading, "node", namespace, last, protocol ?? "TCP")
  return problem(`${text}: there are no destinations of kind ${kind}`)
}
