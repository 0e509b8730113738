import { err, isIP, ok, type Result } from "@pilotage/kube-model"
import type { Origin } from "@pilotage/routing-core"
import type { ClusterReading } from "../sources/read-cluster.ts"
import type { SourceError } from "../sources/source-error.ts"
import { podsOfWorkload, WORKLOAD_KINDS } from "./workload-pods.ts"

/** The client of a trace. `says`: who it is, for people. */
export interface Client {
  readonly origin: Origin
  readonly says: string
  /** The namespace of names that it leaves out. */
  readonly namespace: string
}

const OUTSIDE_IP = "203.0.113.7"
const SHOWN = 8

const FORMS = "A client is POD, NAMESPACE/POD, deploy/NAME, node/NAME, outside, outside:IP or container:IP."

const problem = (message: string, fix: string = FORMS): Result<never, SourceError> => err({ message, fix })

const listed = (names: readonly string[]): string =>
  `${names.slice(0, SHOWN).join(", ")}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ""}`

const external = (text: string): Result<Client, SourceError> | undefined => {
  const match = /^(outside|container)(?::(.*))?$/.exec(text)
  if (!match) return undefined
  const ip = (match[2] ?? (match[1] === "outside" ? OUTSIDE_IP : "")).replace(/^\[(.*)\]$/, "$1")
  if (!isIP(ip)) return problem(`${text}: ${ip === "" ? "the address is missing" : `${ip} is no IP address`}`)
  return match[1] === "outside"
    ? ok({ origin: { kind: "outside", ip }, says: `a client outside the cluster, ${ip}`, namespace: "" })
    : ok({ origin: { kind: "node-network", ip }, says: `a container on the nodes' network, ${ip}`, namespace: "" })
}

const nodeClient = ({ inventory, namespace }: ClusterReading, name: string): Result<Client, SourceError> => {
  const names = inventory.nodes.map(({ metadata }) => metadata.name)
  if (names.includes(name)) return ok({ origin: { kind: "node", name }, says: `node ${name}`, namespace })
  return problem(
    `there is no node ${name}`,
    names.length > 0 ? `Nodes: ${listed(names)}.` : "There are no nodes at all.",
  )
}

const podClient = ({ inventory }: ClusterReading, namespace: string, name: string): Result<Client, SourceError> => {
  const pod = inventory.pods.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name)
  if (pod) {
    const where = pod.spec.nodeName ? ` on ${pod.spec.nodeName}` : ""
    return ok({ origin: { kind: "pod", namespace, name }, says: `pod ${namespace}/${name}${where}`, namespace })
  }
  const missing = `there is no pod ${name} in namespace ${namespace}`
  const elsewhere = inventory.pods.filter(({ metadata }) => metadata.name === name)
  if (elsewhere.length > 0)
    return problem(missing, `Write ${elsewhere.map(({ metadata }) => `${metadata.namespace}/${name}`).join(" or ")}.`)
  const workloads = [...new Set(Object.values(WORKLOAD_KINDS))].filter(
    (kind) => podsOfWorkload(inventory, kind, namespace, name).length > 0,
  )
  if (workloads[0])
    return problem(missing, `One of the pods of ${workloads[0]} ${name}: ${workloads[0].toLowerCase()}/${name}.`)
  const names = inventory.pods
    .filter(({ metadata }) => metadata.namespace === namespace)
    .map((each) => each.metadata.name)
  if (names.length > 0) return problem(missing, `Pods there: ${listed(names)}.`)
  const others = [...new Set(inventory.pods.map(({ metadata }) => metadata.namespace ?? ""))]
  return problem(missing, `No pods there at all. Namespaces with pods: ${listed(others)}; choose with -n.`)
}

const workloadClient = (
  { inventory }: ClusterReading,
  kind: string,
  namespace: string,
  name: string,
): Result<Client, SourceError> => {
  const pods = podsOfWorkload(inventory, kind, namespace, name)
  const [first] = pods
  if (!first) {
    const elsewhere = [...new Set(inventory.pods.map((pod) => pod.metadata.namespace ?? ""))].filter(
      (other) => podsOfWorkload(inventory, kind, other, name).length > 0,
    )
    const fix =
      elsewhere.length > 0
        ? `Write ${elsewhere.map((other) => `${other}/${kind.toLowerCase()}/${name}`).join(" or ")}, or choose a namespace with -n.`
        : "Choose a namespace with -n, or name a pod."
    return problem(`there is no ${kind} ${name} with pods in namespace ${namespace}`, fix)
  }
  const { metadata, spec } = first
  const which = pods.length > 1 ? `, one of ${pods.length} of ${kind} ${name}` : ""
  return ok({
    origin: { kind: "pod", namespace, name: metadata.name },
    says: `pod ${namespace}/${metadata.name}${spec.nodeName ? ` on ${spec.nodeName}` : ""}${which}`,
    namespace,
  })
}

/** Whom `FROM` means: `shop/web-0`, `web-0`, `deploy/web`, `shop/deploy/web`, `node/node-1`, `outside`, `container:172.18.0.99`. */
export const clientFrom = (reading: ClusterReading, text: string): Result<Client, SourceError> => {
  const outsider = external(text)
  if (outsider) return outsider
  const parts = text.split("/")
  const name = parts.at(-1) ?? ""
  if (parts.some((part) => part === "") || parts.length > 3) return problem(`${text} names no client`)
  const kind = (parts.length === 3 ? parts[1] : parts.length === 2 ? parts[0] : undefined)?.toLowerCase()
  const isKind = kind !== undefined && (kind in WORKLOAD_KINDS || /^(po|pods?|no|nodes?)$/.test(kind))
  const namespace = (parts.length === 3 || (parts.length === 2 && !isKind) ? parts[0] : undefined) ?? reading.namespace
  if (parts.length === 3 && !isKind) return problem(`${text}: there are no clients of kind ${kind}`)
  if (!isKind || /^pod?s?$/.test(kind)) return podClient(reading, namespace, name)
  if (/^no/.test(kind)) return nodeClient(reading, name)
  return workloadClient(reading, WORKLOAD_KINDS[kind] ?? "", namespace, name)
}
