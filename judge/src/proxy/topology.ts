import type { EndpointSlice, Service } from "@pilotage/kube-model"
import { compile, defaultNetworkConfig, nodeVerdict, type RoutingTable } from "@pilotage/routing-core"
import { z } from "zod"
import { problemIn, readJson } from "../case-file.ts"
import { compared, type JudgedCase, type Outcome } from "../verdict.ts"
import { endpointSet } from "./flows.ts"
import { serviceSchema, sliceSchema } from "./format.ts"

const rowSchema = z.object({
  id: z.string(),
  /** Empty when the case does not care. */
  nodeName: z.string().default(""),
  nodeLabels: z.record(z.string(), z.string()).nullable(),
  preferSameTrafficDistributionGate: z.boolean(),
  endpoints: z.array(z.object({ nodeHints: z.array(z.string()).nullable() })).nullable(),
  expect: z.object({
    allReachableEndpoints: z.array(z.string()).nullable(),
    clusterEndpoints: z.array(z.string()).nullable(),
    localEndpoints: z.array(z.string()).nullable(),
    hasAnyEndpoints: z.boolean(),
  }),
  asObjects: z.object({ nodeName: z.string(), service: serviceSchema, endpointSlice: sliceSchema }),
})

type Row = z.infer<typeof rowSchema>

const NODE_IP = "192.0.2.1"
const POD_IP = "10.244.0.9"
const OUTSIDE_IP = "203.0.113.7"
const ZONE_LABEL = "topology.kubernetes.io/zone"

/** The node that asks: what node hints name, and where the endpoints are that count as local. */
const nodeOf = ({ nodeName, asObjects }: Row): string => nodeName || asObjects.nodeName

/** Local endpoints are on the node that asks, under whichever of its two names the row has put them there. */
const sliceOf = (row: Row): EndpointSlice => {
  const { nodeName, endpointSlice } = row.asObjects
  const endpoints = endpointSlice.endpoints?.map((endpoint) =>
    endpoint.nodeName === nodeName ? { ...endpoint, nodeName: nodeOf(row) } : endpoint,
  )
  return { ...endpointSlice, endpoints: endpoints ?? null }
}

const tableOf = (row: Row) => {
  const zone = row.nodeLabels?.[ZONE_LABEL]
  return compile({
    config: { ...defaultNetworkConfig, clusterCIDR: "10.244.0.0/16" },
    nodes: [{ name: nodeOf(row), internalIP: NODE_IP, podCIDR: "", ...(zone === undefined ? {} : { zone }) }],
    pods: [],
    services: [row.asObjects.service],
    endpointSlices: [sliceOf(row)],
    networkPolicies: [],
  })
}

/** Where a client outside the cluster reaches the Service, if anywhere. */
const externalAddress = ({ spec, status }: Service): { readonly ip: string; readonly port: number } | undefined => {
  const [port] = spec.ports ?? []
  if (!port) return undefined
  if (port.nodePort) return { ip: NODE_IP, port: port.nodePort }
  const ip = spec.externalIPs?.[0] ?? status?.loadBalancer?.ingress?.[0]?.ip
  return ip === undefined ? undefined : { ip, port: port.port }
}

/**
 * The two sets that kube-proxy makes of the endpoints, seen through what it does to packets: a cluster IP asks the set
 * of internalTrafficPolicy, an outside client that of externalTrafficPolicy, a pod on an outside address the cluster set.
 */
const ask = (table: RoutingTable, nodeName: string, service: Service) => {
  const { spec } = service
  const [port] = spec.ports ?? []
  const protocol = port?.protocol ?? "TCP"
  const from = (source: string, ip: string, number: number) =>
    nodeVerdict(table, nodeName, { source, destination: ip, port: number, protocol })
  const inside = from(POD_IP, spec.clusterIP ?? "", port?.port ?? 0)
  const external = externalAddress(service)
  const reached = external && from(OUTSIDE_IP, external.ip, external.port)
  const shortCut = external && from(POD_IP, external.ip, external.port)
  const internalLocal = spec.internalTrafficPolicy === "Local"
  const externalLocal = spec.externalTrafficPolicy === "Local"
  const endpoints = (verdict: typeof inside | undefined) => (verdict?.kind === "translate" ? verdict.endpoints : [])
  return {
    cluster: endpoints(internalLocal ? shortCut : inside),
    local: endpoints(internalLocal ? inside : externalLocal ? reached : undefined),
    hasAny: inside.kind !== "reject",
  }
}

const text = (cluster: readonly string[], local: readonly string[], hasAny: boolean): string =>
  `cluster {${endpointSet(cluster)}} local {${endpointSet(local)}} any ${hasAny}`

const judgeRow = (file: string, row: Row, index: number): Outcome => {
  // Node hints were ignored there; in 1.36 they cannot be.
  if (!row.preferSameTrafficDistributionGate && row.endpoints?.some((each) => each.nodeHints?.length))
    return { kind: "not-judged", reason: "run with a feature gate off that is locked on in 1.36" }
  const table = tableOf(row)
  if (!table.ok) throw problemIn(file, [index, "asObjects"], `${table.error.path}: ${table.error.message}`)
  const { expect } = row
  const { cluster, local, hasAny } = ask(table.value, nodeOf(row), row.asObjects.service)
  return compared(
    text(expect.clusterEndpoints ?? [], expect.localEndpoints ?? [], expect.hasAnyEndpoints),
    text(cluster, local, hasAny),
  )
}

/** proxy-topology: which endpoints one node may use. */
export function* judgeTopology(file: string): Iterable<JudgedCase> {
  for (const [index, row] of readJson(file, z.array(rowSchema)).entries())
    yield { id: row.id, outcome: judgeRow(file, row, index) }
}
