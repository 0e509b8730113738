import { failure, noEndpoints, serviceText } from "../explain/endpoint-failures.ts"
import { serviceRef } from "../object-ref.ts"
import type { Sender } from "../path/sender.ts"
import { isHeadless, keyOf, type ServiceEntry } from "../proxy/service-entry.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Failure, RouteRequest } from "../trace-types.ts"
import { mostAlike } from "./likeness.ts"
import { asksClusterDns } from "./resolver.ts"

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
    sender.kind === "node"
      ? `Use the cluster IP ${clusterIP} from here, or the name from a pod.`
      : address
        ? `Use ${address} from here.`
        : `Give the Service type NodePort or LoadBalancer, or run the request in a pod.`
  const node = indexes.nodeList.find((each) => !each.stopped)
  const nodePort = service.spec.ports?.find((port) => port.nodePort)?.nodePort
  const ip = service.status?.loadBalancer?.ingress?.find((ingress) => ingress.ip)?.ip
  const command =
    sender.kind === "node" && clusterIP && clusterIP !== "None"
      ? curlCommand(clusterIP, request.port)
      : ip
        ? curlCommand(ip, service.spec.ports?.[0]?.port ?? 80)
        : nodePort && node
          ? curlCommand(node.internalIP, nodePort)
          : undefined
  return failure(
    "cluster-name-outside",
    `${serviceText(service)} exists, but its name is known to kube-dns only, and ${sender.place.kind === "pod" ? "a hostNetwork pod asks the node's resolver" : "this machine does not ask it"}.`,
    fix,
    { cause: { object: serviceRef(service) }, ...(command ? { command } : {}) },
  )
}

/** Why a name did not resolve. */
export const nameFailure = (indexes: Indexes, sender: Sender, request: RouteRequest): Failure => {
  const { to } = request
  const domain = indexes.config.clusterDomain
  const own = sender.kind !== "external" && sender.pod ? sender.pod.namespace : "default"
  const read = readName(to, domain, own)
  const keys = read ? (indexes.serviceNames.get(read.name) ?? []) : []
  const key = read && keyOf(read.namespace, read.name)
  const exact = key === undefined ? undefined : indexes.services.get(key)
  if (!asksClusterDns(sender)) {
    const entry = exact ?? (read?.given ? undefined : indexes.services.get(keys[0] ?? ""))
    if (entry) return fromOutside(indexes, sender, request, entry)
  } else if (exact && isHeadless(exact.service)) {
    const why = noEndpoints(indexes, exact, exact.ports[0])
    return {
      ...why,
      code: "headless-no-ready",
      message: `A headless Service without ready endpoints has no address. ${why.message}`,
    }
  } else if (exact?.service.spec.type === "ExternalName") {
    const target = exact.service.spec.externalName ?? ""
    return failure(
      "external-name-not-found",
      `${serviceText(exact.service)} is an alias for ${target}, which does not resolve.`,
      "Let externalName be a name that resolves (an IP address is none).",
      {
        cause: { object: serviceRef(exact.service), path: "spec.externalName", value: JSON.stringify(target) },
        command: `kubectl edit service ${exact.service.metadata.name} -n ${exact.service.metadata.namespace ?? "default"}`,
      },
    )
  } else if (read && keys.length > 0) {
    const other = indexes.services.get(keys[0] ?? "")?.service
    const namespace = other?.metadata.namespace ?? "default"
    const full = `${read.name}.${namespace}.svc.${domain}`
    const list = keys.map((each) => each.split("/")[0]).join(", ")
    return failure(
      "name-not-found-namespace",
      `There is no Service ${read.name} in namespace ${read.namespace}; there is one in ${keys.length === 1 ? "namespace" : "namespaces"} ${list}.${read.given ? "" : " A short name only finds Services of the client's own namespace."}`,
      `Ask for ${read.name}.${namespace}, or in full ${full}.`,
      {
        ...(other
          ? { cause: { object: serviceRef(other), path: "metadata.namespace", value: JSON.stringify(namespace) } }
          : {}),
        command: curlCommand(`${read.name}.${namespace}`, request.port),
      },
    )
  }
  const alike = read
    ? mostAlike(
        read.name,
        indexes.services
          .entries()
          .flatMap(([, entry]) =>
            (entry.service.metadata.namespace ?? "default") === read.namespace ? [entry.service.metadata.name] : [],
          ),
      )
    : undefined
  return failure(
    "name-not-found",
    alike
      ? `There is no Service ${read?.name} in namespace ${read?.namespace}; one is called ${alike}.`
      : `Nobody knows the name ${to}.`,
    alike ? `Ask for ${alike}.` : "Check the name; a Service's name is NAME.NAMESPACE.",
    {
      command:
        alike && asksClusterDns(sender)
          ? curlCommand(read?.given ? `${alike}.${read.namespace}` : alike, request.port)
          : "kubectl get services -A",
    },
  )
}
