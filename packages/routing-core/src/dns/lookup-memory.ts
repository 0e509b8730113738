import type { Sender } from "../path/sender.ts"
import type { NameNote } from "../proxy/name-note.ts"
import { keyOf, type ServiceEntry } from "../proxy/service-entry.ts"
import type { Indexes } from "../table/compiled-table.ts"
import { type HostLookup, lookUpHost } from "./host-lookup.ts"
import { LONGEST_NAME } from "./search-list.ts"

type PodSender = Extract<Sender, { readonly kind: "pod" }>

/** What was looked up in a cluster: by namespace, then name. Valid for these nodes. */
interface Memory {
  readonly nodes: Indexes["nodes"]
  /** Without steps. */
  readonly bare: Map<string, Map<string, HostLookup>>
  /** With them: for explanations. */
  readonly explained: Map<string, Map<string, HostLookup>>
}

/** Names of one namespace; more than a client asks for, few enough to keep. */
const MOST_NAMES = 4096

const memories = new WeakMap<Indexes["services"], Memory>()

const memoryOf = (indexes: Indexes): Memory => {
  let memory = memories.get(indexes.services)
  if (!memory || memory.nodes !== indexes.nodes) {
    memory = { nodes: indexes.nodes, bare: new Map(), explained: new Map() }
    memories.set(indexes.services, memory)
  }
  return memory
}

/** A kube-dns with a policy Local answers the pods of some nodes only. */
const answersEverywhere = ({ services }: Indexes): boolean =>
  services.get("kube-system/kube-dns")?.service.spec.internalTrafficPolicy !== "Local"

const isSameName = (a: string, b: string): boolean => a.length === b.length && a.toLowerCase() === b.toLowerCase()

/** Do all pods of its namespace get the same answers as this client? */
const isOrdinary = (indexes: Indexes, sender: Sender, name: string): sender is PodSender =>
  sender.kind === "pod" &&
  indexes.networkPolicies.size === 0 &&
  answersEverywhere(indexes) &&
  sender.pod.dnsConfig === undefined &&
  sender.pod.subdomain === undefined &&
  sender.pod.secondIP === undefined &&
  !sender.ip.includes(":") &&
  (sender.pod.dnsPolicy === undefined || sender.pod.dnsPolicy === "ClusterFirst") &&
  !isSameName(name, sender.pod.hostname ?? sender.pod.name)

const LABEL = /^[a-z0-9-]{1,63}$/

/**
 * The Service that `name` means to every ordinary pod that may say so: `web` to those of its namespace, `web.shop` to all
 * but those to which it is first of all an endpoint `web` of their own Service `shop`.
 */
const serviceNamed = ({ services }: Indexes, namespace: string, name: string): ServiceEntry | undefined => {
  if (!LABEL.test(namespace)) return undefined
  const dot = name.indexOf(".")
  if (dot < 0) return services.get(keyOf(namespace, name))
  const other = name.slice(dot + 1)
  if (other.includes(".") || services.get(keyOf(namespace, other))) return undefined
  return services.get(keyOf(other, name.slice(0, dot)))
}

/** Names that DNS reads otherwise, or not at all, and aliases are looked up in full. */
const isPlainName = ({ service: { metadata, spec } }: ServiceEntry): boolean =>
  spec.type !== "ExternalName" && LABEL.test(metadata.name) && LABEL.test(metadata.namespace ?? "default")

/** For the first client that asks, in full. */
const noteOf = (memory: Memory, indexes: Indexes, sender: PodSender, name: string, entry: ServiceEntry): NameNote => {
  if (entry.named?.of === memory) return entry.named
  const told = isPlainName(entry) ? lookUpHost(indexes, sender, name, true) : undefined
  const isUsable = told !== undefined && told.addresses.length > 0
  entry.named = { of: memory, told: isUsable ? told : undefined, lookup: isUsable ? { ...told, steps: [] } : undefined }
  return entry.named
}

/** The same queries from another namespace, whose own name is the first to be tried behind `web.shop`. */
const asToldTo = (indexes: Indexes, { pod }: PodSender, name: string, told: HostLookup): HostLookup | undefined => {
  const [a, aaaa, ...rest] = told.steps
  if (!name.includes(".")) return told.steps.length === 2 ? told : undefined
  const query = `${name}.${pod.namespace}.svc.${indexes.config.clusterDomain}.`
  if (!a || !aaaa || rest.length !== 2 || query.length > LONGEST_NAME) return undefined
  return a.query === query ? told : { ...told, steps: [{ ...a, query }, { ...aaaa, query }, ...rest] }
}

/** An address needs no memory. */
const looksLikeAddress = (name: string): boolean => {
  const first = name.charCodeAt(0)
  return (first >= 48 && first <= 57) || name.includes(":")
}

/** As `lookUpHost`, for callers that ask for the same names again and again. */
export const lookUpAgain = (indexes: Indexes, sender: Sender, name: string, explain: boolean): HostLookup => {
  if (looksLikeAddress(name) || !isOrdinary(indexes, sender, name)) return lookUpHost(indexes, sender, name, explain)
  const memory = memoryOf(indexes)
  const entry = serviceNamed(indexes, sender.pod.namespace, name)
  if (entry) {
    const { lookup, told } = noteOf(memory, indexes, sender, name, entry)
    const known = explain && told ? asToldTo(indexes, sender, name, told) : lookup
    if (known) return known
  }
  const byNamespace = explain ? memory.explained : memory.bare
  const { namespace } = sender.pod
  let names = byNamespace.get(namespace)
  if (!names) {
    names = new Map()
    byNamespace.set(namespace, names)
  }
  let lookup = names.get(name)
  if (!lookup) {
    lookup = lookUpHost(indexes, sender, name, explain)
    if (names.size >= MOST_NAMES) names.clear()
    names.set(name, lookup)
  }
  return lookup
}
