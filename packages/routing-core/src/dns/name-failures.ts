import { failure, noEndpoints, serviceText } from "../explain/endpoint-failures.ts"
import { serviceRef } from "../object-ref.ts"
import type { Sender } from "../path/sender.ts"
import { balancerNames } from "../proxy/balancer-names.ts"
import { isHeadless, keyOf, type ServiceEntry } from "../proxy/service-entry.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Failure, RouteRequest } from "../trace-types.ts"
import { clientOf } from "./dns-client.ts"
import { asksClusterDns } from "./resolv-conf.ts"
import { similarService } from "./similar-service.ts"

export const curlCommand = (to: string, port: number): string => `curl http://${to}${port === 80 ? "" : `:${port}`}`

/** What a typed name would mean as the name of a Service: `web`, `web.shop`, `web.shop.svc.cluster.local.`. */
const readName = (
  to: string,
  domain: string,
  ownNamespace: string,
): { readonly name: string; readonly namespace: string; readonly given: boolean } | undefined => {
  const bare = to.toLowerCase().replace(/\.$/, "")
  const short = bare.endsWith(`.svc.${domain}`)
    ? bare.slice(0, -`.svc.${domain}`.length)
    : bare.endsWith(".svc")
      ? bare.slice(0, -4)
      : bare
  const labels = short.split(".")
  const [name, namespace] = labels
  if (!name || labels.length > 2) return undefined
  return { name, namespace: namespace ?? ownNamespace, given: namespace !== undefined }
}

const whoAsksElsewhere = (sender: Sender): string => {
  if (sender.kind === "external" || !sender.pod) return "this machine does not ask it"
  const { dnsPolicy } = sender.pod
  return dnsPolicy === "Default" || dnsPolicy === "None"
    ? `a pod with dnsPolicy ${dnsPolicy} does not ask it`
    : "a hostNetwork pod asks the node's resolver"
}

const fromOutside = (indexes: Indexes, sender: Sender, request: RouteRequest, entry: ServiceEntry): Failure => {
  const { service } = entry
  const clusterIP = service.spec.clusterIP
  const address =
    service.status?.loadBalancer?.ingress?.find((ingress) => ingress.ip)?.ip !== undefined
      ? "its load balancer address"
      : service.spec.ports?.some((port) => port.nodePort)
        ? "a node's address with its node port"
        : undefined
  const fix =
    sender.kind !== "external"
      ? `Use the cluster IP ${clusterIP} from here, or the name from a pod.`
      : address
        ? `Use ${address} from here.`
        : `Give the Service type NodePort or LoadBalancer, or run the request in a pod.`
  const node = indexes.nodeList.find((each) => !each.stopped)
  const nodePort = service.spec.ports?.find((port) => port.nodePort)?.nodePort
  const ip = service.status?.loadBalancer?.ingress?.find((ingress) => ingress.ip)?.ip
  const command =
    sender.kind !== "external" && clusterIP && clusterIP !== "None"
      ? curlCommand(clusterIP, request.port)
      : ip
        ? curlCommand(ip, service.spec.ports?.[0]?.port ?? 80)
        : nodePort && node
          ? curlCommand(node.internalIP, nodePort)
          : undefined
  return failure(
    "cluster-name-outside",
    `${serviceText(service)} exists, but its name is known to kube-dns only, and ${whoAsksElsewhere(sender)}.`,
    fix,
    { cause: { object: serviceRef(service) }, ...(command ? { command } : {}) },
  )
}

/** `shop, test and 3 more`. */
const namespacesIn = (keys: readonly string[]): string => {
  const names = keys.slice(0, 3).map((key) => key.slice(0, key.indexOf("/")))
  return keys.length > 3 ? `${names.join(", ")} and ${keys.length - 3} more` : names.join(", ")
}

const inOtherNamespace = (
  indexes: Indexes,
  request: RouteRequest,
  read: { readonly name: string; readonly namespace: string; readonly given: boolean },
  keys: readonly string[],
): Failure => {
  const other = indexes.services.get(keys[0] ?? "")?.service
  const namespace = other?.metadata.namespace ?? "default"
  return failure(
    "name-not-found-namespace",
    `There is no Service ${read.name} in namespace ${read.namespace}; there is one in ${keys.length === 1 ? "namespace" : "namespaces"} ${namespacesIn(keys)}.${read.given ? "" : " A short name only finds Services of the client's own namespace."}`,
    `Ask for ${read.name}.${namespace}, or in full ${read.name}.${namespace}.svc.${indexes.config.clusterDomain}.`,
    {
      ...(other
        ? { cause: { object: serviceRef(other), path: "metadata.namespace", value: JSON.stringify(namespace) } }
        : {}),
      command: curlCommand(`${read.name}.${namespace}`, request.port),
    },
  )
}

const aliasToNowhere = ({ service }: ServiceEntry): Failure => {
  const target = service.spec.externalName ?? ""
  return failure(
    "external-name-not-found",
    `${serviceText(service)} is an alias for ${target}, which does not resolve.`,
    "Let externalName be a name that resolves (an IP address is none).",
    {
      cause: { object: serviceRef(service), path: "spec.externalName", value: JSON.stringify(target) },
      command: `kubectl edit service ${service.metadata.name} -n ${service.metadata.namespace ?? "default"}`,
    },
  )
}

const headlessWithoutEndpoints = (indexes: Indexes, entry: ServiceEntry): Failure => {
  const why = noEndpoints(indexes, entry, entry.ports[0])
  return {
    ...why,
    code: "headless-no-ready",
    message: `A headless Service without ready endpoints has no address. ${why.message}`,
  }
}

/** The host name of a load balancer in an environment of which nothing is known. */
const unknownBalancer = (indexes: Indexes, name: string): Failure | undefined => {
  if (indexes.balancerBlock) return undefined
  const bare = name.toLowerCase().replace(/\.$/, "")
  const owner = indexes.services
    .entries()
    .find(([, { service }]) => balancerNames(service).some((each) => each.toLowerCase() === bare))?.[1]
  return (
    owner &&
    failure(
      "load-balancer-name-unknown",
      `${name} is the load balancer of ${serviceText(owner.service)}; its addresses are the cloud's, and not known here.`,
      `Ask the name's resolver itself; inside the cluster use ${owner.service.metadata.name}.${owner.service.metadata.namespace ?? "default"}.`,
      {
        cause: {
          object: serviceRef(owner.service),
          path: "status.loadBalancer.ingress",
          value: JSON.stringify(bare),
        },
        command: `kubectl get service ${owner.service.metadata.name} -n ${owner.service.metadata.namespace ?? "default"}`,
      },
    )
  )
}

/** No server answers, or none is asked at all. */
const nobodyAnswers = (indexes: Indexes, sender: Sender): Failure | undefined => {
  const client = clientOf(indexes, sender)
  if (client.server !== undefined) return undefined
  const outage = client.silent.at(-1)?.outage
  if (outage) return outage.failure()
  const pod = sender.kind === "external" ? undefined : sender.pod
  return failure(
    "dns-unreachable",
    "No name can be looked up: the client has no name server.",
    "Name a server in spec.dnsConfig.nameservers, or use dnsPolicy ClusterFirst.",
    pod
      ? {
          cause: {
            object: { kind: "Pod", namespace: pod.namespace, name: pod.name },
            path: "spec.dnsPolicy",
            value: JSON.stringify(pod.dnsPolicy ?? "ClusterFirst"),
          },
        }
      : {},
  )
}

/** Why a name did not resolve. */
export const nameFailure = (indexes: Indexes, sender: Sender, request: RouteRequest): Failure => {
  const silence = nobodyAnswers(indexes, sender)
  if (silence) return silence
  const { to } = request
  const balancer = unknownBalancer(indexes, to)
  if (balancer) return balancer
  const own = sender.kind !== "external" && sender.pod ? sender.pod.namespace : "default"
  const read = readName(to, indexes.config.clusterDomain, own)
  const keys = read ? (indexes.serviceNames.get(read.name) ?? []) : []
  const exact = read && indexes.services.get(keyOf(read.namespace, read.name))
  const inCluster = asksClusterDns(indexes, sender)
  if (!inCluster) {
    const entry = exact ?? (read?.given ? undefined : indexes.services.get(keys[0] ?? ""))
    if (entry) return fromOutside(indexes, sender, request, entry)
  } else if (exact && isHeadless(exact.service)) return headlessWithoutEndpoints(indexes, exact)
  else if (exact?.service.spec.type === "ExternalName") return aliasToNowhere(exact)
  else if (read && keys.length > 0 && !exact) return inOtherNamespace(indexes, request, read, keys)
  const alike = read ? similarService(indexes, read.namespace, read.name) : undefined
  return failure(
    "name-not-found",
    alike
      ? `There is no Service ${read?.name} in namespace ${read?.namespace}; one is called ${alike}.`
      : `Nobody knows the name ${to}.`,
    alike ? `Ask for ${alike}.` : "Check the name; a Service's name is NAME.NAMESPACE.",
    {
      command:
        alike && inCluster
          ? curlCommand(read?.given ? `${alike}.${read.namespace}` : alike, request.port)
          : "kubectl get services -A",
    },
  )
}
